"""Effects in words: what each is assumed to do, how strongly, how surely, and by whose word."""

from collections.abc import Callable, Iterator, Mapping

from simulator.compiler.joint_prices import together
from simulator.definition.effects import Effect
from simulator.definition.interventions import Intervention
from simulator.definition.model import Model
from simulator.definition.quantities import Parameter
from simulator.reports.amounts import amount, multiplier, multiplier_range, per_cent_changed, range_of
from simulator.reports.blocks import Cell
from simulator.reports.citations import NO_GRADE, source_cell
from simulator.reports.numbers import listed, per_cent
from simulator.reports.titles import as_words, clean, lower_first, title_of

FAMILIES = {
    "needs": "need",
    "activities": "activity",
    "resources": "resource",
    "segments": "people",
    "costs": "activity",
    "interventions": "intervention",
    "organisations": "organisation",
    "clocks": "clock",
}
FIELDS = {
    "rate": "how often",
    "duration": "how long",
    "becomes": "chance of becoming",
    "routes": "share going to",
}
WHOM = {"enrolled": "those enrolled", "everyone": "everyone", "segments": "the groups it is open to"}
COLUMNS = ("Effect", "Size", "80% range", "Grade", "Source")
NO_RANGE = "none given"
Row = tuple[str, str, str, str, Cell]


def effect_rows(model: Model, one: Intervention) -> tuple[Row, ...]:
    """Write every number of an intervention's effects as a row of ``COLUMNS``."""
    return tuple(row for effect in one.effects for row in ROWS_OF[effect.verb](model, effect))


def reaches_both_ways(one: Intervention) -> bool:
    """Say whether the range of some effect holds both less and more."""
    values = [
        value
        for effect in one.effects
        if effect.times is not None
        for value in (effect.value, *(value for _, value in effect.by_year or ()))
        if value is not None
    ]
    return any(one.low is not None and one.high is not None and one.low < 1 < one.high for one in values)


def path_words(model: Model, path: str) -> str:
    """Say what a dotted path of the model means: ``needs.illness.rate`` is ``Illness: how often``."""
    parts = path.split(".")
    if len(parts) < 3:
        return clean(path)
    family, id, field, *rest = parts
    title = title_of(model, FAMILIES[family], id=id) if family in FAMILIES else as_words(id)
    more = "".join(f" {_path_word(word)}" for word in rest)
    return f"{title}: {FIELDS.get(field, clean(field).replace('_', ' '))}{more}"


def _path_word(word: str) -> str:
    """Write a word of a path; places in a list are counted from 1 where people read them."""
    return str(int(word) + 1) if word.isdecimal() else clean(word).replace("_", " ")


def _step_down_rows(model: Model, effect: Effect) -> Iterator[Row]:
    down = effect.step_down
    assert down is not None
    source, to = (lower_first(title_of(model, "activity", id=id)) for id in (down.from_, down.to))
    leave = f"Of those going home from {source}, share who leave early for {to}"
    yield _row(leave, down.share, model=model, effect=effect, is_share=True)
    yield _row(f"How much earlier they leave {source}", down.last, model=model, effect=effect)


def _price_rows(model: Model, effect: Effect) -> Iterator[Row]:
    """Tell what the curves make of the price for each buyer of the place, and what agreeing costs."""
    one = effect.prices
    assert one is not None
    line = model.costs[one.cost]
    what = lower_first(clean(line.title or as_words(one.cost)))
    curves = (model.lookups[name].note for name in (one.lookup, one.by_partners) if name is not None)
    said = source_cell(model, effect.source, note=effect.note or "; ".join(filter(None, curves)) or None)
    for buyer, volume in line.bought_by.items():
        factor = together(model, one, volume=float(volume.value))
        who = title_of(model, "organisation", id=buyer)
        price = f"Price of {what} when all buy together, for {who}"
        yield price, per_cent_changed(round(factor, 4)), NO_RANGE, effect.grade or NO_GRADE, said
    if one.partners is not None:
        yield _row(f"How many buy {what} together", one.partners, model=model, effect=effect)
    if one.negotiation is not None:
        agree = f"What it costs each that buys {what} to agree, once"
        yield _row(agree, one.negotiation, model=model, effect=effect)


