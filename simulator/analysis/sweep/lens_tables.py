"""Tables of the two lenses: where stocks and people disagree and by how much, and where stocks help."""

from collections.abc import Sequence

from simulator.analysis.measure_tables import MEASURE, SCENARIO, UNIT
from simulator.analysis.measures import unit
from simulator.analysis.points_table import POINT
from simulator.analysis.sweep.choice_tables import KIND
from simulator.analysis.sweep.estimates import SweepEstimates
from simulator.analysis.sweep.lenses import Helped, Lens
from simulator.analysis.sweep.measuring import names_of
from simulator.analysis.table import REAL, TEXT, WHOLE, Column, Table, Values, table_of

ENDS = {"mean": "mean", "low": "lower end of the 95% interval", "high": "upper end of the 95% interval"}
LENSES = {"stocks": "As stocks", "people": "By people", "gap": "Stocks less people"}
VERDICT = Column(
    name="verdict",
    kind=TEXT,
    says="opposite: both seen, of other signs; apart: the gap is told from nought by itself; agree; unknown.",
)
SHOWN = {"plain": "By people alone", "helped": "By people, helped by the stocks"}
OWN = (
    Column(name="n", kind=WHOLE, says="Draws or points that were run by people."),
    Column(name="of", kind=WHOLE, says="Draws or points that were run as stocks."),
    Column(name="coefficient", kind=REAL, says="How much of a difference between stocks is taken over."),
    Column(name="helps", kind=TEXT, says="yes or no: whether the interval is narrower with the stocks."),
)


def lens_tables(found: SweepEstimates) -> tuple[Table, ...]:
    """Make both tables; none where nothing was confirmed."""
    if found.lenses is None:
        return ()
    return _lenses(found, found.lenses.lenses), _helped(found, found.lenses.helped)


def _lenses(found: SweepEstimates, rows: Sequence[Lens]) -> Table:
    columns = [
        Column(name=f"{lens}_{end}", kind=REAL, says=f"{says}: {told}.")
        for lens, says in LENSES.items()
        for end, told in ENDS.items()
    ]
    values = _keys(found, rows)
    for lens in LENSES:
        values |= {f"{lens}_{end}": [getattr(getattr(one, lens), end) for one in rows] for end in ENDS}
    return table_of(
        "lenses",
        "Points that were run both as stocks and by people: what each says, and whether they disagree.",
        columns=(POINT, SCENARIO, KIND, MEASURE, UNIT, *columns, VERDICT),
        values=values | {VERDICT.name: [one.verdict for one in rows]},
    )


def _helped(found: SweepEstimates, rows: Sequence[Helped]) -> Table:
    columns = [
        Column(name=f"{kind}_{end}", kind=REAL, says=f"{says}: {told}.")
        for kind, says in SHOWN.items()
        for end, told in ENDS.items()
    ]
    values = _keys(found, rows)
    for kind in SHOWN:
        for place, end in enumerate(ENDS):
            values[f"{kind}_{end}"] = [getattr(one.made, kind)[place] for one in rows]
    values |= {
        "n": [one.made.n for one in rows],
        "of": [one.made.of for one in rows],
        "coefficient": [one.made.coefficient for one in rows],
        "helps": ["yes" if one.made.helps else "no" for one in rows],
    }
    return table_of(
        "helped",
        "Means by people over draws (of a point) or over points (none named), helped by the stocks.",
        columns=(POINT, SCENARIO, KIND, MEASURE, UNIT, *columns, *OWN),
        values=values,
    )


def _keys(found: SweepEstimates, rows: Sequence[Lens] | Sequence[Helped]) -> dict[str, Values]:
    plan, names = found.results.plan, names_of(found.results)
    return {
        POINT.name: [None if one.point is None else one.point + 1 for one in rows],
        SCENARIO.name: [plan.scenarios[one.scenario] for one in rows],
        KIND.name: [one.kind for one in rows],
        MEASURE.name: [plan.names[one.measure] for one in rows],
        UNIT.name: [unit(names[one.measure]) for one in rows],
    }
