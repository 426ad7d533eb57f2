"""Organisations and measures over the scenarios of several folders: a map a scenario, beside each other."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from simulator.analysis.folders import RunStand, Stand, Together
from simulator.analysis.folders.meaning import why_not_the_same
from simulator.analysis.intervals import Estimate
from simulator.reports.blocks import Block, Chart, Group, Paragraph, Section, Table
from simulator.reports.compare.rows import Row
from simulator.reports.figures.heat_panels import HeatColumn, heat_panels_figure, heat_panels_height
from simulator.reports.numbers import Scale, listed, scale_of, step_for, unit_on
from simulator.reports.titles import clean, title_of
from simulator.reports.wording import change

OF = "organisation"
LEFT, SPENT, RECEIVED, RELEASED = "left", "spent", "received", "released"
COLUMNS = {LEFT: "Left", SPENT: "Spent", RECEIVED: "Received", RELEASED: "Released"}
SAYS = (
    "Left is what an organisation received less what it spent, under the contract in force, after refill; "
    "where there is no contract, only what is spent is known. Released are days of beds freed against the "
    "baseline. A colour says how large a number is beside the largest of its column; a field without one is "
    "not known."
)
NO_MAP = (
    "These folders keep no money by organisation and are not in the map: {folders}. A sweep keeps the "
    "measures that its files name, all standard ones where they name none."
)
OF_A_SWEEP = (
    "A sweep settles no contracts: of it only what each organisation spends is known, as the mean over its "
    "points."
)
MOST_PANELS = 8
LEAST = 2


def money_section(found: Together, rows: Sequence[Row]) -> Section | None:
    """Draw, for each scenario, a map of organisations and of what comes of each."""
    keeping = [one for one in found.stands if any(map(_owner_of, one.footing.names))]
    rows = [one for one in rows if one.stand in keeping]
    owners = _organisations(found, keeping)
    kinds = [
        kind for kind in COLUMNS if any(_mean(one, kind, owner=owner) for one in rows for owner in owners)
    ]
    owners = [
        owner for owner in owners if any(_mean(one, kind, owner=owner) for one in rows for kind in kinds)
    ]
    if not owners:
        return None
    shown = rows[:MOST_PANELS]
    scales = {kind: _scale(rows, kind, owners=owners) for kind in kinds}
    model = rows[0].stand.footing.model
    names = {owner: title_of(model, OF, id=owner) for owner in owners}
    panels = [(one.title, _fields(one, scales, owners=owners)) for one in shown]
    more = f"; the first {len(shown)} of {len(rows)} scenarios" if len(rows) > len(shown) else ""
    chart = Chart(
        id="organisations",
        caption=f"Organisations and measures: difference from the folder’s own baseline, a year{more}",
        alternative=(
            "A map a scenario: a field an organisation and measure, with its number; the table has intervals."
        ),
        figure=heat_panels_figure(
            panels,
            rows=list(names.values()),
            columns=[
                HeatColumn(
                    title=COLUMNS[kind],
                    unit=unit_on(scale, _unit(kind)),
                    step=_step(panels, place=place),
                )
                for place, (kind, scale) in enumerate(scales.items())
            ],
        ),
        height=heat_panels_height(len(panels), len(owners)),
        table=_table(rows, kinds, names=names),
    )
    blocks: tuple[Block, ...] = (Paragraph(text=_says(found, keeping=keeping)), chart)
    return Section(id="money", title="Whose money", short="Whose money", blocks=blocks)


def _says(found: Together, *, keeping: Sequence[Stand]) -> str:
    """Say what the map shows, and of which folders it is not."""
    without = [clean(one.name) for one in found.stands if one not in keeping]
    said = [SAYS]
    if any(one in keeping for one in found.sweeps):
        said.append(OF_A_SWEEP)
    if without:
        said.append(NO_MAP.format(folders=listed(without)))
    return " ".join(said)


def _organisations(found: Together, keeping: Sequence[Stand]) -> list[str]:
    """List the organisations whose money means the same in all folders that keep any; none of one folder."""
    if len(keeping) < LEAST:
        return []
    footings = [one.footing for one in keeping]
    texts = dict.fromkeys((*found.measures, *(text for one in footings for text in one.names)))
    # Payers stand last in most models, and first in the map.
    return [
        owner
        for text in reversed(texts)
        if (owner := _owner_of(text)) and not why_not_the_same(text, footings=footings)
    ]


def _owner_of(text: str) -> str:
    """Give the organisation of a measure of what it spends; nothing of another measure."""
    family, _, rest = text.partition(".")
    owner, _, what = rest.rpartition(".")
    return owner if (family, what) == (OF, "resources_per_year") and "." not in owner else ""


def _difference(one: Row, kind: str, *, owner: str) -> Estimate | None:
    """Give what a scenario does to an organisation; nothing where the folder does not know."""
    if not isinstance(one.stand, RunStand):
        return one.difference(f"{OF}.{owner}.resources_per_year") if kind == SPENT else None
    if kind == RELEASED:
        return _released(one.stand, one.scenario, owner=owner)
    contracts = one.stand.comparison.contracts
    outcome = None if contracts is None else contracts.outcome(one.scenario, owner)
    if outcome is not None:
        return {LEFT: outcome.net, SPENT: outcome.resources, RECEIVED: outcome.received}[kind]
    return one.difference(f"{OF}.{owner}.resources_per_year") if kind == SPENT else None


def _released(stand: RunStand, scenario: str, *, owner: str) -> Estimate | None:
    """Give the bed-days that were freed, with an interval where they are of one ward."""
    cash = stand.comparison.cash
    freed = [
        ward.days
        for ward in (cash.freed if cash is not None else ())
        if (ward.scenario, ward.organisation) == (scenario, owner)
    ]
    means = [ward.mean for ward in freed]
    if len(freed) <= 1 or None in means:
        return freed[0] if len(freed) == 1 else None
    total = sum(mean for mean in means if mean is not None)
    return replace(freed[0], mean=total, sd=None, low=None, high=None, low_80=None, high_80=None)


def _mean(one: Row, kind: str, *, owner: str, factor: float = 1.0) -> float | None:
    difference = _difference(one, kind, owner=owner)
    return None if difference is None or difference.mean is None else difference.mean * factor


def _fields(one: Row, scales: Mapping[str, Scale], *, owners: Sequence[str]) -> list[list[float | None]]:
    """Give the numbers of one scenario: a row an organisation, a column a measure."""
    return [
        [_mean(one, kind, owner=owner, factor=scale.factor) for kind, scale in scales.items()]
        for owner in owners
    ]


def _scale(rows: Sequence[Row], kind: str, *, owners: Sequence[str]) -> Scale:
    values = [_mean(one, kind, owner=owner) for one in rows for owner in owners]
    return scale_of(_unit(kind), values, is_difference=True)


def _unit(kind: str) -> str:
    return "bed-days" if kind == RELEASED else "£"


def _step(panels: Sequence[tuple[str, Sequence[Sequence[float | None]]]], *, place: int) -> float:
    most = max(abs(row[place] or 0.0) for _, fields in panels for row in fields)
    return step_for(None, value=most)


def _table(rows: Sequence[Row], kinds: Sequence[str], *, names: Mapping[str, str]) -> Table:
    """List every field with its interval."""
    said = {kind: f"{_unit(kind)} a year" for kind in kinds}
    groups = tuple(
        Group(
            header=name,
            rows=tuple(
                (one.title, *(change(_difference(one, kind, owner=owner), said[kind]) for kind in kinds))
                for one in rows
            ),
        )
        for owner, name in names.items()
    )
    return Table(
        caption="Organisations and measures",
        columns=("Organisation", "Scenario (folder)", *(f"{COLUMNS[kind]}, {said[kind]}" for kind in kinds)),
        groups=groups,
    )
