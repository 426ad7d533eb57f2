"""The answer of a sweep: a box a scenario, each measure at its least and most, and what drives it most."""

from collections.abc import Iterator

from simulator.analysis.sweep.estimates import SweepEstimates
from simulator.analysis.sweep.summary import extremes
from simulator.definition.experiment import STOCKS
from simulator.reports.answers import headline
from simulator.reports.blocks import Answer, Paragraph
from simulator.reports.sweep.driven import driven_words
from simulator.reports.sweep.words import (
    MOST_PATHS,
    estimate_at,
    finding_at,
    measure_words,
    path_words,
    primary_places,
    scenario_words,
    unit_words,
    where_words,
)
from simulator.reports.wording import NO_INTERVAL, brief, change, level

PICKED = (
    "Least and most were picked from many points and have had luck as well: on fresh replications either is "
    "likely to lie less far out (the winner’s curse). [select] runs the best again."
)


def luck_words(found: SweepEstimates) -> str:
    """Say that extremes picked among points had luck; nothing without chance, or where one is run again."""
    plan = found.results.plan
    has_luck = len(plan.points) > 1 and plan.experiment.engine != STOCKS and found.choice is None
    return PICKED if has_luck else ""


def sweep_answers(found: SweepEstimates) -> tuple[Answer, ...]:
    """Answer for every scenario, or for the baseline where there is no other."""
    one_point = len(found.results.plan.points) == 1
    if not found.others:
        return (_levels(found),)
    return tuple((_draws if one_point else _points)(found, place=place) for place in range(len(found.others)))


def _draws(found: SweepEstimates, *, place: int) -> Answer:
    """Answer as a run does: every measure with its interval over the draws."""
    measures = primary_places(found)
    findings = [finding_at(found, 0, scenario=place, measure=measure) for measure in measures]
    driven = [
        "" if one.is_nothing else driven_words(found, found.others[place], measure=measure)
        for one, measure in zip(findings, measures, strict=True)
    ]
    return Answer(
        title=scenario_words(found, found.others[place]),
        text=headline(findings),
        items=tuple(
            Paragraph(lead=f"{one.title}:", text=f"{brief(one)} {by}".rstrip())
            for one, by in zip(findings, driven, strict=True)
        ),
    )


def _points(found: SweepEstimates, *, place: int) -> Answer:
    """Answer with the ends between which every measure lies over the points."""
    items = list(_between(found, place=place))
    same = sum(1 for one in items if "the same at every point" in one.text)
    text = (
        "Nothing that decides changes with what was varied."
        if items and same == len(items)
        else (
            f"Over {len(found.results.plan.points):,} points{_by(found)} the difference from the baseline "
            f"goes as follows{_numbered(found)}."
        )
    )
    return Answer(title=scenario_words(found, found.others[place]), text=text, items=tuple(items))


def _by(found: SweepEstimates) -> str:
    """Name what is varied, where it is one value."""
    paths = found.results.plan.paths
    return f" of “{path_words(found, paths[0])}”" if len(paths) == 1 else ""


def _numbered(found: SweepEstimates) -> str:
    """Say where the points are written down, where they are told by number."""
    return "; tables/points has what each point sets" if len(found.results.plan.paths) > MOST_PATHS else ""


def _between(found: SweepEstimates, *, place: int) -> Iterator[Paragraph]:
    for measure in primary_places(found):
        ends = extremes(found.differences, scenario=place, measure=measure)
        title = f"{measure_words(found, measure)}:"
        if ends is None:
            yield Paragraph(lead=title, text="nothing to measure at any point.")
            continue
        said = [_change(found, (point, place, measure)) for point in ends]
        if ends[0] == ends[1] or said[0] == said[1]:
            yield Paragraph(lead=title, text=f"{said[0]}, the same at every point.")
            continue
        told = (f"{one} {where_words(found, point)}" for one, point in zip(said, ends, strict=True))
        by = driven_words(found, found.others[place], measure=measure)
        yield Paragraph(lead=title, text=f"from {' to '.join(told)}. {by}".rstrip())


def _change(found: SweepEstimates, at: tuple[int, int, int]) -> str:
    """Write a difference; that it has no interval is said of all of them where there is no chance."""
    said = change(estimate_at(found, at, is_difference=True), unit_words(found, at[2]))
    experiment = found.results.plan.experiment
    has_chance = experiment.engine != STOCKS or experiment.draws > 0
    return said if has_chance else said.removesuffix(f" {NO_INTERVAL}")


def _levels(found: SweepEstimates) -> Answer:
    """Answer for a baseline alone."""
    items = []
    for measure in primary_places(found):
        ends = extremes(found.levels, scenario=0, measure=measure)
        if ends is None:
            continue
        said = (
            f"{level(estimate_at(found, (point, 0, measure)), unit_words(found, measure))}"
            + (f" {where_words(found, point)}" if len(found.results.plan.points) > 1 else "")
            for point in dict.fromkeys(ends)
        )
        items.append(Paragraph(lead=f"{measure_words(found, measure)}:", text=f"{' to '.join(said)}."))
    return Answer(
        title="Baseline", text="Only the baseline was run; its levels go as follows.", items=tuple(items)
    )
