"""What a sweep says on the terminal: how far each measure that matters goes over the points."""

from collections.abc import Iterator

from simulator.analysis.measures import unit
from simulator.analysis.spread import Spread
from simulator.analysis.sweep.estimates import SweepEstimates
from simulator.analysis.sweep.measuring import names_of
from simulator.analysis.sweep.summary import extremes
from simulator.reports.numbers import count_words
from simulator.reports.sweep.best import best_sentences
from simulator.reports.sweep.lenses import lens_sentences
from simulator.reports.sweep.words import MOST_PATHS, replications_words

MOST_MEASURES = 8


def sweep_text(found: SweepEstimates) -> str:
    """Say in a line a scenario and measure between what its difference lies, or its level in the baseline."""
    plan = found.results.plan
    counts = [count_words(len(plan.points), "point"), replications_words(plan)]
    if plan.experiment.draws:
        counts.insert(1, count_words(plan.experiment.draws, "draw"))
    lines = [f"{found.results.manifest.title}: {', '.join(counts)}."]
    spread = found.differences if found.others else found.levels
    for place, scenario in enumerate(found.others or plan.scenarios[:1]):
        lines += [f"{_title(found, scenario)}:", *_lines(found, spread, place=place)]
    if len(plan.names) > MOST_MEASURES:
        lines.append(f"These are {MOST_MEASURES} of {len(plan.names)} measures; tables/ has all.")
    if len(plan.paths) > MOST_PATHS:
        lines.append("tables/points has what each point sets.")
    lines += [*best_sentences(found), *lens_sentences(found)]
    lines += [f"Note: {note}" for note in found.results.notes]
    return "\n".join(lines)


def _lines(found: SweepEstimates, spread: Spread, *, place: int) -> Iterator[str]:
    """Say of each measure where it is least and most."""
    plan = found.results.plan
    for measure, name in enumerate(plan.names[:MOST_MEASURES]):
        ends = extremes(spread, scenario=place, measure=measure)
        if ends is None:
            yield f"  {name}: nothing to measure at any point."
            continue
        said = [_at(found, spread, at=(point, place, measure)) for point in ends]
        words = unit(names_of(found.results)[measure])
        told = said[0] if ends[0] == ends[1] else f"from {said[0]} to {said[1]}"
        yield f"  {name} ({words}{', scenario less baseline' if found.others else ''}): {told}"


def _at(found: SweepEstimates, spread: Spread, *, at: tuple[int, int, int]) -> str:
    """Write an estimate with its interval and its point."""
    mean, low, high = (float(getattr(spread, word)[at]) for word in ("mean", "low", "high"))
    interval = "" if low != low else f" ({low:,.4g} to {high:,.4g})"
    point = found.results.plan.points[at[0]]
    where = ", ".join(f"{path} = {value}" for path, value in point.items())
    if len(point) > MOST_PATHS:
        where = f"point {at[0] + 1}"
    return f"{mean:,.4g}{interval}" + (f" at {where}" if where else "")


def _title(found: SweepEstimates, scenario: str) -> str:
    """Name a scenario as people know it."""
    return found.results.plan.experiment.scenarios[scenario].title or scenario
