"""Generated consequences and harms: what may befall people after activities, and doses counted by clocks."""

import tomllib
from dataclasses import replace

import tomli_w
from dice import Dice, Table
from worlds import World


def with_harms(world: World, dice: Dice) -> World:
    """Let something befall those who leave activities, and count a dose by each clock."""
    table: Table = tomllib.loads(world.text)
    segments, activities = list(table.get("segments", {})), list(table["activities"])  # type: ignore[call-overload]
    table["organisations"] = {"council": {"sector": "social"}}
    befalls = {f"mishap_{place}": consequence(dice, segments, activities) for place in range(3)}
    table["consequences"] = befalls
    clocks = list(table.get("clocks", {}))  # type: ignore[call-overload]
    table["harms"] = {f"of_{clock}": harm(dice, clock) for clock in clocks}
    return replace(world, text=tomli_w.dumps({word: one for word, one in table.items() if one}))


def consequence(dice: Dice, segments: list[str], activities: list[str]) -> Table:
    """Draw what may follow some activities."""
    after = dice.some(activities, least=1, most=2)
    found: Table = {"after": after if dice.often() else after[0]}
    found[dice.pick("per_day_kept", "chance")] = dice.keyed(segments, lambda: dice.pick(0.4, 1, "1 per 5", 0))
    if segments and dice.often():
        found["becomes"] = dice.pick(*segments)
    if "becomes" not in found or dice.at_times():
        found |= {"cost": "£120", "payer": "council"}
    return found


def harm(dice: Dice, clock: str) -> Table:
    """Draw the harm of a clock."""
    return {
        "setting": "home",
        "dose": {"clock": clock},
        "expected_deaths": [["1 h", 0], ["6 h", "1 per 82"], ["1 day", dice.pick(0.02, "1 per 72")]],
    }
