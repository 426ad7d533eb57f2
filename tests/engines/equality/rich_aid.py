"""Generated mutual aid: partners who serve each other's cases and move places, beside a generated model."""

import tomllib
from dataclasses import replace

import tomli_w
from dice import Dice, Table
from worlds import World


def with_aid(world: World, dice: Dice) -> World:
    """Let the resources of a model help each other, under one or two interventions more."""
    table: Table = tomllib.loads(world.text)
    limited = [name for name, one in table.get("resources", {}).items() if one["capacity"] != "unlimited"]
    if len(limited) < 2:
        return world
    groups = [*table.get("needs", {}), *table.get("referrals", {})]
    segments, names = list(table.get("segments", {})), dice.some(["pact", "zeal_too"], least=1)
    written = table.setdefault("interventions", {})
    for name in names:
        found: Table = {"starts": dice.pick("0 days", "3 days", "30 h")}
        dice.maybe(found, "ends", lambda: dice.pick("8 days", "250 h"))
        dice.maybe(found, "ramp", lambda: {"linear": "2 weeks"})
        effects = [shares(dice, limited, groups=groups, segments=segments) for _ in range(dice.number(1, 2))]
        if dice.often():
            effects.append(moves(dice, limited))
        written[name] = {**found, "effects": effects}
    everybody = [*groups, *segments]
    dice.maybe(table, "harms", lambda: {"waits": waiting(dice, list(table["activities"]), groups=everybody)})
    return replace(world, text=tomli_w.dumps(table), on=tuple(sorted({*world.on, *names})))


def shares(dice: Dice, limited: list[str], *, groups: list[str], segments: list[str]) -> Table:
    """Draw resources that serve each other's cases."""
    found: Table = {"resources": dice.some(limited, least=2), "accepts": dice.pick(1, 0.6)}
    dice.maybe(found, "at_most", lambda: dice.pick("5 per week", "1 per 2 weeks", "30 per week"))
    dice.maybe(found, "pooled", lambda: True)
    whom: Table = {}
    dice.maybe(whom, "waited_over", lambda: dice.pick("2 h", "1 day", "1 s"))
    dice.maybe(whom, "classes", lambda: dice.some(groups, least=1))
    if segments:
        dice.maybe(whom, "segments", lambda: dice.some(segments, least=1))
    return {"shares": found | ({"whom": whom} if whom else {})}


def waiting(dice: Dice, activities: list[str], *, groups: list[str]) -> Table:
    """Draw what waiting for some activities does, perhaps to some alone; greatest harm reads it."""
    dose: Table = {"waiting_for": dice.some(activities, least=1)}
    dice.maybe(dose, "of", lambda: {"groups": dice.some(groups, least=1)})
    return {"setting": "list", "dose": dose, "expected_deaths": dice.pick("0.2 per year", "0 per year")}


def moves(dice: Dice, limited: list[str]) -> Table:
    """Draw resources among which places are moved."""
    to = dice.pick("greatest harm", "longest queue", "longest wait")
    found: Table = {"from": dice.some(limited, least=2), "to": to, "places": dice.pick(1, 3)}
    dice.maybe(found, "every", lambda: dice.pick("1 day", "30 h", "2 weeks"))
    dice.maybe(found, "notice", lambda: dice.pick("6 h", "2 days"))
    dice.maybe(found, "beyond", lambda: dice.pick("1 h", "1 day"))
    return {"moves": found | {"floor": dice.pick(0, 0.5, 0.8)}}
