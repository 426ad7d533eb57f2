"""What might change: the interventions of a model, on or off, and what is measured."""

from collections.abc import Iterator

from simulator.definition.model import Model
from simulator.definition.standards import ClockPoint
from simulator.reports.amounts import amount
from simulator.reports.blocks import Block, Heading, Paragraph, Section, Table, simple_table
from simulator.reports.citations import evidence_table
from simulator.reports.describe.values import NOTHING
from simulator.reports.effect_words import COLUMNS, effect_rows
from simulator.reports.numbers import listed
from simulator.reports.switches import cost_parts, paid_by_words, who_words
from simulator.reports.titles import as_words, clean, lower_first, title_of

POINTS = {
    "arrival": "arriving at",
    "start": "the start of",
    "ready": "being done with",
    "end": "the end of",
    "leave": "leaving",
}


def interventions_section(model: Model) -> Section:
    """Describe every switch: whom it is for, what it costs, what it is assumed to do."""
    blocks = [block for id in sorted(model.interventions) for block in _intervention(model, id)]
    return Section(
        id="interventions",
        title="What might be changed",
        short="Interventions",
        blocks=tuple(blocks) or (Paragraph(text="The model has no interventions to switch on."),),
    )


def measures_section(model: Model) -> Section | None:
    """List clocks and measures; nothing where the model names none."""
    tables = tuple(one for one in (_clocks(model), _measures(model)) if one.groups)
    if not tables:
        return None
    return Section(id="measures", title="What is looked at", short="Measures", blocks=tables)


def _intervention(model: Model, id: str) -> Iterator[Block]:
    one, title = model.interventions[id], title_of(model, "intervention", id=id)
    yield Heading(text=title)
    if one.note:
        yield Paragraph(text=clean(one.note))
    yield Paragraph(text=who_words(model, one))
    if costs := cost_parts(model, id):
        yield Paragraph(text=f"Besides care, it costs {listed(costs.values())}{paid_by_words(model, one)}.")
    if rows := effect_rows(model, one):
        caption = f"{title}: what it is assumed to do"
        yield simple_table(caption, columns=COLUMNS, rows=rows, texts=("Grade", "Source"))
    if known := [name for name in one.evidence if name in model.evidence]:
        yield evidence_table(model, known, caption=f"{title}: the evidence")


def _clocks(model: Model) -> Table:
    rows = []
    for id, one in model.clocks.items():
        targets = listed(amount(target) for target in one.targets) or NOTHING
        starts, stops = (_points(model, points) for points in (one.starts, one.stops))
        rows.append((title_of(model, "clock", id=id), starts, stops, targets))
    return simple_table(
        "Clocks: spans that a standard is about",
        columns=("Clock", "Starts at", "Stops at", "Standards"),
        rows=tuple(rows),
        texts=("Starts at", "Stops at", "Standards"),
    )


def _measures(model: Model) -> Table:
    rows = [
        (
            clean(one.title or as_words(id)),
            clean(one.of),
            "yes" if one.primary else "no",
            amount(one.matters_from) if one.matters_from is not None else NOTHING,
        )
        for id, one in model.measures.items()
    ]
    return simple_table(
        "Measures that the file names",
        columns=("Measure", "Of", "Decides", "Matters from"),
        rows=tuple(rows),
        texts=("Of", "Decides"),
    )


def _points(model: Model, points: tuple[ClockPoint, ...]) -> str:
    return listed((_point(model, one) for one in points), last="or")


def _point(model: Model, one: ClockPoint) -> str:
    if one.activity is None:
        return "the need"
    return f"{POINTS[one.point]} {lower_first(title_of(model, 'activity', id=one.activity))}"