def _outage_rows(model: Model, effect: Effect) -> Iterator[Row]:
    one = effect.outage
    assert one is not None
    lost = listed(lower_first(title_of(model, "resource", id=name)) for name in one.resources)
    yield _row(f"Share that is lost of {lost}", one.loses, model=model, effect=effect, is_share=True)
    yield _row(f"How long it is lost of {lost}", one.lasts, model=model, effect=effect)


def _sharing_rows(model: Model, effect: Effect) -> Iterator[Row]:
    one = effect.shares
    assert one is not None
    among = _resources(model, one.resources)
    goes = f"Chance that a person goes to a partner’s place, among {among}"
    yield _row(goes, one.accepts, model=model, effect=effect, is_share=True)
    if one.helped.waited_over is not None:
        waits = f"How long somebody waits before partners help, among {among}"
        yield _row(waits, one.helped.waited_over, model=model, effect=effect)
    if one.at_most is not None:
        most = f"Most starts at partners, of all together, among {among}"
        yield _row(most, one.at_most, model=model, effect=effect)


def _moving_rows(model: Model, effect: Effect) -> Iterator[Row]:
    one = effect.moves
    assert one is not None
    among = _resources(model, one.from_)
    places = f"Places moved at a time to the {one.to}, among {among}"
    yield _row(places, one.places, model=model, effect=effect)
    kept = f"Least that each keeps of its own places, among {among}"
    yield _row(kept, one.floor, model=model, effect=effect, is_share=True)


def _resources(model: Model, names: tuple[str, ...]) -> str:
    """Name resources; one of each site or locality is all of them."""
    return listed(f"‘{title_of(model, 'resource', id=name)}’" for name in names)


def _rate_rows(model: Model, effect: Effect) -> Iterator[Row]:
    what = path_words(model, effect.path) + _whom(effect)
    for year, value in effect.by_year or ():
        since = "of the scheme" if effect.since == "scheme" else "of enrolment"
        yield _row(f"{what}, at the end of year {year} {since}", value, model=model, effect=effect)
    if effect.value is not None:
        yield _row(what, effect.value, model=model, effect=effect)


def _diversion_rows(model: Model, effect: Effect) -> Iterator[Row]:
    one = effect.diverts
    assert one is not None
    at, source, to = (lower_first(title_of(model, "activity", id=id)) for id in (one.at, one.from_, one.to))
    sent = f"Of those leaving {at} for {source}, share sent to {to} if a place is free"
    yield _row(sent, one.share, model=model, effect=effect, is_share=True)
    if effect.substitution is not None:
        else_admitted = f"Of those sent to {to}, share who would else have gone to {source}"
        yield _row(else_admitted, effect.substitution, model=model, effect=effect, is_share=True)


def _whom(effect: Effect) -> str:
    if effect.for_ is None:
        return ""
    if isinstance(effect.for_, str):
        return f", for {WHOM.get(effect.for_, clean(effect.for_))}"
    return f", for {listed(as_words(one).lower() for one in effect.for_)}"


def _row(what: str, parameter: Parameter, *, model: Model, effect: Effect, is_share: bool = False) -> Row:
    size, span = amount(parameter), range_of(parameter)
    if effect.times is not None:
        size, span = multiplier(parameter), multiplier_range(parameter)
    elif is_share:
        size = per_cent(float(parameter.value))
        if parameter.low is not None and parameter.high is not None:
            span = f"{per_cent(float(parameter.low))} to {per_cent(float(parameter.high))}"
    source = source_cell(model, parameter.source or effect.source, note=parameter.note or effect.note)
    grade = parameter.grade or effect.grade or NO_GRADE
    return what, size, span or NO_RANGE, grade, source


ROWS_OF: Mapping[str, Callable[[Model, Effect], Iterator[Row]]] = {
    "times": _rate_rows,
    "plus": _rate_rows,
    "diverts": _diversion_rows,
    "step_down": _step_down_rows,
    "shares": _sharing_rows,
    "moves": _moving_rows,
    "prices": _price_rows,
    "outage": _outage_rows,
}
