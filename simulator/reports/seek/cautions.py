"""What must be read before a search's answer: a claim that nobody has seen, what rests on the hypothesis."""

from collections.abc import Iterator

from simulator.analysis.labels import label
from simulator.analysis.seek.asked import Sought
from simulator.reports.blocks import Notice
from simulator.reports.cautions import admissions_of, caution, is_named_so
from simulator.reports.hypothesis import hypothesis_notice, rests_on_it
from simulator.reports.sweep.words import path_title
from simulator.reports.titles import as_words, clean, lower_first


def seek_warnings(found: Sought) -> tuple[Notice, ...]:
    """Warn of a fall in emergency admissions beyond what has been seen; say what rests on the hypothesis."""
    one = found.experiment.scenarios[found.scenario]
    name = clean(one.title) if one.title else as_words(found.scenario)
    return (*_claims(found, name), *hypothesis_notice([name] if rests_on_it(found.model, one.on) else []))


def _claims(found: Sought, name: str) -> Iterator[Notice]:
    """Warn of the answer, or of the boldest value that was tried where there is none."""
    title = _title(found)
    if not is_named_so(title) and (found.measure.text,) != admissions_of(found.model):
        return
    known = found.relative
    value = found.answer if found.answer in known else min(known, key=lambda one: known[one], default=None)
    if value is not None:
        of = f"{name} with {value} ({lower_first(path_title(found.model, found.seek.vary))})"
        yield from caution(known[value], of=of, about=lower_first(title))


def _title(found: Sought) -> str:
    """Say what is aimed at: by the title of the file that names it, else by what it measures."""
    asked = {**found.model.measures, **found.experiment.measures}.get(found.seek.target.measure)
    return clean(asked.title if asked is not None and asked.title else label(found.measure, found.model))
