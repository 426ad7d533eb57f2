"""A search in words: the answer, the value below it, and whether larger always met the target better."""

from collections.abc import Iterator

from simulator.analysis.labels import label
from simulator.analysis.measures import unit
from simulator.analysis.seek.asked import Sought
from simulator.analysis.seek.bisection import out_of_order
from simulator.analysis.seek.chances import Tried
from simulator.definition.experiment import BASELINE, STOCKS
from simulator.definition.seek import AT_MOST, DIFFERENCE
from simulator.reports.numbers import probability, scale_of, with_unit
from simulator.reports.seek.cautions import seek_warnings
from simulator.reports.sweep.words import path_title
from simulator.reports.titles import as_words, clean

CERTAIN = (
    "There is no chance in this engine and nothing was drawn, so the target is met or it is not; doubt about "
    "assumptions is in no figure."
)


def seek_text(found: Sought) -> str:
    """Say the answer, what stands beside it, and what was tried."""
    lines = [f"{clean(found.manifest.title)}.", answer_words(found), *beside_words(found)]
    lines += [f"  {one.value}: {mean_words(found, one)}, {chance_words(found, one)}" for one in found.tried]
    lines += [f"{one.word}: {one.text}" for one in seek_warnings(found)]
    lines += [f"Note: {one}" for one in note_words(found)]
    return "\n".join(lines)


def answer_words(found: Sought) -> str:
    """Give the answer in a sentence."""
    seek = found.seek
    what = path_title(found.model, seek.vary)
    sure = "" if is_certain(found) else f" with probability {float(seek.probability):g}"
    if found.answer is None:
        most = found.tried[-1]
        return (
            f"{what}: none up to {seek.values[-1]} meets the target ({target_words(found)}){sure}; "
            f"with {most.value} it is {mean_words(found, most)}, {chance_words(found, most)}."
        )
    one, how = at(found, found.answer), f",{sure} or more" if sure else ""
    return (
        f"{what}: {one.value} is the smallest with which {target_words(found)}{how}: "
        f"{mean_words(found, one)}, {chance_words(found, one)}."
    )


def beside_words(found: Sought) -> Iterator[str]:
    """Say what the next smaller value does."""
    if found.answer is None:
        return
    below = found.answer - found.seek.step
    if below < found.seek.low:
        yield f"It is the smallest that was to be tried ({found.answer}); a smaller one may do as well."
    else:
        one = at(found, below)
        yield f"With {below} the target is missed: {mean_words(found, one)}, {chance_words(found, one)}."


def note_words(found: Sought) -> Iterator[str]:
    """Say what must be known beside the answer."""
    if is_certain(found):
        yield CERTAIN
    yield from found.manifest.notes
    if pair := out_of_order({one.value: one.meets for one in found.tried}):
        yield (
            f"Larger is not always better here: {pair[0]} meets the target and {pair[1]} does not. Halving "
            "may have missed a smaller answer; a sweep over all values would show."
        )


def target_words(found: Sought) -> str:
    """Say the target: what must be at most, or at least, what."""
    target, world = found.seek.target, found.experiment.scenarios[found.scenario].title
    scale = scale_of(unit(found.measure), [float(target.limit)], is_difference=is_difference(found))
    limit = with_unit(float(target.limit), scale)
    what = clean(label(found.measure, found.model))
    where = (
        clean(world) if world else "the baseline" if found.scenario == BASELINE else as_words(found.scenario)
    )
    kind = "the difference from the baseline of " if is_difference(found) else ""
    bound = "at most" if target.relation == AT_MOST else "at least"
    return f"{kind}“{what}” in {where} is {bound} {limit}"


def mean_words(found: Sought, one: Tried) -> str:
    """Write the mean with its interval."""
    values = [one.mean, one.low, one.high]
    scale = scale_of(unit(found.measure), values, is_difference=is_difference(found))
    if one.low is None or one.high is None or one.low == one.high:
        return with_unit(one.mean, scale)
    return f"{with_unit(one.mean, scale)} ({with_unit(one.low, scale)} to {with_unit(one.high, scale)})"


def chance_words(found: Sought, one: Tried) -> str:
    """Write how surely a value meets the target; where there is neither chance nor doubt, whether it does."""
    if is_certain(found):
        return "met" if one.meets else "not met"
    return f"met with probability {probability(one.probability)}"


def is_certain(found: Sought) -> bool:
    """Say whether there is no chance in what was tried, and nothing was drawn."""
    return found.manifest.engine == STOCKS and not found.manifest.draws


def is_difference(found: Sought) -> bool:
    """Say whether the target is about a difference."""
    return found.seek.of == DIFFERENCE


def at(found: Sought, value: int) -> Tried:
    """Give what was found of a value."""
    return next(one for one in found.tried if one.value == value)
