"""Generated exchanges: stocks beside a generated model that read it, drive it and trade heads with it."""

import tomllib
from collections.abc import Iterator
from dataclasses import replace

import tomli_w
from dice import Dice, Table
from rich_care import route_names
from worlds import World

EVERY = ("1 day", "12 h", "7 h", "2 days", "30 h")
# Of a run of a year and more, so that the stocks take few steps.
SELDOM = ("1 day", "1 week", "9 days")
LONG_SECONDS = 100 * 86_400
POOLS = ("outdoors", "home")
STOCKS: Table = {
    "level": {"initial": 6.5},
    "outdoors": {"initial": 9.25, "non_negative": True},
    "home": {"initial": 0.75},
}
SPEED = "(1 + seen_0) / (2 + seen_0) + 0.3 * seen_1 / (1 + seen_1)"
FLOWS: Table = {
    "filling": {"from": "outside", "to": "level", "rate": SPEED},
    "emptying": {"from": "level", "to": "outside", "rate": "level / 9"},
    "falling_ill": {"from": "outside", "to": "outdoors", "rate": "0.8"},
    "forgotten": {"from": "outdoors", "to": "outside", "rate": "outdoors / 40"},
}


def with_exchange(world: World, dice: Dice) -> World:
    """Put stocks beside a model, and let them meet its people."""
    table: Table = tomllib.loads(world.text)
    is_long = world.window.end_second > LONG_SECONDS
    table["stocks"], table["flows"] = STOCKS, FLOWS
    table["integration"] = {"method": dice.pick("euler", "rk4")}
    table["exchange"] = {
        "every": dice.pick(*(SELDOM if is_long else EVERY)),
        "reads": {f"seen_{place}": reading(dice, table) for place in range(2)},
        "drives": {path: said for path, said in drives(dice, table) if dice.often()},
    }
    for referral in dict(table.get("referrals", {})).values():
        if "rate" in referral:
            dice.maybe(referral, "takes_from", lambda: POOLS[0])
            dice.maybe(referral, "returns_to", lambda: dice.pick(*POOLS))
    for name, referral in dict(table.get("referrals", {})).items():
        if "rate" in referral and f"referrals.{name}.rate" not in table["exchange"]["drives"]:
            with_equation_alone(referral, dice)
    further = {path: said for path, said in of_activities(table) if dice.at_times()}
    table["exchange"]["drives"] |= further
    return replace(world, text=tomli_w.dumps(table))


def of_activities(table: Table) -> Iterator[tuple[str, Table]]:
    """Yield what may be driven of the ways and the patience of those at an activity."""
    times: Table = {"times": "0.4 + level / 9", "between": [0, 9]}
    for name, one in table["activities"].items():
        if "patience" in one:
            yield f"activities.{name}.patience", times
        names = route_names(one.get("routes", {}))
        for route in [one for one in names[:2] if one != names[-1]]:
            yield f"activities.{name}.routes.{route}", times | {"instead": names[-1]}


def with_equation_alone(referral: Table, dice: Dice) -> None:
    """Let an equation without bounds say how often a referral comes, now and then."""
    if dice.at_times():
        del referral["rate"]
        referral["rate_from"] = dice.pick("0.3 * level", "level * level / 20 - 1", "seen_0")


def reading(dice: Dice, table: Table) -> object:
    """Draw one thing to read."""
    said = dice.pick(*quantities(table))
    return {"of": said, "at_start": dice.number(0, 3)} if dice.at_times() else said


def quantities(table: Table) -> Iterator[str]:
    """Yield all that might be read."""
    for name in table["activities"]:
        for quantity in ("waiting", "in_progress", "kept", "present"):
            yield f"activity.{name}.{quantity}, now"
            yield f"activity.{name}.{quantity}, mean since last"
        for quantity in ("arrivals", "starts", "ends", "refused", "gave_up", "cost"):
            yield f"activity.{name}.{quantity}, total since last"
        for quantity in ("starts_per_day", "cost_per_day", "wait_mean_days", "kept_mean_days"):
            yield f"activity.{name}.{quantity}, mean since last"
    for name in table.get("resources", {}):
        for quantity in ("occupancy", "in_use", "kept", "turnaround", "queue", "capacity"):
            yield f"resource.{name}.{quantity}, now"
            yield f"resource.{name}.{quantity}, mean since last"
    for name in table.get("needs", {}):
        yield f"need.{name}.happened, total since last"
    for name in table.get("segments", {}):
        yield f"people.{name}, now"
        yield f"people.{name}, mean since last"
    yield "deaths, total since last"


def drives(dice: Dice, table: Table) -> Iterator[tuple[str, Table]]:
    """Yield all that might be driven, and how."""
    times: Table = {"times": dice.pick("level / 6", "1 + seen_1 / (3 + seen_1)"), "between": [0, 3]}
    places: Table = {"by": "min(5, level / 3 + seen_0 / 9)", "between": [0, 5]}
    for name in table.get("needs", {}):
        yield f"needs.{name}.rate", times
    for name, referral in table.get("referrals", {}).items():
        if "rate" in referral:
            said: Table = {"by": "0.3 * level", "between": ["0 per day", "3 per day"]}
            yield f"referrals.{name}.rate", dice.pick(times, said)
    for name, segment in table.get("segments", {}).items():
        for target in segment.get("becomes", {}):
            yield f"segments.{name}.becomes.{target}", times
        yield f"segments.{name}.joiners", times
    for name in table["activities"]:
        yield f"activities.{name}.duration", times
    for name, resource in table.get("resources", {}).items():
        if resource["capacity"] != "unlimited":
            yield f"resources.{name}.capacity", times if "each" in resource else dice.pick(places, times)
    for name in table.get("interventions", {}):
        yield f"interventions.{name}.strength", dice.pick({"by": "level / 20", "between": [0, 1]}, times)
