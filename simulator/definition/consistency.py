"""What must fit together inside a model: shares that add to one, names that differ, fields that agree."""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from simulator.definition.activities import NO_RESOURCE, PREVIOUS, Activity
from simulator.definition.capacities import CAPACITY_WORDS, Capacity
from simulator.definition.exchange import Limits
from simulator.definition.faults import Path
from simulator.definition.groups import OTHERWISE, Keyed
from simulator.definition.known import part, routes_of
from simulator.definition.law_names import LAW_NAMES, REACHES_BELOW_ZERO
from simulator.definition.laws import Law, decimal_of
from simulator.definition.model import Model
from simulator.definition.people import Need, Referral, Segment
from simulator.definition.quantities import PARAMETER_WORDS, Parameter
from simulator.definition.routes import BUILT_IN, ROUTE_WORDS
from simulator.units import SECONDS_A_DAY, shown

Complaint = tuple[Path, str]
MOST_ARRIVALS_A_DAY = 10_000_000
GROUP_KINDS = ("segments", "needs", "referrals")
NOT_A_GROUP = LAW_NAMES | {*PARAMETER_WORDS, *ROUTE_WORDS, OTHERWISE, "dead", "nobody"}
NOT_AN_ACTIVITY = {*BUILT_IN, *ROUTE_WORDS, *PARAMETER_WORDS, OTHERWISE, "need", "none"}
WAYS_TO_COME = ("rate", "rate_from", "between", "at")
WAYS_SAID = "'rate', 'rate_from', 'between' and 'at'"
RESERVED = {
    "segments": NOT_A_GROUP,
    "needs": NOT_A_GROUP,
    "referrals": NOT_A_GROUP,
    "activities": NOT_AN_ACTIVITY,
    "resources": {"none"},
    "localities": {*CAPACITY_WORDS, *PARAMETER_WORDS, OTHERWISE},
    "sites": {*CAPACITY_WORDS, *PARAMETER_WORDS, OTHERWISE},
}


def complaints_of_model(model: Model, raw: Mapping[str, object]) -> list[Complaint]:
    """List what does not fit together. Parts of the model may be absent where they were wrong."""
    return [
        *_emptiness(raw),
        *_names(model),
        *_shares(model),
        *_shares_of_routes(model),
        *_referrals(model, raw),
        *_needs(model),
        *_calendars(model),
        *_capacities(model),
        *_activities(model),
        *_traits(model),
        *_arrivals(model),
    ]


def _emptiness(raw: Mapping[str, object]) -> Iterator[Complaint]:
    if not raw.get("activities") and not raw.get("stocks") and not raw.get("auxiliaries"):
        yield (), "the model has no activities and no stocks; nothing can happen in it."


def _names(model: Model) -> Iterator[Complaint]:
    for kind, words in RESERVED.items():
        for name in getattr(model, kind):
            if name in words:
                yield (
                    (kind, name),
                    f"{shown(name)} has a meaning of its own in these files; choose another id.",
                )
    seen: dict[str, str] = {}
    for kind in GROUP_KINDS:
        for name in getattr(model, kind):
            if name in seen:
                yield (
                    (kind, name),
                    f"{shown(name)} is the id of one of the {seen[name]} too; groups need names apart.",
                )
            seen[name] = kind
    for way, route in routes_of(model):
        if route.as_ is not None and (route.as_ in model.segments or route.as_ in NOT_A_GROUP):
            yield (
                (*way, "as"),
                f"{shown(route.as_)} cannot be a class: it is a segment, or has a meaning of its own.",
            )


def _shares(model: Model) -> Iterator[Complaint]:
    yield from _sum_to_one(((name, one) for name, one in model.localities.items()), "localities")
    within: dict[str, list[tuple[str, object]]] = {}
    for name, site in model.sites.items():
        within.setdefault(str(part(site, "locality") or ""), []).append((name, site))
    for locality, sites in within.items():
        yield from _sum_to_one(sites, "sites", of=f" of locality '{locality}'" if locality else "")
    if model.sites:
        for name in model.localities:
            if name not in within:
                yield ("localities", name), "has no site; where there are sites, every locality needs one."
        if "" in within and model.localities:
            for name, _ in within[""]:
                yield ("sites", name), "'locality' is missing."


def _sum_to_one(nouns: Iterable[tuple[str, object]], kind: str, *, of: str = "") -> Iterator[Complaint]:
    shares = [(name, part(noun, "share")) for name, noun in nouns]
    known = [(name, share.value) for name, share in shares if isinstance(share, Parameter)]
    total = sum((value for _, value in known), Fraction())
    if known and len(known) == len(shares) and total != 1:
        first = known[0][0]
        yield (
            (kind, first, "share"),
            f"the shares of the {kind}{of} add to {decimal_of(total)}, not to exactly 1.",
        )


def _shares_of_routes(model: Model) -> Iterator[Complaint]:
    totals: dict[Path, Fraction] = {}
    for way, route in routes_of(model):
        totals[way[:-1]] = totals.get(way[:-1], Fraction()) + route.share.value
    for way, total in totals.items():
        if total != 1:
            yield way, f"the shares add to {decimal_of(total)}, not to exactly 1; they are never rescaled."


