"""The tables of a system: stocks, flows, auxiliaries, constants, curves, links and functions."""

from collections.abc import Iterator

from simulator.analysis.feedback import Basis
from simulator.equations.limiting import ends_of
from simulator.equations.system import Role, Variable, Worded
from simulator.equations.writing import shown_number
from simulator.reports.blocks import Block, Cell, Cited, Table, simple_table
from simulator.reports.describe.systems import (
    KnownSystem,
    equation_words,
    functions_used,
    is_constant,
    name_words,
)
from simulator.reports.numbers import count_words
from simulator.reports.titles import clean

OUTSIDE = "outside"
MOST_POINTS = 12
KNOWN_BY = {
    Basis.ACCOUNT: "it flows in or out",
    Basis.EQUATION: "the form of the equation",
    Basis.RUN: "tried at the levels of its own run",
    Basis.NOTHING: "cannot be told",
}


def system_tables(known: KnownSystem) -> tuple[Block, ...]:
    """Give every table of a system that has rows."""
    tables = (
        stocks_table(known),
        flows_table(known),
        auxiliaries_table(known),
        constants_table(known),
        curves_table(known),
        _functions_table(known),
    )
    return tuple(one for one in tables if one.groups)


def stocks_table(known: KnownSystem) -> Table:
    """List the stocks: where each begins, its unit, how long people stay, what it never does."""
    rows = [
        (_heading(one, known), _equation(one, known), clean(one.unit or "not said"), _more(one, known))
        for one in _of(known, Role.STOCK)
    ]
    return simple_table(
        "Stocks: what is there until it flows away",
        columns=("Stock", "Begins with", "Unit", "More"),
        rows=tuple(rows),
        texts=("Begins with", "More"),
    )


def flows_table(known: KnownSystem) -> Table:
    """List the flows: from where, to where, how much."""
    ends = ends_of(known.system)
    rows = []
    for one in _of(known, Role.FLOW):
        pairs = ends.get(one.key, [])
        sources, targets = (_ends(pairs, at, known=known) for at in (0, 1))
        unit = clean(one.unit or "not said")
        rows.append(
            (_heading(one, known), sources, targets, _flow_equation(one, known), unit, _more(one, known))
        )
    return simple_table(
        f"Flows: how much moves, a {clean(known.system.timing.unit)}",
        columns=("Flow", "From", "To", "How much", "Unit", "More"),
        rows=tuple(rows),
        texts=("From", "To", "How much", "More"),
    )


def auxiliaries_table(known: KnownSystem) -> Table:
    """List what follows from other things at every moment."""
    rows = [
        (_heading(one, known), _equation(one, known), clean(one.unit or "not said"), _more(one, known))
        for one in (*_of(known, Role.AUXILIARY), *_of(known, Role.INPUT), *_of(known, Role.GIVEN))
        if not is_constant(one)
    ]
    return simple_table(
        "Auxiliaries: what follows from the rest at every moment",
        columns=("Auxiliary", "Equation", "Unit", "More"),
        rows=tuple(rows),
        texts=("Equation", "More"),
    )


def constants_table(known: KnownSystem) -> Table:
    """List the constants."""
    rows = [
        (_heading(one, known), equation_words(one, known), clean(one.unit or "not said"), _more(one, known))
        for one in _of(known, Role.AUXILIARY)
        if is_constant(one)
    ]
    return simple_table(
        "Constants", columns=("Constant", "Value", "Unit", "More"), rows=tuple(rows), texts=("More",)
    )


def curves_table(known: KnownSystem) -> Table:
    """List the curves that equations read."""
    rows = []
    for key, one in known.system.lookups.items():
        pairs = list(zip(one.xs, one.ys, strict=True))
        points = "; ".join(f"at {shown_number(x)}: {shown_number(y)}" for x, y in pairs[:MOST_POINTS])
        more = f" … ({len(pairs)} points)" if len(pairs) > MOST_POINTS else ""
        outside = {"hold": "its ends hold", "extend": "its end pieces go on", "steps": "it goes by steps"}
        words = known.system.lookup_words.get(key) or Worded(name=key)
        name = Cited(text=name_words(words), small=clean(key))
        said = outside[one.outside.value] + (f"; {clean(words.note)}" if words.note else "")
        rows.append((name, points + more, said))
    return simple_table(
        "Curves that equations read, straight between their points",
        columns=("Curve", "Points", "Beyond its ends"),
        rows=tuple(rows),
        texts=("Points", "Beyond its ends"),
    )


def links_table(known: KnownSystem) -> Table:
    """List every link with its polarity, and how that is known."""
    rows = [
        (
            known.names[one.source],
            known.names[one.target],
            one.polarity.value,
            KNOWN_BY[one.basis],
            "yes" if one.is_delayed else "no",
        )
        for one in known.links
    ]
    return simple_table(
        "All links: when the first rises, + the second rises, − it falls, ± either, ? unknown",
        columns=("From", "To", "Polarity", "Known by", "Delayed"),
        rows=tuple(rows),
        texts=("To", "Polarity", "Known by", "Delayed"),
        folded=f"Show {count_words(len(rows), 'link')}",
    )


def _functions_table(known: KnownSystem) -> Table:
    rows = functions_used(known)
    return simple_table(
        "The functions that these equations use",
        columns=("Function", "Gives"),
        rows=rows,
        texts=("Gives",),
        folded=f"Show what {count_words(len(rows), 'function')} of the equations mean",
    )


def _of(known: KnownSystem, role: Role) -> Iterator[Variable]:
    yield from (one for one in known.system.shown if one.role is role)


def _heading(variable: Variable, known: KnownSystem) -> Cell:
    """Give the name, and in small print how equations call it where that differs."""
    name = known.names[variable.key]
    return name if name == variable.key else Cited(text=name, small=clean(variable.key))


def _equation(variable: Variable, known: KnownSystem) -> Cell:
    if variable.role in (Role.INPUT, Role.GIVEN):
        return "set from outside"
    words = equation_words(variable, known)
    text = equation_words(variable, known, is_as_written=True)
    return Cited(text=words, small="" if text == words else text)


def _flow_equation(variable: Variable, known: KnownSystem) -> Cell:
    if variable.share is None:
        return _equation(variable, known)
    return f"share of those whose stay is over: {equation_words(variable, known)}"


def _ends(pairs: list[tuple[str, str]], at: int, *, known: KnownSystem) -> str:
    keys = dict.fromkeys(pair[at] for pair in pairs)
    return ", ".join(known.names[key] if key else OUTSIDE for key in keys) or "nothing"


def _more(variable: Variable, known: KnownSystem) -> str:
    unit = clean(known.system.timing.unit)
    said = []
    if variable.over:
        said.append(f"over {', '.join(known.system.dimension_names.get(one, one) for one in variable.over)}")
    if variable.is_non_negative:
        said.append("never below nought")
    if variable.residence is not None:
        mean, cv = (shown_number(one) for one in (variable.residence.mean, variable.residence.cv))
        said.append(f"stays of {mean} {unit}s on average, coefficient of variation {cv}")
    if variable.role is Role.FLOW and variable.runs_both_ways:
        said.append("may run backwards")
    return clean("; ".join([*said, *([variable.note] if variable.note else [])])) or "–"
