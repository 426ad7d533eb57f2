"""Tables of the best of a sweep: who competed and when each was out, and the best by fresh replications."""

from collections.abc import Mapping

import numpy as np

from simulator.analysis.measure_tables import MEASURE, SCENARIO, UNIT
from simulator.analysis.measures import unit
from simulator.analysis.points_table import POINT
from simulator.analysis.sweep.choice import Choice
from simulator.analysis.sweep.estimates import SweepEstimates
from simulator.analysis.sweep.measuring import names_of
from simulator.analysis.table import REAL, TEXT, WHOLE, Column, Table, Values, table_of

OUT = Column(name="out_after", kind=WHOLE, says="Replications after which it was out; absent: never.")
STANDS = Column(
    name="stands",
    kind=TEXT,
    says="best; left: not told from the best; out; or passed: the same as one before it, or no figure.",
)
KIND = Column(name="kind", kind=TEXT, says="A level, or a difference from the baseline of the point.")
WORDS = ("mean", "low", "high", "n")
FIGURES = {
    "chosen": "over the replications that chose the best: luck is in it",
    "fresh": "over fresh replications",
}


def choice_tables(found: SweepEstimates) -> tuple[Table, ...]:
    """Make both tables; none where no choice was asked for."""
    return () if found.choice is None else (_contest(found, found.choice), _best(found, found.choice))


def _contest(found: SweepEstimates, choice: Choice) -> Table:
    plan, standing = found.results.plan, choice.standing
    candidates = choice.contest.candidates
    values: Mapping[str, Values] = {
        POINT.name: np.array([point + 1 for point, _ in candidates]),
        SCENARIO.name: [plan.scenarios[place] for _, place in candidates],
        OUT.name: [out or None for out in standing.out_at],
        STANDS.name: [_stands(choice, one) for one in range(len(candidates))],
    }
    return table_of(
        "contest",
        f"Who competed to be best by {plan.names[choice.contest.measure]}, and when each was out.",
        columns=(POINT, SCENARIO, OUT, STANDS),
        values=values,
    )


def _stands(choice: Choice, candidate: int) -> str:
    left = choice.standing.left
    if left and candidate == left[0]:
        return "best" if choice.standing.is_made else "left"
    if candidate in left:
        return "left"
    return "out" if choice.standing.out_at[candidate] else "passed"


def _best(found: SweepEstimates, choice: Choice) -> Table:
    plan, rows = found.results.plan, choice.beside
    best = choice.best or (0, 0)
    columns = [
        Column(name=f"{kind}_{word}", kind=WHOLE if word == "n" else REAL, says=f"{_says(word)}, {says}.")
        for kind, says in FIGURES.items()
        for word in WORDS
    ]
    values: dict[str, Values] = {
        POINT.name: [best[0] + 1 for _ in rows],
        SCENARIO.name: [plan.scenarios[best[1]] for _ in rows],
        MEASURE.name: [plan.names[one.measure] for one in rows],
        UNIT.name: [unit(names_of(found.results)[one.measure]) for one in rows],
        KIND.name: [one.kind for one in rows],
    }
    for kind in FIGURES:
        for word in WORDS:
            values[f"{kind}_{word}"] = [getattr(getattr(one, kind), word, None) for one in rows]
    return table_of(
        "best",
        "The best, as it was chosen and as fresh replications have it.",
        columns=(POINT, SCENARIO, MEASURE, UNIT, KIND, *columns),
        values=values,
    )


def _says(word: str) -> str:
    return {"mean": "Mean", "low": "Lower end of the 95% interval", "high": "Upper end of it"}.get(
        word, "Replications"
    )
