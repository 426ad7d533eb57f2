"""Values of a model file in words: laws, routes, capacities, and whatever differs by group."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from simulator.definition.capacities import Capacity
from simulator.definition.groups import OTHERWISE, Keyed
from simulator.definition.laws import Law
from simulator.definition.model import Model
from simulator.definition.quantities import Parameter
from simulator.definition.routes import DIED, EXIT, Route, RouteTable
from simulator.reports.amounts import amount
from simulator.reports.numbers import count_words, listed, per_cent
from simulator.reports.titles import as_words, lower_first, title_of

T = TypeVar("T")
LAWS = {"lognorm": "lognormal", "expon": "exponential", "norm": "normal", "geom": "geometric"}
BUILT_IN = {EXIT: "leaves", DIED: "dies"}
OTHERS = "all others"
SIZES = ("mean", "median", "loc", "log_mean")
NOTHING = "–"


def by_group(keyed: Keyed[T], words: Callable[[T], str]) -> str:
    """Write a value that may differ by group; groups with the same words stand together."""
    found: dict[str, list[str]] = {}
    for keys, value in keyed.items():
        found.setdefault(words(value), []).append(group_words(keys))
    if len(found) == 1:
        return next(iter(found))
    return "; ".join(f"{listed(groups)}: {said}" for said, groups in found.items()) or NOTHING


def group_words(keys: tuple[str, ...]) -> str:
    """Say which group some keys name."""
    return ", ".join(OTHERS if key == OTHERWISE else as_words(key).lower() for key in keys) or "everybody"


def laws_range(keyed: Keyed[Law]) -> str:
    """Say what laws by group are: where they are of one kind, what they are given by with its range."""
    laws = keyed.values()
    first = laws[0]
    names = [name for name, _ in first.arguments]
    is_alike = all(one.name == first.name and [name for name, _ in one.arguments] == names for one in laws)
    if len(set(map(law_words, laws))) == 1 or not is_alike or not names or any(one.quantiles for one in laws):
        return by_group(keyed, law_words)
    given = [
        f"{_argument(name)} {_span([dict(one.arguments)[name] for one in laws])}" for name in _sorted(names)
    ]
    return f"{LAWS.get(first.name, first.name.replace('_', ' '))}, {', '.join(given)}, by group"


def law_words(law: Law) -> str:
    """Say what a law is, by its name and what it is given by."""
    if law.name == "constant":
        return f"always {amount(law.values[0])}"
    if law.name in ("empirical", "in_order"):
        how = "one of" if law.name == "empirical" else "in order of"
        return f"{how} {count_words(len(law.values), 'value')}"
    if law.name == "mixture":
        parts = zip(law.weights, law.parts, strict=True)
        return f"a mixture: {listed(f'{per_cent(float(share))} {law_words(part)}' for share, part in parts)}"
    arguments = dict(law.arguments)
    given = [f"{_argument(name)} {amount(arguments[name])}" for name in _sorted(arguments)]
    given += [f"{float(chance):.0%} below {amount(value)}" for chance, value in law.quantiles]
    return f"{LAWS.get(law.name, law.name.replace('_', ' '))}, {', '.join(given)}"


def routes_words(model: Model, routes: RouteTable) -> str:
    """Say where a table of routes leads, the largest share first."""
    by_share = sorted(routes, key=lambda one: (-one.share.value, one.name))
    return ", ".join(_route_words(model, one) for one in by_share)


def routes_range(model: Model, routes: Keyed[RouteTable]) -> str:
    """Say where routes lead, each with the range of its share over the groups, the largest first."""
    tables = routes.values()
    largest: dict[str, Route] = {}
    for table in tables:
        for one in table:
            if one.name not in largest or one.share.value > largest[one.name].share.value:
                largest[one.name] = one
    said = []
    for name, route in sorted(largest.items(), key=lambda pair: (-pair[1].share.value, pair[0])):
        shares = [sum(float(one.share.value) for one in table if one.name == name) for table in tables]
        low, high = min(shares), max(shares)
        least = f"{per_cent(low)} to" if low else "up to"
        many = per_cent(high) if low == high else f"{least} {per_cent(high)}"
        said.append(f"{_target_words(model, route)} {many}")
    return ", ".join(said)


def capacity_words(capacity: Capacity | None) -> str:
    """Say how many places there are, and when."""
    if capacity is None or capacity.is_unlimited:
        return "no limit"
    open_ = f", open as “{as_words(capacity.timetable).lower()}”" if capacity.timetable else ""
    if capacity.by:
        return "; ".join(f"{group_words((place,))}: {capacity_words(one)}" for place, one in capacity.by)
    if capacity.steps:
        steps = [f"{amount(number)} from {amount(time)}" for time, number in capacity.steps]
        return f"{', '.join(steps)}{open_}"
    assert capacity.number is not None
    return f"{amount(capacity.number)}{open_}"


def amounts_by_group(keyed: Keyed[Parameter] | None) -> str:
    """Write amounts that may differ by group."""
    return by_group(keyed, amount) if keyed is not None else NOTHING


def amounts_range(keyed: Keyed[Parameter]) -> str:
    """Write amounts that may differ by group: the least and the most."""
    values = keyed.values()
    is_single = len({one.value for one in values}) == 1
    return amount(values[0]) if is_single else f"{_span(values)}, by group"


def _route_words(model: Model, route: Route) -> str:
    more = [f"as {as_words(route.as_).lower()}" if route.as_ else ""]
    more += [f"becoming {as_words(route.becomes).lower()}" if route.becomes else ""]
    said = ", ".join(one for one in more if one)
    return f"{_target_words(model, route)} {per_cent(float(route.share.value))}{f' ({said})' if said else ''}"


def _target_words(model: Model, route: Route) -> str:
    targets = [BUILT_IN.get(one) or lower_first(title_of(model, "activity", id=one)) for one in route.targets]
    how = (
        "the first free of " if route.first_free else "the shortest queue of " if route.shortest_queue else ""
    )
    return f"{how}{listed(targets, last='or')}"


def _argument(name: str) -> str:
    return {"cv": "coefficient of variation", "sd": "standard deviation"}.get(name, name.replace("_", " "))


def _sorted(names: Iterable[str]) -> list[str]:
    """Put what says how large a value is before what says how it spreads."""
    return sorted(names, key=lambda name: (name not in SIZES, name))


def _span(values: Sequence[Parameter]) -> str:
    low, high = (choose(values, key=lambda one: one.value) for choose in (min, max))
    return amount(low) if low.value == high.value else f"{amount(low)} to {amount(high)}"
