"""What interventions name: people, places, activities, and the values that their effects act on."""

from collections.abc import Iterator
from dataclasses import dataclass

from simulator.definition.aid_references import complaints_of_aid
from simulator.definition.change_references import unlimited
from simulator.definition.cost_references import complaints_of_joint_price
from simulator.definition.effects import SINCE, VERBS, Effect, Outage
from simulator.definition.faults import Path
from simulator.definition.groups import Keyed
from simulator.definition.interventions import SEGMENTS, Addition, Intervention
from simulator.definition.known import Complaint, Known, part
from simulator.definition.members import complaints_of_member
from simulator.definition.model import Model
from simulator.definition.quantities import Parameter
from simulator.definition.routes import EXIT
from simulator.definition.words import nearest
from simulator.units import Dimension, shown


@dataclass(frozen=True, slots=True)
class Target:
    """What an effect acts on: a kind of value, of what, and which one of several."""

    kind: str
    name: str
    second: str | None
    dimension: Dimension


PATHS = {
    ("needs", "rate"): ("need_rate", Dimension.RATE, 3),
    ("needs", "starts_at"): ("need_start", Dimension.NUMBER, 4),
    ("referrals", "rate"): ("referral_rate", Dimension.RATE, 3),
    ("referrals", "starts_at"): ("referral_start", Dimension.NUMBER, 4),
    ("activities", "duration"): ("duration", Dimension.TIME, 3),
    ("activities", "routes"): ("route_share", Dimension.NUMBER, 4),
    ("activities", "cost"): ("cost", Dimension.MONEY, 4),
    ("segments", "becomes"): ("hazard", Dimension.RATE, 4),
    ("segments", "joiners"): ("joiners", Dimension.RATE, 3),
    ("resources", "capacity"): ("capacity", Dimension.NUMBER, 3),
    ("organisations", "overheads"): ("overhead", Dimension.MONEY, 4),
}
# Shares of a choice: what one route loses, another gains.
SHARES = {"route_share": "routes", "need_start": "starts_at", "referral_start": "starts_at"}
ALLOWED = ", ".join(
    f"{kind}.<id>.{field}{'.<name>' if length == 4 else ''}"
    for (kind, field), (_, _, length) in PATHS.items()
)


def target_of(path: str) -> Target | None:
    """Read what a dotted path of ``times`` or ``plus`` leads to; nothing where it is no such path."""
    parts = path.split(".")
    if len(parts) < 3 or (parts[0], parts[2]) not in PATHS:
        return None
    kind, dimension, length = PATHS[parts[0], parts[2]]
    if len(parts) != length:
        return None
    return Target(kind, parts[1], parts[3] if length == 4 else None, dimension)


def complaints_of_interventions(model: Model, known: Known) -> Iterator[Complaint]:
    """Say which names in interventions lead nowhere, and which effects do not say what they mean."""
    for name, intervention in model.__dict__.get("interventions", {}).items():
        way = ("interventions", name)
        yield from _eligible(intervention, known, way=way)
        if model.evidence:
            for place, one in enumerate(intervention.evidence):
                yield from known.complain(one, "evidence", way=(*way, "evidence", place))
        for place, addition in enumerate(intervention.adds):
            yield from _addition(addition, model, known=known, way=(*way, "adds", place))
        for place, effect in enumerate(intervention.effects):
            yield from _effect(effect, model, known=known, way=(*way, "effects", place))
            if effect.for_ == SEGMENTS and not intervention.whom(effect):
                yield (*way, "effects", place, "for"), "names no segments; add segments = […]."


def _eligible(intervention: Intervention, known: Known, *, way: Path) -> Iterator[Complaint]:
    eligible = intervention.eligible
    if eligible is None:
        return
    lists = [("segments", eligible.segments), ("localities", eligible.localities)]
    for kind, names in lists:
        for place, one in enumerate(names or ()):
            yield from known.complain(one, kind, way=(*way, "eligible", kind, place))
    if eligible.recent_use is not None:
        for place, one in enumerate(eligible.recent_use.needs):
            yield from known.complain(one, "needs", way=(*way, "eligible", "recent_use", "needs", place))


def _addition(addition: Addition, model: Model, *, known: Known, way: Path) -> Iterator[Complaint]:
    if addition.resource is not None and addition.capacity is not None and addition.need is None:
        yield from complaints_of_member(addition.resource, model, known=known, way=(*way, "resource"))
    elif addition.need is not None and addition.rate is not None and addition.resource is None:
        yield from known.complain(addition.need, "needs", way=(*way, "need"))
    else:
        yield way, "adds either { resource, capacity } or { need, rate, for }."


