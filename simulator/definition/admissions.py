"""Which activities are admissions: stays in a bed that begin from where even the queue is resident."""

from simulator.definition.groups import Keyed
from simulator.definition.known import part
from simulator.definition.model import Model


def admitting_activities(model: Model) -> tuple[str, ...]:
    """List the stays that begin from A&E: in a bed, and reached at once from where the queue is resident too.

    Those that stand in when such a stay is full belong to them.
    """
    found: dict[str, None] = {}
    for arrival in model.activities.values():
        routes = part(arrival, "routes")
        if not part(arrival, "queue_is_resident") or not isinstance(routes, Keyed):
            continue
        targets = [name for table in routes.values() for route in table for name in route.targets]
        for target in targets:
            _take(model, target, found=found)
    return tuple(sorted(found))


def _take(model: Model, name: str, *, found: dict[str, None]) -> None:
    activity = model.activities.get(name)
    if activity is None or name in found:
        return
    if not part(activity, "resident") or part(activity, "queue_is_resident"):
        return
    if part(activity, "resource") == "none":
        return
    found[name] = None
    for alternative in activity.if_full:
        _take(model, alternative, found=found)
