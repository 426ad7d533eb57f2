"""Generated switches: interventions with whom they enrol, how they grow, and effects of every kind."""

from dataclasses import dataclass

from dice import Dice, Table
from rich_care import Scope, route_names

NAMES = ("zeal", "aid", "mentors")


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """The parts of a model that switches act on."""

    scope: Scope
    segments: Table
    needs: Table
    referrals: Table
    resources: Table
    activities: Table
    localities: Table
    looks_back: bool
    is_long: bool

    @property
    def limited(self) -> list[str]:
        """List the resources that have a number of places."""
        return [name for name, one in self.resources.items() if one["capacity"] != "unlimited"]


def interventions(dice: Dice, model: Model) -> Table:
    """Draw up to three interventions."""
    names = dice.some(NAMES, least=0 if dice.at_times() and not model.looks_back else 1)
    return {name: intervention(dice, model) for name in names}


def intervention(dice: Dice, model: Model) -> Table:
    """Draw one intervention."""
    found: Table = {"starts": dice.pick("0 days", "3 days", "1 week", "30 h")}
    dice.maybe(found, "ends", lambda: dice.pick("10 days", "2 weeks"))
    enrols = bool(model.segments) and (model.looks_back or dice.often())
    if enrols:
        _enrolment(dice, model, found)
    if dice.at_times():
        found["ramp"] = dice.pick(
            {"linear": "2 weeks"}, {"logistic": "3 weeks"}, [["0 days", 0.2], ["10 days", 1]], "step"
        )
    dice.maybe(found, "fades", lambda: dice.pick({"linear": "3 weeks"}, [["0 days", 0], ["8 days", 0.5]]))
    dice.maybe(found, "adds", lambda: additions(dice, model, enrols=enrols))
    effects = [effect(dice, model, enrols=enrols) for _ in range(dice.number(2, 8))]
    found["effects"] = [one for one in effects if one]
    return found


def _enrolment(dice: Dice, model: Model, found: Table) -> None:
    eligible: Table = {}
    dice.maybe(eligible, "segments", lambda: dice.some(list(model.segments), least=1))
    if model.localities:
        dice.maybe(eligible, "localities", lambda: dice.some(list(model.localities), least=1))
    if model.looks_back:
        needs = dice.some(list(model.needs), least=1)
        eligible["recent_use"] = {
            "needs": needs,
            "at_least": dice.pick(1, 2),
            "within": dice.pick("1 quarter", "4 quarters"),
        }
    if eligible:
        found["eligible"] = eligible
    found["uptake"] = dice.pick(1, 0.6)
    dice.maybe(found, "places", lambda: dice.pick(2, 5, 0))
    dice.maybe(found, "enrolments", lambda: dice.pick("2 per week", "1 per 2 weeks"))
    dice.maybe(found, "stays", lambda: dice.pick("1 week", "3 days", {"expon": {"mean": "1 week"}}))
    dice.maybe(found, "order", lambda: dice.pick("lot", "most_use"))


def additions(dice: Dice, model: Model, *, enrols: bool) -> list[Table]:
    """Draw what an intervention brings: places, or a need."""
    found: list[Table] = []
    if model.limited and dice.often():
        found.append({"resource": dice.pick(*model.limited), "capacity": dice.pick(1, 3)})
    if model.needs and dice.often():
        added: Table = {"need": dice.pick(*model.needs), "rate": dice.rate(100, 20)}
        if enrols:
            dice.maybe(added, "for", lambda: dice.pick("enrolled", "everyone"))
        found.append(added)
    return found


def effect(dice: Dice, model: Model, *, enrols: bool) -> Table:
    """Draw one effect; an empty table where there is nothing in the model for it to act on."""
    found = dice.pick(*KINDS)(dice, model)
    if not found:
        return {}
    of_nobody = any(
        word in found.get("times", found.get("plus", "")) for word in ("referrals.", "joiners", "capacity")
    )
    if of_nobody:
        found["for"] = "everyone"
    else:
        found |= whom(dice, model, enrols=enrols)
    if "value" in found and dice.at_times():
        _over_years(dice, found, is_for_enrolled=found.get("for", "enrolled" if enrols else "") == "enrolled")
    return found


def whom(dice: Dice, model: Model, *, enrols: bool) -> Table:
    """Draw for whom an effect is."""
    kind = dice.number(0, 3)
    if kind == 0 and model.segments:
        return {"for": dice.some(list(model.segments), least=1, most=2)}
    if kind == 1 and enrols:
        return {"for": "enrolled"}
    return {"for": "everyone"} if kind == 2 else {}


def _over_years(dice: Dice, found: Table, *, is_for_enrolled: bool) -> None:
    value = found.pop("value")
    found["by_year"] = {"1": value, "2": dice.pick(*OTHER_AMOUNTS[kind_of(value)])}
    if is_for_enrolled:
        dice.maybe(found, "since", lambda: "enrolment")


