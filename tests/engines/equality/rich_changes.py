"""Generated changes over time: trends, shocks, outages, and staff drawn from elsewhere."""

import tomllib
from dataclasses import replace

import tomli_w
from dice import Dice, Table
from worlds import World

GROWTHS = ("0.3 per year", "-0.4 per year", "1 per year")
FIELDS = {"needs": "rate", "referrals": "rate", "activities": "duration", "resources": "capacity"}


def with_changes(world: World, dice: Dice) -> World:
    """Let a model change over time."""
    table: Table = tomllib.loads(world.text)
    for kind in ("needs", "segments", "activities", "resources"):
        for noun in dict(table.get(kind, {})).values():
            if kind != "resources" or is_limited(noun):
                dice.maybe(noun, "trend", lambda: dice.pick(*GROWTHS))
    shocks = {name: shock(dice, table) for name in dice.some(("cold", "luck"), least=1)}
    table["shocks"] = {name: one for name, one in shocks.items() if one["on"]}
    limited = [name for name, one in table.get("resources", {}).items() if is_limited(one)]
    for name in limited:
        dice.maybe(table["resources"][name], "random_outages", lambda: random_outages(dice))
        others = [one for one in limited if one != name]
        if others and dice.at_times():
            table["resources"][name]["staffed_from"] = {dice.pick(*others): dice.pick(1, 2)}
    for intervention in dict(table.get("interventions", {})).values():
        if limited and dice.often():
            intervention["effects"].append({"outage": outage(dice, limited)})
    return replace(world, text=tomli_w.dumps(table))


def is_limited(resource: Table) -> bool:
    """Say whether a resource has a number of places."""
    return resource["capacity"] != "unlimited"


def shock(dice: Dice, table: Table) -> Table:
    """Draw a shock on some of what can be shocked."""
    paths = [
        f"{kind}.{name}.{field}"
        for kind, field in FIELDS.items()
        for name, noun in dict(table.get(kind, {})).items()
        if (kind != "resources" or is_limited(noun)) and (kind != "referrals" or "rate" in noun)
    ]
    on = dice.some(paths, least=1, most=4)
    if dice.at_times():
        return {"on": on, "monthly": {"cv": dice.pick(0.3, 1), "r": dice.pick(0, 0.6)}}
    level: object = dice.pick(2, 0.5, {"lognorm": {"mean": 1.4, "cv": 0.4}}, {"empirical": [0, 3]})
    # 1 April is some days before the first day of two in three of these runs.
    after = dice.pick("7 days", "262 days", "328 days", {"norm": {"mean": "10 days", "sd": "5 days"}})
    return {"on": on, "level": level, "from": after, "lasts": dice.pick("3 days", "26 h", "60 days")}


def random_outages(dice: Dice) -> Table:
    """Draw outages at random."""
    return {
        "every": dice.pick({"expon": {"mean": "6 days"}}, "5 days", {"empirical": ["1 day", "9 days"]}),
        "lasts": dice.pick("12 h", "2 days", {"lognorm": {"mean": "1 day", "cv": 1}}),
        "loses": dice.pick(1, 0.5, 0.3),
    }


def outage(dice: Dice, limited: list[str]) -> Table:
    """Draw the outage of an intervention."""
    return {
        "resources": dice.some(limited, least=1),
        "from": dice.moment(12),
        "lasts": dice.pick("30 h", "12 h", "6 days"),
        "loses": dice.pick(1, 0.5),
    }
