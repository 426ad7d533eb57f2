"""Generated care: activities, and the routes between them."""

from collections.abc import Sequence
from dataclasses import dataclass

from dice import Dice, Table
from rich_places import share

ACTIVITIES = ("ward", "clinic", "ae", "home_care", "board", "visit")
AT_HOME = "surgery_visit"
NEW_CLASSES = ("relapse", "chronic")
POINTS = ("arrival", "start", "ready", "end", "leave")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What there is in the model to choose from: ``groups`` are segments and classes."""

    activities: list[str]
    segments: list[str]
    groups: list[str]
    resources: list[str]


def routes(dice: Dice, scope: Scope, *, leads_to: Sequence[str] = (), dies: bool = False) -> Table:
    """Draw one table of routes: at least a quarter leave, so that nobody goes round for ever."""
    least = 2 if dice.is_tight else 0
    targets = list(dict.fromkeys([*leads_to, *dice.some(scope.activities, least=least, most=2)]))[:3]
    table: Table = {}
    for target in targets:
        table.update(entry(dice, scope, target=target))
    left = 1 - sum(one["share"] if isinstance(one, dict) else one for one in table.values())
    if dies and dice.at_times():
        table["died"] = 0.1
        left -= 0.1
    return {**table, "exit": round(left, 2)}


def entry(dice: Dice, scope: Scope, *, target: str) -> Table:
    """Draw one entry of a table of routes."""
    part = share(dice)
    way: Table = {"share": part}
    dice.maybe(way, "as", lambda: dice.pick(*NEW_CLASSES))
    if scope.segments:
        dice.maybe(way, "becomes", lambda: dice.pick(*scope.segments))
    kind = dice.number(0, 9)
    if kind <= 5:
        return {target: part}
    if kind <= 7:
        return {f"to_{target}": {"to": target, **way}}
    several = [target, *(one for one in dice.some(scope.activities, most=2) if one != target)]
    return {f"any_{target}": {dice.pick("first_free", "shortest_queue"): several, **way}}


def starts_at(dice: Dice, scope: Scope, *, leads_to: Sequence[str], of_people: bool) -> Table:
    """Draw where a need or referral begins; no person stands behind a referral who could become another."""
    own = (
        scope
        if of_people
        else Scope(activities=scope.activities, segments=[], groups=[], resources=scope.resources)
    )
    return dice.keyed(own.segments, lambda: routes(dice, own, leads_to=leads_to))


def with_class(table: Table, *classes: str, target: str) -> Table:
    """Add to a table of routes one that makes a class, so that there are cases of it."""
    if "otherwise" in table:
        return {**table, "otherwise": with_class(table["otherwise"], *classes, target=target)}
    left = round(table["exit"] - 0.1 * len(classes), 2)
    return {
        **table,
        **{f"as_{one}": {"to": target, "share": 0.1, "as": one} for one in classes},
        "exit": left,
    }


def activity(dice: Dice, scope: Scope, *, name: str, leads_to: Sequence[str]) -> Table:
    """Draw one activity with whatever rules go together."""
    found: Table = {
        "duration": dice.keyed(scope.groups, dice.law),
        "routes": dice.keyed(scope.groups, lambda: routes(dice, scope, leads_to=leads_to, dies=True)),
    }
    others = [one for one in scope.activities if one != name]
    if dice.number(0, 9) >= 8:
        found["holds"] = "previous"
    else:
        spare = () if dice.is_tight else ("none",)
        found["resource"] = dice.pick(*scope.resources, *scope.resources, *spare)
        if not dice.is_tight:
            dice.maybe(found, "if_full", lambda: dice.some(others, most=2))
    _residence(dice, found)
    _queue(dice, scope, found)
    _leaving(dice, scope, found)
    return found


def _residence(dice: Dice, found: Table) -> None:
    if dice.often():
        found["resident"] = True
        if dice.at_times():
            found["queue_is_resident"] = True
        return
    dice.maybe(found, "also_in_bed", lambda: True)
    dice.maybe(found, "ends_on_admission", lambda: dice.pick(True, False))


def _queue(dice: Dice, scope: Scope, found: Table) -> None:
    dice.maybe(found, "priority", lambda: dice.keyed(scope.groups, lambda: dice.pick(1, 2, 3)))
    if dice.at_times() and not dice.is_tight:
        patience = ("6 h", "0 s", "1 day", {"expon": {"mean": "12 h"}}, {"empirical": ["1 h", "2 days"]})
        found["patience"] = dice.keyed(scope.groups, lambda: dice.pick(*patience))
        found["gives_up_to"] = dice.keyed(scope.groups, lambda: routes(dice, scope))
    dice.maybe(found, "refused_to", lambda: dice.keyed(scope.groups, lambda: routes(dice, scope)))
    dice.maybe(found, "interrupted_to", lambda: dice.keyed(scope.groups, lambda: routes(dice, scope)))
    dice.maybe(found, "present_at_start", lambda: dice.pick(2, 1, 5, "steady"))
    waited = {"number": 3, "waited": {"empirical": ["0 s", "1 day", "12 h"]}}
    dice.maybe(found, "waiting_at_start", lambda: dice.pick(2, 1, 4, waited))


def _leaving(dice: Dice, scope: Scope, found: Table) -> None:
    if dice.is_tight or dice.often():
        found["keeps_place_until_next"] = keeping(dice, scope)
    if dice.often():
        found["turnaround"] = dice.pick("1 h", "0 s", {"empirical": ["30 min", "6 h"]}, "1 h")
    dice.maybe(found, "ends_at", lambda: dice.pick("noon", "leaving"))
    if dice.at_times():
        own = route_names(found["routes"])
        found["duration_by_route"] = {
            route: dice.keyed(scope.groups, dice.law) for route in dice.some(own, least=1, most=2)
        }


def keeping(dice: Dice, scope: Scope) -> object:
    """Draw how long a place is kept on the way to the next activity."""
    words = ("starts", "has_room", "leaves")
    if dice.is_tight:
        return "starts"
    if dice.often():
        return dice.pick("starts", "has_room", "has_room")
    named = dice.some(scope.activities, least=1, most=3)
    return {one: dice.pick(*words) for one in named}


def route_names(table: Table) -> list[str]:
    """List the routes of one table, or of tables by group."""
    several = [one for one in table.values() if isinstance(one, dict) and "exit" in one]
    return sorted({name for one in several or [table] for name in one})


def clocks(dice: Dice, scope: Scope) -> Table:
    """Draw clocks between any points."""
    moments = ["need", *(f"{one}.{point}" for one in scope.activities for point in POINTS)]
    return {
        name: {
            "starts": dice.some(moments, least=1, most=2),
            "stops": dice.some(moments, least=1, most=2),
            "targets": dice.pick(["4 hours"], ["0 s", "1 day", "2 days"]),
        }
        for name in ("quick", "long")[: dice.number(0, 2)]
    }


def counts(dice: Dice, scope: Scope) -> Table:
    """Draw daily counts at clock times."""
    counted = [
        *(f"resource.{one}" for one in scope.resources),
        *(f"activity.{one}" for one in scope.activities),
    ]
    return {
        name: {"of": dice.some(counted, least=1, most=3), "at": dice.pick("00:00", "08:00", "12:01")}
        for name in ("midnight", "busy")[: dice.number(0, 2)]
    }
