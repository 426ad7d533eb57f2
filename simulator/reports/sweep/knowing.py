"""What it would be worth to know a value exactly before choosing."""

from collections.abc import Iterator

from simulator.analysis.sweep.estimates import SweepEstimates
from simulator.analysis.sweep.sensitivity import ALL, Knowledge
from simulator.reports.blocks import Block, Paragraph, Section, simple_table
from simulator.reports.numbers import listed, scale_of, unit_on, with_unit
from simulator.reports.sweep.words import measure_words, path_words, scenario_words, unit_words

MOST_SHOWN = 8
TIMES_CHANCE = 2.0
SAYS = (
    "Suppose one scenario had to be chosen by one measure alone. Who knew a value exactly could choose "
    "better; what that gains "
    "on average is the most that finding it out can be worth (expected value of perfect information). "
    "A value is listed where "
    "the worth is more than twice what chance would show of a value that does nothing."
)


def knowing_section(found: SweepEstimates) -> Section | None:
    """List what is worth knowing, measure by measure; nothing where there are no draws or no choice."""
    if not found.drives.knowledge and not found.drives.unweighed:
        return None
    blocks: list[Block] = [Paragraph(text=SAYS), *_tables(found), *_left_out(found)]
    return Section(
        id="knowing", title="What it would be worth to know", short="Worth of knowing", blocks=tuple(blocks)
    )


def _left_out(found: SweepEstimates) -> Iterator[Block]:
    """Say which measures are not weighed, and why."""
    by_reason: dict[str, list[str]] = {}
    for one in found.drives.unweighed:
        by_reason.setdefault(one.why, []).append(measure_words(found, one.output.measure))
    if said := [f"{listed(names)}: {why}" for why, names in by_reason.items()]:
        yield Paragraph(lead="Not weighed.", text=f"{'; '.join(said)}.")


def _tables(found: SweepEstimates) -> Iterator[Block]:
    by_measure: dict[int, list[Knowledge]] = {}
    for one in found.drives.knowledge:
        by_measure.setdefault(one.output.measure, []).append(one)
    for measure, rows in by_measure.items():
        whole, *parts = sorted(rows, key=lambda one: one.parameter != ALL)
        title, best = measure_words(found, measure), scenario_words(found, whole.is_best)
        if whole.value <= 0:
            yield Paragraph(
                lead=f"{title}:", text=f"“{best}” is best in every draw; knowing more changes no choice."
            )
            continue
        worth = [one for one in parts if one.value > TIMES_CHANCE * one.by_chance and one.value > 0]
        worth.sort(key=lambda one: (-one.value, one.parameter))
        scale = scale_of(unit_words(found, measure), [whole.value])
        said = unit_on(scale, unit_words(found, measure))
        yield simple_table(
            f"{title}: best on average is “{best}”",
            columns=("What is known", f"Worth ({said})"),
            rows=tuple(
                (
                    ALL if one.parameter == ALL else path_words(found, one.parameter),
                    with_unit(one.value, scale),
                )
                for one in (whole, *worth[:MOST_SHOWN])
            ),
        )
