"""Generated collaborations: what is on depends on one, and is now and then fed by a forum."""

import tomllib
from dataclasses import replace

import tomli_w
from dice import Dice, Table
from worlds import World

from simulator.definition.collaborations import PRESETS

MEMBERS = {"one": {"sector": "acute"}, "other": {"sector": "social"}}


def with_collaboration(world: World, dice: Dice) -> World:
    """Let interventions of a model depend on a collaboration of one preset or another."""
    table: Table = tomllib.loads(world.text)
    table["organisations"] = {**table.get("organisations", {}), **MEMBERS}
    table["collaborations"] = {"together": collaboration(dice)}
    for place, name in enumerate(world.on):
        one: Table = table["interventions"][name]
        if place and dice.at_times():
            one["feeds"] = {"collaboration": "together", "forum": 0.5}
            continue
        for word in ("ramp", "fades"):
            one.pop(word, None)
        one["collaboration"] = "together"
    return replace(world, text=tomli_w.dumps(table))


def collaboration(dice: Dice) -> Table:
    """Draw a collaboration; quick ones, so that weeks tell."""
    found: Table = {"preset": dice.pick(*PRESETS), "members": list(MEMBERS)}
    dice.maybe(found, "starts", lambda: dice.pick("0 days", "1 week"))
    dice.maybe(found, "parameters", lambda: {"practised_at_start": 0.9, "time_to_trust": "3 weeks"})
    return found
