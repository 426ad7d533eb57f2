"""What drives the answer: screening, indices, or what single values explain, as the design allows."""

from collections.abc import Iterator, Sequence
from functools import partial

from simulator.analysis.sweep.estimates import SweepEstimates
from simulator.analysis.sweep.outputs import DIFFERENCE, LEVEL
from simulator.analysis.sweep.sensitivity import DRAWS, Sensitivity
from simulator.reports.blocks import Block, Heading, Paragraph, Section
from simulator.reports.numbers import per_cent
from simulator.reports.sweep.driver_charts import Charted, indices_block, screening_block, swings_block
from simulator.reports.sweep.words import measure_words, path_words, primary_places, scenario_words

MOST_CHARTS = 16
MORRIS_SAYS = (
    "Each value is moved across half its range, from many starting points, one at a time (Morris). The mark "
    "is the mean size of what the measure then changes, taken over the whole range, with its 95% interval. A "
    "spread as large as the mean says that it depends on the other values, or not in a straight line."
)
SOBOL_SAYS = (
    "Share of the measure’s variance over all points that a value explains by itself, and with all that it "
    "does together with others (Sobol’ indices, 95% intervals)."
)
SHARES_SAY = (
    "Of each value by itself: what the measure comes to at the value’s 10th and 90th centile, other values "
    "as they were drawn. Shown are the values that explain more than chance would (5%), those that explain "
    "most first; with many values one in twenty shown so does nothing. Interactions are in no share."
)


def drivers_section(found: SweepEstimates) -> Section | None:
    """Show what drives each measure that decides, in each scenario; nothing where the design cannot say."""
    shown = [_charted(found, place=place) for place in _shown(found)]
    blocks = list(driver_blocks(found.drives, shown))
    if found.drives.parameters_share is not None:
        blocks.append(Paragraph(text=_two_levels(found, shown=shown)))
    return section_of(blocks)


def section_of(blocks: Sequence[Block]) -> Section | None:
    """Make the section of what drives the answer; nothing where nothing can be said."""
    if not blocks:
        return None
    return Section(
        id="drivers", title="What the answer hangs on", short="What drives it", blocks=tuple(blocks)
    )


def driver_blocks(drives: Sensitivity, shown: Sequence[Charted]) -> Iterator[Block]:
    """Draw what drives the outputs that are shown, by whichever method there is."""
    if drives.screening is not None:
        yield Paragraph(text=MORRIS_SAYS)
        yield from (screening_block(one, drives.screening) for one in shown)
    if drives.indices is not None:
        yield Paragraph(text=SOBOL_SAYS)
        yield from (indices_block(one, drives.indices) for one in shown)
    for part in drives.explained:
        if len(drives.explained) > 1:
            yield Heading(text="Over the draws" if part.over == DRAWS else "Over the points")
        yield Paragraph(text=SHARES_SAY)
        yield from (swings_block(one, part) for one in shown)


def _shown(found: SweepEstimates) -> list[int]:
    """Choose the outputs on the page: differences of what decides, or levels where nothing is compared."""
    wanted = DIFFERENCE if found.others else LEVEL
    primary = primary_places(found)
    outputs = enumerate(found.drives.outputs)
    places = [place for place, one in outputs if one.kind == wanted and one.measure in primary]
    return places[:MOST_CHARTS]


def _charted(found: SweepEstimates, *, place: int) -> Charted:
    """Give the words of an output, by its place among them."""
    output = found.drives.outputs[place]
    title = f"{measure_words(found, output.measure)}, {scenario_words(found, output.scenario)}"
    is_difference = output.kind == DIFFERENCE
    return Charted(
        place=place,
        title=f"{title}: difference from the baseline" if is_difference else title,
        unit=output.unit,
        is_difference=is_difference,
        has_gaps=bool(found.drives.unknown[place]),
        paths=found.drives.paths,
        words=partial(path_words, found),
    )


def _two_levels(found: SweepEstimates, *, shown: Sequence[Charted]) -> str:
    share = found.drives.parameters_share
    assert share is not None
    said = [
        f"{one.title}: {per_cent(float(share[one.place]))}"
        for one in shown
        if share[one.place] == share[one.place]
    ]
    return (
        "Of how much one run differs from another, so much is doubt about values (more draws show it "
        "better), and the rest is "
        f"chance (more replications make it smaller): {'; '.join(said)}."
    )
