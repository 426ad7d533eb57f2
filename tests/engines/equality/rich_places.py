"""Generated people and places: segments, homes, traits, profiles, needs, referrals, resources."""

from dice import WEIGHTS, Dice, Table

SEGMENTS = ("old", "adults", "children")
NEEDS = ("fall", "cough", "worry")
REFERRALS = ("letter", "call", "transfer")
RESOURCES = ("beds", "rooms", "nurses")
BY_HOME = "surgeries"
NIGHT_AND_NOON = [["00:00", 0.0], ["12:00", 1440.0], ["12:01", 0.0]]
PROFILES: Table = {
    "burst": {"steps": [["00:00", 0.0], ["06:00", 1440.0], ["06:01", 0.0]]},
    "daytime": {"hour": [0.2] * 8 + [2.0] * 10 + [0.5] * 6, "weekday": [1.4, 1.2, 1.0, 1.0, 1.2, 0.2, 0.0]},
    "leaving": {
        "steps": [["00:00", 0.0], ["10:00", 1.0], ["20:00", 0.0]],
        "weekday": [1, 1, 1, 1, 1, 0, 0.5],
    },
    "noon": {"steps": NIGHT_AND_NOON},
    "winter": {"month": [2.0, 1.5, 1.0, 1.0, 0.5, 0.5, 0.5, 0.5, 1.0, 1.0, 1.5, 2.0]},
}
TIMETABLES: Table = {
    "office": {"weekdays": ["08:00-12:00", "13:00-18:00"], "saturday": [["09:00-12:00", 0.5]]},
    "half_nights": {"every_day": ["06:00-22:00", ["22:00-24:00", 0.5]]},
}


def people(dice: Dice, names: list[str]) -> Table:
    """Draw the segments: few people, who change, die and come."""
    found: Table = {}
    for name in names:
        becomes: Table = {other: dice.rate(2, 12) for other in names if other != name and dice.at_times()}
        dice.maybe(becomes, "dead", lambda: dice.pick("chance 0.3 per year", "2 per year", dice.rate(20)))
        found[name] = {"people": dice.pick(6, 2, 12, 30), "becomes": becomes}
        dice.maybe(found[name], "joiners", lambda: dice.rate(40, 200))
    return found


def homes(dice: Dice, needs: list[str]) -> tuple[Table, Table]:
    """Draw localities, and sites within them; often neither."""
    if not dice.at_times():
        return {}, {}
    times = {need: dice.pick(1.5, 0.5) for need in dice.some(needs, most=1)}
    localities: Table = {
        "west": {"share": 0.3, "quintile": 1, "needs_times": times, "uptake_times": 0.5},
        "east": {"share": 0.7, "uptake_times": 1.5},
    }
    sites: Table = {
        "south_road": {"locality": "west", "share": 1},
        "north_road": {"locality": "east", "share": 0.6},
        "mill_lane": {"locality": "east", "share": 0.4},
    }
    return localities, sites if dice.often() else {}


def traits(dice: Dice) -> Table:
    """Draw how unevenly people are struck."""
    law = dice.pick({"lognorm": {"sigma": 1.2}}, {"gamma": {"mean": 1, "cv": 0.7}})
    return {"luck": {"law": law, "persistence": dice.pick(0.7, 1, 0)}}


def needs(dice: Dice, names: list[str], *, segments: list[str], starts: list[Table]) -> Table:
    """Draw the needs: some in bursts, so that several come in one second, and referrals with them."""
    found: Table = {}
    for name, starts_at in zip(names, starts, strict=True):
        need: Table = {
            "rate": dice.keyed(segments, lambda: dice.rate(60, 700, 250, 0)),
            "starts_at": starts_at,
        }
        dice.maybe(need, "trait", lambda: "luck")
        if dice.often():
            need["profile"] = dice.pick("burst", "burst", "daytime", "winter")
        if dice.often():
            need["one_at_a_time"] = dice.pick(False, True)
        found[name] = need
    return found


def referrals(dice: Dice, names: list[str], *, starts: list[Table], days: int) -> Table:
    """Draw the referrals: at a rate, with gaps, or at times of which some are equal; some in batches."""
    found: Table = {}
    for name, starts_at in zip(names, starts, strict=True):
        referral: Table = {"starts_at": starts_at}
        way = dice.number(0, 3)
        if way <= 1:
            referral["at"] = said_times(dice, days)
        elif way == 2:
            referral["rate"] = f"{dice.pick(60, 20) / days:g} per day"
            if dice.often():
                referral["profile"] = dice.pick("burst", "daytime")
        else:
            gap = dice.pick("12 h", {"expon": {"mean": "15 h"}}, {"empirical": ["0 s", "1 day"]})
            referral["between"] = gap if days < 60 else "3 days"
        dice.maybe(referral, "batch", dice.size_law)
        found[name] = referral
    return found


def said_times(dice: Dice, days: int) -> list[str]:
    """Draw scripted moments, in order, often several at once."""
    first = [6 * dice.number(0, 8) for _ in range(dice.number(1, 6))]
    later = [6 * dice.number(0, 4 * min(days, 28)) for _ in range(dice.number(0, 4))]
    return [f"{hour} h" for hour in sorted([*first, *first[:2], *later])]


def resources(dice: Dice, names: list[str], *, groups: list[str], each: str | None) -> Table:
    """Draw the resources; one of them, if ``each`` is said, in every site or locality."""
    found: Table = {}
    for name in names:
        resource: Table = {"capacity": capacity(dice)}
        if resource["capacity"] != "unlimited":
            if dice.at_times() if dice.is_tight else dice.often():
                resource["room"] = dice.pick(2, 1, 0)
            dice.maybe(resource, "reserved", lambda: reserve(dice, groups))
        found[name] = resource
    if each is not None:
        hours = dice.pick(4, {"number": 3, "timetable": "office"}, {"steps": [["0 days", 4], ["2 days", 2]]})
        found[BY_HOME] = {"each": each, "capacity": hours}
        dice.maybe(found[BY_HOME], "room", lambda: 1)
    return found


def capacity(dice: Dice) -> object:
    """Draw a capacity: always little, sometimes falling below what is in use."""
    if dice.is_tight:
        return dice.pick(1, 2, 2, [["0 days", 2], ["30 h", 1], ["9 days", 2]])
    return dice.pick(
        1,
        2,
        3,
        "unlimited",
        0,
        [["0 days", 2], ["3 days", 1], ["5 days", 3]],
        [["0 days", 3], ["36 h", 0], ["4 days", 1]],
        {"number": 2, "timetable": "office"},
        {"number": 3, "timetable": "half_nights"},
        {"steps": [["0 days", 1], ["3 days", 2]], "timetable": "office"},
    )


def reserve(dice: Dice, groups: list[str]) -> Table:
    """Draw places that some groups may not take."""
    return {"places": dice.pick(1, 2), "against": dice.some(groups, least=1, most=2)}


def share(dice: Dice) -> float:
    """Draw a share of a table of routes."""
    return dice.pick(0.3, 0.2) if dice.is_tight else dice.pick(*WEIGHTS)