def kind_of(value: object) -> str:
    """Say what an amount is an amount of."""
    if not isinstance(value, str):
        return "number"
    return "rate" if "per" in value else "time"


OTHER_AMOUNTS = {
    "number": (0.5, 1.5, 0),
    "rate": ("40 per year", "1 per year"),
    "time": ("2 h", "1 day"),
}


def times_or_plus(dice: Dice, path: str, *, amounts: tuple[str, ...]) -> Table:
    """Draw a multiplier, or an amount that is added."""
    if amounts and dice.at_times():
        return {"plus": path, "value": dice.pick(*amounts)}
    return {"times": path, "value": dice.pick(0.5, 2, 0, 1.25)}


def on_need(dice: Dice, model: Model) -> Table:
    """Draw an effect on the rate of a need."""
    if not model.needs:
        return {}
    return times_or_plus(
        dice, f"needs.{dice.pick(*model.needs)}.rate", amounts=("60 per year", "-40 per year")
    )


def on_duration(dice: Dice, model: Model) -> Table:
    """Draw an effect on how long an activity takes."""
    path = f"activities.{dice.pick(*model.activities)}.duration"
    return times_or_plus(dice, path, amounts=("1 h", "-2 h"))


def on_route(dice: Dice, model: Model) -> Table:
    """Draw an effect on the share of a route."""
    name = dice.pick(*model.activities)
    return on_share(dice, f"activities.{name}.routes", model.activities[name]["routes"])


def on_start(dice: Dice, model: Model) -> Table:
    """Draw an effect on where a need or referral starts."""
    tables = {f"needs.{name}.starts_at": one["starts_at"] for name, one in model.needs.items()}
    tables |= {f"referrals.{name}.starts_at": one["starts_at"] for name, one in model.referrals.items()}
    path = dice.pick(*tables)
    return on_share(dice, path, tables[path])


def on_share(dice: Dice, path: str, table: Table) -> Table:
    """Draw a multiplier of the share of one route, and the one that gains or gives; nothing for one alone."""
    own = route_names(table)
    if len(own) < 2:
        return {}
    route, other = dice.some(own, least=2, most=2)
    return {"times": f"{path}.{route}", "value": dice.pick(0.5, 0, 2, 4), "instead": other}


def on_hazard(dice: Dice, model: Model) -> Table:
    """Draw an effect on a hazard."""
    hazards = [(name, target) for name, one in model.segments.items() for target in one["becomes"]]
    if not hazards:
        return {}
    segment, target = dice.pick(*hazards)
    return times_or_plus(dice, f"segments.{segment}.becomes.{target}", amounts=("10 per year", "-1 per year"))


def on_flow(dice: Dice, model: Model) -> Table:
    """Draw an effect on joiners, or on the rate of a referral."""
    paths = [f"segments.{name}.joiners" for name in model.segments]
    paths += [f"referrals.{name}.rate" for name, one in model.referrals.items() if "rate" in one]
    if not paths:
        return {}
    return times_or_plus(dice, dice.pick(*paths), amounts=("100 per year", "-20 per year"))


def on_capacity(dice: Dice, model: Model) -> Table:
    """Draw an effect on a capacity."""
    if not model.limited:
        return {}
    path = f"resources.{dice.pick(*model.limited)}.capacity"
    if dice.often():
        return {"plus": path, "value": dice.pick(1, 2, -1)}
    return {"times": path, "value": dice.pick(0.5, 2, 0)}


def diverts(dice: Dice, model: Model) -> Table:
    """Draw a diversion."""
    onward = {name: onward_of(one["routes"]) for name, one in model.activities.items()}
    at = dice.pick(*(name for name in onward if onward[name]), *model.activities)
    away_from, to = dice.pick(*(onward[at] or model.activities)), dice.pick(*model.scope.activities)
    found: Table = {"diverts": {"at": at, "from": away_from, "to": to, "share": dice.pick(0.5, 1)}}
    dice.maybe(found, "substitution", lambda: dice.pick(0.4, 1))
    return found


def onward_of(table: Table) -> list[str]:
    """List the activities that one table of routes, or tables by group, plainly lead to."""
    several = [one for one in table.values() if isinstance(one, dict) and "exit" in one] or [table]
    found = [
        one.get("to") if isinstance(one, dict) else name for each in several for name, one in each.items()
    ]
    return sorted({name for name in found if name not in (None, "exit", "died")})


def step_down(dice: Dice, model: Model) -> Table:
    """Draw a step-down."""
    at, to = dice.pick(*model.activities), dice.pick(*model.scope.activities)
    last = dice.pick("1 h", "6 h", "1 day")
    return {"step_down": {"from": at, "to": to, "last": last, "share": dice.pick(0.5, 1)}}


# Needs more often, so that several effects meet on one.
KINDS = (
    on_need,
    on_need,
    on_need,
    on_duration,
    on_route,
    on_start,
    on_hazard,
    on_flow,
    on_capacity,
    diverts,
    diverts,
    step_down,
)