def _referrals(model: Model, raw: Mapping[str, object]) -> Iterator[Complaint]:
    tables = raw.get("referrals")
    for name, referral in model.referrals.items():
        way = ("referrals", name)
        said = tables.get(name) if isinstance(tables, Mapping) else None
        ways = [word for word in WAYS_TO_COME if isinstance(said, Mapping) and word in said]
        if len(ways) != 1:
            found = " and ".join(ways) or "none"
            yield way, f"a referral has exactly one of {WAYS_SAID}; found {found}."
        if part(referral, "profile") is not None and ways not in (["rate"], ["rate_from"]):
            yield (*way, "profile"), "goes with 'rate' only."
        batch = part(referral, "batch")
        if isinstance(batch, Law):
            yield from _batch(batch, (*way, "batch"))
        yield from _of_nobody(referral, way)


def _batch(law: Law, way: Path) -> Iterator[Complaint]:
    if law.name in ("constant", "empirical", "in_order"):
        for value in law.values:
            if value.value.denominator != 1 or value.value < 1:
                yield way, f"{decimal_of(value.value)} is not a size; a batch is a whole number of 1 or more."
    elif law.parts:
        for inner in law.parts:
            yield from _batch(inner, way)
    elif not law.is_discrete:
        yield way, f"'{law.name}' does not count; a batch needs a discrete law, such as geom."


def _of_nobody(referral: Referral, way: Path) -> Iterator[Complaint]:
    keyed = part(referral, "starts_at")
    if isinstance(keyed, Keyed) and keyed.by:
        yield (*way, "starts_at"), "a referral has no segment to tell its cases apart by; give one table."


def _needs(model: Model) -> Iterator[Complaint]:
    if model.needs and not model.segments:
        yield ("needs",), "there are needs and no segments of people to have them."


def _calendars(model: Model) -> Iterator[Complaint]:
    for name, profile in model.profiles.items():
        if profile.hour is not None and profile.steps is not None:
            yield ("profiles", name, "steps"), "says the same as 'hour'; keep one of them."
    for name, timetable in model.timetables.items():
        if not any(timetable.openings(day) for day in range(7)):
            yield ("timetables", name), "is never open."


def _capacities(model: Model) -> Iterator[Complaint]:
    for name, resource in model.resources.items():
        if resource.each == "site" and not model.sites:
            yield ("resources", name, "each"), "there are no sites in the model."
        if resource.each == "locality" and not model.localities:
            yield ("resources", name, "each"), "there are no localities in the model."
        capacity = part(resource, "capacity")
        if not isinstance(capacity, Capacity) or not capacity.is_unlimited:
            continue
        if resource.room is not None or resource.reserved is not None:
            field = "room" if resource.room is not None else "reserved"
            yield ("resources", name, field), "has no meaning where the capacity is unlimited."


def _activities(model: Model) -> Iterator[Complaint]:
    for name, activity in model.activities.items():
        yield from (((("activities", name, *way)), said) for way, said in _of_activity(name, activity))


def _of_activity(name: str, activity: Activity) -> Iterator[Complaint]:
    if activity.holds == PREVIOUS and activity.resource != NO_RESOURCE:
        yield ("resource",), "an activity that holds the previous place needs no resource of its own."
    if activity.holds == PREVIOUS and activity.if_full:
        yield ("if_full",), "an activity that holds the previous place is never full."
    if name in activity.if_full:
        yield ("if_full",), "an activity cannot be its own alternative."
    if activity.queue_is_resident and not activity.resident:
        yield ("queue_is_resident",), "only an activity that is resident itself has a resident queue."
    if activity.resident and activity.ends_on_admission:
        yield ("ends_on_admission",), "a resident activity does not end on admission; it is one."
    if activity.cost is not None and activity.cost.payer is not None and activity.payer is not None:
        yield ("payer",), "is given twice, here and in 'cost'; keep one."


def _traits(model: Model) -> Iterator[Complaint]:
    for name, trait in model.traits.items():
        law = part(trait, "law")
        if isinstance(law, Law) and law.name in REACHES_BELOW_ZERO and law.at_least is None:
            yield ("traits", name, "law"), f"'{law.name}' can be negative; a trait needs a positive law."


def _arrivals(model: Model) -> Iterator[Complaint]:
    for name, arrivals in arrivals_a_day(model):
        if arrivals > MOST_ARRIVALS_A_DAY:
            most = f"{MOST_ARRIVALS_A_DAY:,}"
            yield name, f"would bring about {float(arrivals):,.0f} arrivals a day; {most} are the most."


def arrivals_a_day(model: Model) -> Iterator[tuple[Path, Fraction]]:
    """Estimate the arrivals of each need and referral in a day, before running."""
    for name, need in model.needs.items():
        yield ("needs", name, "rate"), _rate_of(need, model.segments.items()) * SECONDS_A_DAY
    for name, referral in model.referrals.items():
        rate, limits = part(referral, "rate"), part(part(referral, "rate_from"), "between")
        if isinstance(rate, Parameter):
            yield ("referrals", name, "rate"), rate.value * SECONDS_A_DAY
        elif isinstance(limits, Limits) and not limits.is_open:
            yield ("referrals", name, "rate_from"), limits.high.value * SECONDS_A_DAY


def _rate_of(need: Need, segments: Iterable[tuple[str, Segment]]) -> Fraction:
    keyed = part(need, "rate")
    total = Fraction()
    for name, segment in segments:
        people, rate = part(segment, "people"), keyed.of(name) if isinstance(keyed, Keyed) else None
        if isinstance(people, Parameter) and isinstance(rate, Parameter):
            total += people.value * rate.value
    return total
