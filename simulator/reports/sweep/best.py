"""The best of a sweep in words: what was chosen, how surely, and what fresh replications make of it."""

from collections.abc import Iterator

from simulator.analysis.sweep.choice import Beside, Choice
from simulator.analysis.sweep.estimates import SweepEstimates
from simulator.definition.experiment import STOCKS
from simulator.definition.seek import DIFFERENCE
from simulator.reports.blocks import Block, Paragraph, Section, simple_table
from simulator.reports.numbers import count_words, listed, per_cent, scale_of, with_unit
from simulator.reports.sweep.words import measure_words, point_words, scenario_words, unit_words
from simulator.reports.wording import change, level

MOST_NAMED = 6
LUCK = (
    "The luckiest of many looks best: the replications that chose it say too much of it. It was run again on "
    "fresh ones, which had no part in the choice; believe those."
)


GAPS = (
    "Some that were compared lack it in some replications (a wait, where nobody waited), which may tell "
    "something itself, so no probability is promised."
)


def best_section(found: SweepEstimates) -> Section | None:
    """Show the best and what it is worth; nothing where none was asked for."""
    choice = found.choice
    if choice is None:
        return None
    blocks: list[Block] = [Paragraph(text=said) for said in best_sentences(found)]
    if choice.beside and choice.beside[0].fresh is not None:
        blocks.append(Paragraph(text=LUCK))
    if choice.beside:
        blocks.append(_table(found, choice))
    return Section(id="best", title="The best of all compared", short="The best", blocks=tuple(blocks))


def best_sentences(found: SweepEstimates) -> Iterator[str]:
    """Say what is best, among how many, and how surely."""
    choice = found.choice
    if choice is None:
        return
    what = _what(found, choice)
    if choice.best is None:
        yield f"{what}: no candidate has it in any of the first replications, so none can be chosen."
        return
    among, named = count_words(len(choice.contest.candidates)), _named(found, choice.best)
    if found.results.plan.experiment.engine == STOCKS:
        yield f"{what}: {named}, of {among} compared. There is no chance in this engine."
        return
    used = count_words(choice.standing.replications, "replication")
    if choice.standing.is_made:
        said = GAPS if choice.standing.has_gaps else _promise(found, choice)
        yield f"{what}: {named}, chosen of {among} after {used}. {said}"
        return
    others = [_named(found, choice.contest.candidates[one]) for one in choice.standing.left[1:]]
    rest = f" and {len(others) - MOST_NAMED:,} more" if len(others) > MOST_NAMED else ""
    yield (
        f"{what}: no choice can be made after {used}, the most that were allowed. First so far is {named}; "
        f"not told from it: {listed(others[:MOST_NAMED])}{rest}. {_what_to_change(found, choice)}"
    )
    if choice.standing.has_gaps:
        yield GAPS


def _what_to_change(found: SweepEstimates, choice: Choice) -> str:
    """Say how a choice could be made where none can be."""
    terms = choice.contest.terms
    scale = scale_of(unit_words(found, choice.contest.measure), (terms.within,), is_difference=True)
    within = with_unit(terms.within, scale, step=None)
    return (
        f"What may help: more replications ([select] at_most, now {terms.most:,}), or a larger difference "
        f"that matters (within, now {within}), below which either of two will do."
    )


def _promise(found: SweepEstimates, choice: Choice) -> str:
    measure, terms = choice.contest.measure, choice.contest.terms
    unit = unit_words(found, measure)
    scale = scale_of(unit, (terms.within,), is_difference=True)
    return (
        f"If one is better than all others by {with_unit(terms.within, scale, step=None)} or more, it is "
        f"chosen so with a probability of at least {per_cent(terms.probability)}."
    )


def _what(found: SweepEstimates, choice: Choice) -> str:
    end = "Least" if choice.contest.select.least else "Most"
    of = ", as a difference from the baseline" if choice.contest.select.of == DIFFERENCE else ""
    title = measure_words(found, choice.contest.measure)
    return f"{end} of “{title}”{of}"


def _named(found: SweepEstimates, candidate: tuple[int, int]) -> str:
    point, scenario = candidate
    title = scenario_words(found, found.results.plan.scenarios[scenario])
    where = point_words(found, point)
    return f"{title} with {where}" if where else title


def _table(found: SweepEstimates, choice: Choice) -> Block:
    has_fresh = choice.beside[0].fresh is not None
    columns = ("Of the best", "As it was chosen (95% interval)", "On fresh replications (95% interval)")
    rows = tuple(_row(found, one) for one in choice.beside)
    return simple_table(
        "The best: what it looked like, and what it is" if has_fresh else "The best",
        columns=columns if has_fresh else columns[:2],
        rows=rows if has_fresh else tuple(row[:2] for row in rows),
    )


def _row(found: SweepEstimates, one: Beside) -> tuple[str, str, str]:
    unit, title = unit_words(found, one.measure), measure_words(found, one.measure)
    if one.kind == DIFFERENCE:
        said = f"{title}: difference from the baseline"
        return said, change(one.chosen, unit), change(one.fresh, unit)
    return title, level(one.chosen, unit), level(one.fresh, unit)
