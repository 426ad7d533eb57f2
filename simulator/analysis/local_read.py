"""What of one world's books is of those who live in each locality, read from its observation."""

from collections.abc import Callable

import numpy as np

from simulator.accounts.local import Local
from simulator.analysis.over_years import OverYears
from simulator.analysis.reading import Reading
from simulator.analysis.yearly import Floats
from simulator.definition.model import Model


def read_local(by_year: OverYears, *, model: Model, schemes: Callable[[int], Floats]) -> Local | None:
    """Read it year by year; nothing where no contract is of some localities.

    ``schemes`` gives what an intervention that is on costs its lead (Y, O): it is of the localities that its
    ``eligible`` names, of all where it names none, by how many people live in each.
    """
    program = by_year.reading.frame.program
    names = program.names
    if program.by_locality is None:
        return None
    parts = np.array([float(model.localities[name].share.value) for name in names.localities])
    done = _by_year(by_year, "local_series")
    costs = np.zeros((len(done), len(parts), len(names.organisations)))
    for place, name in enumerate(names.interventions):
        costs += (
            schemes(place)[:, None] * _reach(model, name, where=names.localities, parts=parts)[None, :, None]
        )
    return Local(
        names=names.localities,
        parts=parts,
        activity=_by_year(by_year, "local_cost_series"),
        schemes=costs,
        starts=done[..., 0],
        stays=done[..., 1],
        cases=_by_year(by_year, "local_need_series"),
        people=_by_year(by_year, "local_people_series"),
    )


def _by_year(by_year: OverYears, word: str) -> Floats:
    def series(one: Reading) -> Floats:
        found = getattr(one.observation, word)
        assert found is not None
        return np.asarray(found[one.first :], dtype=np.float64)

    return by_year.of(series)


def _reach(model: Model, intervention: str, *, where: tuple[str, ...], parts: Floats) -> Floats:
    """Give what of an intervention is of each locality (L): its people, of those who may be enrolled.

    Nought of all where nobody lives in any that it names.
    """
    eligible = model.interventions[intervention].eligible
    named = (eligible.localities if eligible is not None else None) or where
    mine = np.array([part if name in named else 0.0 for name, part in zip(where, parts, strict=True)])
    return np.asarray(np.divide(mine, mine.sum(), out=np.zeros_like(mine), where=mine > 0))
