"""Money by organisation over the scenarios of several folders: a map a kind of sum."""

from collections.abc import Iterator, Sequence

from simulator.analysis.folders.together import Together
from simulator.reports.blocks import Block, Chart, Section, simple_table
from simulator.reports.compare.rows import Row
from simulator.reports.figures.heat import heat_figure, heat_height
from simulator.reports.numbers import scale_of, step_for, unit_on
from simulator.reports.titles import title_of
from simulator.reports.wording import change

POUNDS = "£"
KINDS = {
    "net_per_year": "What is left to each organisation under the contract in force, after refill",
    "resources_per_year": "What each organisation spends",
}


def money_section(found: Together, rows: Sequence[Row]) -> Section | None:
    """Draw a map of organisations and scenarios for each kind of sum that all folders have."""
    blocks: list[Block] = list(_maps(found, rows)) if rows else []
    if not blocks:
        return None
    return Section(id="money", title="Whose money", short="Whose money", blocks=tuple(blocks))


def _maps(found: Together, rows: Sequence[Row]) -> Iterator[Block]:
    for kind, title in KINDS.items():
        texts = [text for text in found.measures if text.startswith("organisation.") and text.endswith(kind)]
        moved = [text for text in texts if any(_mean(one, text) for one in rows)]
        if not moved:
            continue
        names = [
            title_of(rows[0].stand.comparison.results.model, "organisation", id=text.split(".")[1])
            for text in moved
        ]
        means = [[_mean(one, text) for text in moved] for one in rows]
        scale = scale_of(POUNDS, [value for row in means for value in row], is_difference=True)
        field: list[list[float | None]] = [[value * scale.factor for value in row] for row in means]
        most = max(abs(value) for row in means for value in row) * scale.factor
        yield Chart(
            id=f"money-{kind.replace('_', '-')}",
            caption=f"{title}: difference from the folder’s own baseline, {unit_on(scale, POUNDS)} a year",
            alternative=(
                "A field an organisation and scenario, each with its number; the table has the intervals."
            ),
            figure=heat_figure(
                field[::-1],
                along=names,
                up=[one.title for one in reversed(rows)],
                titles=("", ""),
                step=step_for(None, value=most),
            ),
            height=heat_height(len(rows)),
            table=simple_table(
                title,
                columns=("Scenario (folder)", *names),
                rows=tuple(
                    (one.title, *(change(one.difference(text), "£ a year") for text in moved)) for one in rows
                ),
            ),
        )


def _mean(one: Row, text: str) -> float:
    difference = one.difference(text)
    return 0.0 if difference is None or difference.mean is None else difference.mean