def _effect(effect: Effect, model: Model, *, known: Known, way: Path) -> Iterator[Complaint]:
    written = [verb for verb in VERBS if getattr(effect, verb) is not None]
    if len(written) != 1:
        found = " and ".join(written) or "none"
        yield way, f"an effect has exactly one of {', '.join(VERBS)}; found {found}."
        return
    if effect.verb in ("shares", "moves"):
        yield from complaints_of_aid(effect, model, known=known, way=way)
        return
    named = effect.for_ if isinstance(effect.for_, tuple) else effect.segments
    for place, one in enumerate(named):
        yield from known.complain(one, "segments", way=(*way, "for", place))
    if effect.prices is not None:
        yield from complaints_of_joint_price(effect.prices, model, known=known, way=(*way, "prices"))
        yield from _misplaced(effect, way, words=("value", "by_year", "instead", "substitution"))
        return
    if effect.outage is not None:
        yield from _outage(effect.outage, model, known=known, way=(*way, "outage"))
        yield from _misplaced(effect, way, words=("value", "by_year", "instead", "substitution"))
        return
    move = effect.diverts or effect.step_down
    if move is not None:
        ends = [("from", move.from_), ("to", move.to)]
        ends += [("at", effect.diverts.at)] if effect.diverts is not None else []
        for word, one in ends:
            yield from known.complain(one, "activities", way=(*way, effect.verb, word))
        yield from _misplaced(effect, way, words=("value", "by_year", "instead"))
        return
    yield from _misplaced(effect, way, words=("substitution",))
    yield from _amounts(effect, model, known=known, way=way)


def _outage(outage: Outage, model: Model, *, known: Known, way: Path) -> Iterator[Complaint]:
    if not outage.resources:
        yield (*way, "resources"), "names none; say which resources lose places."
    for place, name in enumerate(outage.resources):
        here = (*way, "resources", place)
        yield from complaints_of_member(name, model, known=known, way=here)
        yield from unlimited(model.resources.get(name.partition("@")[0]), here)


def _misplaced(effect: Effect, way: Path, *, words: tuple[str, ...]) -> Iterator[Complaint]:
    for word in words:
        if getattr(effect, word) is not None:
            yield (*way, word), f"does not go with '{effect.verb}'."
    if effect.substitution is not None and effect.step_down is not None:
        yield (*way, "substitution"), "goes with 'diverts' only."


def _amounts(effect: Effect, model: Model, *, known: Known, way: Path) -> Iterator[Complaint]:
    if (effect.value is None) == (effect.by_year is None):
        yield way, f"'{effect.verb}' needs either 'value' or 'by_year'."
    if effect.since != SINCE[0] and effect.by_year is None:
        yield (*way, "since"), "goes with 'by_year'."
    target = target_of(effect.path)
    if target is None:
        yield (
            (*way, effect.verb),
            f"{shown(effect.path)} is not a value that can change; allowed are {ALLOWED}.",
        )
        return
    yield from _of_target(target, effect, model=model, known=known, way=(*way, effect.verb))
    if effect.instead is not None and target.kind not in SHARES:
        yield (*way, "instead"), "goes with the share of a route only."
    if effect.instead is None and target.kind in ("need_start", "referral_start"):
        yield (
            (*way, "instead"),
            "is missing; say where cases start that do not start here, or start here now.",
        )
    dimension = Dimension.NUMBER if effect.times is not None else target.dimension
    amounts: list[tuple[Path, Parameter]] = [(("value",), effect.value)] if effect.value is not None else []
    amounts += [(("by_year", str(year)), amount) for year, amount in effect.by_year or ()]
    for below, amount in amounts:
        if amount.dimension is not dimension:
            yield (
                (*way, *below),
                f"is {amount.dimension.value}; '{effect.verb}' needs {dimension.value} here.",
            )
        elif effect.times is not None and amount.value < 0:
            yield (*way, *below), "a multiplier must be 0 or more."


def _of_target(
    target: Target, effect: Effect, *, model: Model, known: Known, way: Path
) -> Iterator[Complaint]:
    kind = effect.path.split(".")[0]
    if kind == "resources":
        yield from complaints_of_member(target.name, model, known=known, way=way)
        return
    found = list(known.complain(target.name, kind, way=way))
    yield from found
    if found or target.second is None:
        return
    names = _seconds(target, model, known=known)
    if names is not None and target.second not in names:
        yield (
            way,
            f"{kind}.{target.name} has no {shown(target.second)} to change.{nearest(target.second, names)}",
        )
    instead = effect.instead or EXIT
    if target.kind in SHARES and names is not None and instead not in (*names, EXIT):
        yield (*way[:-1], "instead"), f"no route there is called {shown(instead)}.{nearest(instead, names)}"


def _seconds(target: Target, model: Model, *, known: Known) -> list[str] | None:
    if target.kind in SHARES:
        return _routes(target, model, known=known)
    if target.kind == "cost":
        return ["contact", "day"]
    if target.kind == "hazard":
        segment = model.segments.get(target.name)
        return list(segment.becomes) if segment is not None else None
    organisation = model.organisations.get(target.name)
    return list(organisation.overheads) if organisation is not None else None


def _routes(target: Target, model: Model, *, known: Known) -> list[str] | None:
    kind = {"need_start": "needs", "referral_start": "referrals"}.get(target.kind, "activities")
    noun = model.__dict__.get(kind, {}).get(target.name)
    field = SHARES[target.kind]
    if noun is None or known.was_wrong((kind, target.name, field), noun):
        return None
    tables = part(noun, field)
    values = tables.values() if isinstance(tables, Keyed) else ()
    return [route.name for table in values for route in table]
