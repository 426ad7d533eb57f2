"""Over which points and draws the figures of folders are taken, and whether over the same ones."""

from collections.abc import Mapping, Sequence

from simulator.analysis.folders.stands import Stand, SweepStand
from simulator.definition.settings import path_of
from simulator.definition.uncertain import Uncertain

Taken = tuple[tuple[Mapping[str, object], ...], Mapping[str, object]]


def are_over_the_same(stands: Sequence[Stand]) -> bool:
    """Say whether the means of all folders are over the same points, and the same values where drawn."""
    taken = [_taken(one) for one in stands]
    return all(one == taken[0] for one in taken)


def points_of(stand: Stand) -> tuple[Mapping[str, object], ...]:
    """Give what each point sets; of a run one point that sets nothing."""
    return tuple(stand.estimates.results.plan.points) if isinstance(stand, SweepStand) else ({},)


def value_in(stand: Stand, path: str) -> object | None:
    """Give a value that a folder does not vary; nothing where its models do not say it, or not as one.

    Of an uncertain value its central one.
    """
    values = [_value(model.origin.resolved, path) for model in stand.models.values()]
    return values[0] if all(one == values[0] for one in values) else None


def _taken(stand: Stand) -> Taken:
    plan = stand.estimates.results.plan if isinstance(stand, SweepStand) else stand.comparison.results.plan
    known: Mapping[str, Uncertain] = plan.known if plan and stand.footing.experiment.draws else {}
    return points_of(stand), {path: (one.low, one.high) for path, one in known.items()}


def _value(resolved: object, path: str) -> object | None:
    for part in path_of(path):
        if isinstance(resolved, Mapping):
            resolved = resolved.get(part, resolved.get(str(part)))
        elif isinstance(resolved, (list, tuple)) and isinstance(part, int) and part < len(resolved):
            resolved = resolved[part]
        else:
            return None
    if isinstance(resolved, Mapping):
        return resolved.get("value")
    return None if isinstance(resolved, (list, tuple)) else resolved
