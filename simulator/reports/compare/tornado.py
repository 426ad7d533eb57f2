"""What the answer hangs on in several sweeps: bars for the same value beside each other, kind by kind."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from simulator.analysis.folders import Together
from simulator.analysis.folders.drivers import INDICES, KINDS, OVER_DRAWS, OVER_POINTS, SCREENING, kinds_in
from simulator.analysis.folders.ranges import Range
from simulator.definition.experiment import BASELINE
from simulator.reports.blocks import Block, Heading, Paragraph, Section
from simulator.reports.compare.beside import (
    Beside,
    common_scenarios,
    holding,
    outputs_beside,
    path_words,
    range_words,
    ranges_of,
)
from simulator.reports.compare.holding import holds_words
from simulator.reports.compare.side_by_side import deciding
from simulator.reports.compare.tornado_charts import tornado_blocks
from simulator.reports.numbers import listed
from simulator.reports.sweep.drivers import MORRIS_SAYS, SHARES_SAY, SOBOL_SAYS
from simulator.reports.titles import clean

Words = Callable[[str], str]
MOST_CHARTS = 12
MOST_NAMED = 8
TITLES = {
    SCREENING: "Screening: sizes of elementary effects",
    INDICES: "Sobol’ indices: shares of variance",
    OVER_DRAWS: "Over draws of what is uncertain",
    OVER_POINTS: "Over the points of a sample",
}
SHORT = {
    SCREENING: "a screening",
    INDICES: "Sobol’ indices",
    OVER_DRAWS: "shares of variance over draws",
    OVER_POINTS: "shares of variance over points",
}
SAYS = {SCREENING: MORRIS_SAYS, INDICES: SOBOL_SAYS, OVER_DRAWS: SHARES_SAY, OVER_POINTS: SHARES_SAY}
BARS = (
    " A bar a folder goes from what the measure comes to at the low end of the value (plain) to what it "
    "comes to at the high end (hatched); an upright line is the mean of the folder. A folder without a bar "
    "there tells nothing of the value."
)
SAME_KIND = (
    "Only figures of one kind stand beside each other: sizes of effects, indices and shares of variance do "
    "not measure the same."
)
RANGES = "A wider range moves a measure further; these values do not go over the same range in all folders"
NO_SCENARIO = (
    "No scenario is in two of these folders under one id, so what is shown is the level of the baseline."
)
WHY_NONE = (
    "draws, or a latin_hypercube, sobol or points design of twenty points, would say what moves a "
    "difference; so would a morris design"
)


def drivers_section(found: Together) -> Section | None:
    """Set what drives each measure that decides beside each other; nothing where no folder is a sweep."""
    if not found.sweeps:
        return None
    return section_of_drivers(list(_blocks(found)))


def section_of_drivers(blocks: Sequence[Block]) -> Section:
    """Make the section of what drives the answer."""
    return Section(
        id="drivers", title="What the answer hangs on", short="What drives it", blocks=tuple(blocks)
    )


def _blocks(found: Together) -> Iterator[Block]:
    kinds = [kind for kind in KINDS if len(holding(found, kind)) > 1]
    if kinds:
        yield Paragraph(text=SAME_KIND)
    for kind in kinds:
        stands = holding(found, kind)
        is_alone = common_scenarios(stands) == (BASELINE,) and any(one.scenarios[1:] for one in stands)
        yield from blocks_of_kind(
            kind,
            list(outputs_beside(found, kind, measures=deciding(found))),
            ranges={clean(one.name): ranges_of(one, kind=kind) for one in stands},
            words=partial(path_words, found),
            more=(Paragraph(text=NO_SCENARIO),) if is_alone else (),
        )
    held = {clean(one.name): kinds_in(one.estimates.drives) for one in found.sweeps}
    holds = {clean(one.name): holds_words(one) for one in found.sweeps}
    yield from alone_blocks(held, kinds=kinds, holds=holds, why=WHY_NONE)


def blocks_of_kind(
    kind: str,
    outputs: Sequence[Beside],
    *,
    ranges: Mapping[str, Mapping[str, Range]],
    words: Words,
    more: tuple[Block, ...] = (),
) -> Iterator[Block]:
    """Show what drives outputs by one kind of sensitivity, in the folders whose ``ranges`` are given.

    ``more`` is said before which values they have; each chart has a name of its own on the page.
    """
    yield Heading(text=f"{TITLES[kind]} ({listed(ranges)})")
    yield Paragraph(text=SAYS[kind] + (BARS if kind in (OVER_DRAWS, OVER_POINTS) else ""))
    yield from more
    yield from _about_values(ranges, words=words)
    for number, one in enumerate(outputs[:MOST_CHARTS]):
        yield from tornado_blocks(one, id=f"tornado-{kind}-{number + 1}")
    if len(outputs) > MOST_CHARTS:
        text = f"{len(outputs) - MOST_CHARTS:,} more are in the tables of each folder."
        yield Paragraph(lead="Not shown:", text=text)


def _about_values(ranges: Mapping[str, Mapping[str, Range]], *, words: Words) -> Iterator[Paragraph]:
    """Say which values one folder alone has, and which do not go over the same range."""
    every = list(dict.fromkeys(path for one in ranges.values() for path in one))
    for name, own in ranges.items():
        alone = [path for path in own if sum(path in one for one in ranges.values()) == 1]
        if alone:
            yield Paragraph(lead=f"In {name} alone:", text=f"{_listed(alone, words)}.")
    apart = []
    for path in every:
        there = {name: one[path] for name, one in ranges.items() if path in one}
        if len(set(there.values())) > 1:
            said = "; ".join(f"{name} {range_words(one)}" for name, one in there.items())
            apart.append(f"{words(path)} ({said})")
    if apart:
        more = f", and {len(apart) - MOST_NAMED:,} more" if len(apart) > MOST_NAMED else ""
        yield Paragraph(lead="Not the same range.", text=f"{RANGES}: {', '.join(apart[:MOST_NAMED])}{more}.")


def alone_blocks(
    held: Mapping[str, Sequence[str]], *, kinds: Sequence[str], holds: Mapping[str, str], why: str
) -> Iterator[Paragraph]:
    """Say of each folder which kinds it ``held`` that stand beside nothing here; ``why`` of those without."""
    if none := [f"{name} ({holds[name]})" for name, own in held.items() if not own]:
        yield Paragraph(lead="No tornado.", text=f"{listed(none)} cannot say what drives the answer: {why}.")
    for name, own in held.items():
        if left := [SHORT[kind] for kind in own if kind not in kinds]:
            text = "so there is nothing beside it; its own page shows what drives it."
            yield Paragraph(lead=f"Only {name} has {listed(left)},", text=text)


def _listed(paths: Sequence[str], words: Words) -> str:
    """Name values, so many, and count the rest."""
    named = [words(path) for path in paths[:MOST_NAMED]]
    more = len(paths) - MOST_NAMED
    return ", ".join(named) + f", and {more:,} more" if more > 0 else listed(named)
