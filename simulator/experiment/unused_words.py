"""Words of a model that are read and checked, and that nothing in this version uses yet."""

from collections.abc import Iterator

from simulator.definition.cost_references import is_priced
from simulator.definition.model import Model
from simulator.definition.outside import OUTSIDE


def unused_words(model: Model) -> Iterator[str]:
    """Say once for each such word where the model has it."""
    priced = {name for name, one in model.costs.items() if one.hour is not None}
    idle = [id for id, one in sorted(model.activities.items()) if {*one.staff_minutes} & {*OUTSIDE} - priced]
    if idle:
        yield (
            "activities.*.staff_minutes: minutes of those who are no staff are used where their hour has a "
            f"price in [costs], and nowhere else; they are said of {', '.join(idle)}."
        )
    named = {kind for one in model.resources.values() for kind in one.staff}
    named |= {kind for one in model.activities.values() for kind in one.staff_minutes}
    for kind in sorted({*model.staff} - named):
        yield f"staff.{kind}: no resource's staff and no activity's staff_minutes name it."
    for name, activity in sorted(model.activities.items()):
        resource = model.resources.get(activity.resource)
        pays = activity.cost_payer or activity.paid_by or (resource is not None and resource.owner)
        if is_priced(model, name) and not pays:
            yield (
                f"activities.{name}.cost: nobody pays it, so it is in no sum: "
                f"resources.{activity.resource} has no owner. Say whose it is, or payer = an organisation."
            )
    if model.stocks and model.exchange is None:
        own = ", ".join(sorted(model.stocks))
        yield f"stocks: `downstream run` leaves out the model's own stocks ({own}); see downstream stocks."
