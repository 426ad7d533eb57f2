"""Links of a system: what moves what, which way, and how that is known.

A link from one variable to another is positive where the second moves the same way when the first rises,
all else equal, negative where it moves the other way. What flows into a stock raises it; what flows out
lowers it. For an equation its form is asked first; where that does not tell, the equation is tried at the
levels of the system's own run. Over an array there is one node a variable, not one an element. That a stock
which may not fall below nought holds its outflows back is no link: it acts at nought alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from simulator.analysis.feedback.mentions import formulas_of, mentions_in
from simulator.analysis.feedback.trying import Trial, trial_of
from simulator.engines.stocks.run import StockRuns
from simulator.equations.directions import Directions
from simulator.equations.signs import ABOVE, BELOW, NOT_BELOW, NOUGHT, Signs
from simulator.equations.system import Role, System, Variable


class Polarity(Enum):
    """Which way a link works; the value is its sign in a diagram."""

    PLUS = "+"
    MINUS = "−"
    DEPENDS = "±"
    UNKNOWN = "?"


class Basis(Enum):
    """How the polarity of a link is known."""

    ACCOUNT = "it flows in or out"
    EQUATION = "by the form of the equation"
    RUN = "tried at the levels of the run"
    NOTHING = "cannot be told"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One variable moves another, by their keys; delayed where the second knows only the first's past."""

    source: str
    target: str
    polarity: Polarity
    basis: Basis
    is_delayed: bool = False


def links_of(system: System, runs: StockRuns | None = None) -> tuple[Link, ...]:
    """List the links of a system, by the order of its file.

    ``runs`` is one run with all that the file shows. Without it, what the form of an equation does not
    tell is unknown.
    """
    directions = Directions(system)
    found: list[Link] = []
    for variable in system.shown:
        found += _accounted(variable, system)
        if variable.role is not Role.STOCK:
            found += _depending(variable, directions, system=system, runs=runs)
    return tuple(found)


def _accounted(variable: Variable, system: System) -> Iterator[Link]:
    """Give the links that stocks have by what stocks and flows are."""
    for flows, polarity in ((variable.inflows, Polarity.PLUS), (variable.outflows, Polarity.MINUS)):
        for key in flows:
            yield Link(source=key, target=variable.key, polarity=polarity, basis=Basis.ACCOUNT)
    if variable.share is not None:
        for stock in system.shown:
            if variable.key in stock.outflows:
                yield Link(
                    source=stock.key,
                    target=variable.key,
                    polarity=Polarity.PLUS,
                    basis=Basis.ACCOUNT,
                    is_delayed=True,
                )


def _depending(
    variable: Variable, directions: Directions, *, system: System, runs: StockRuns | None
) -> Iterator[Link]:
    trial: Trial | None = None
    for key, is_remembered in mentions_in(variable, system).items():
        polarity = _by_form([directions.of_formula(one, key) for one in formulas_of(variable)])
        basis = Basis.EQUATION
        if polarity is None:
            continue
        if polarity is Polarity.UNKNOWN and runs is not None:
            trial = trial or trial_of(variable, system, runs=runs)
            polarity, basis = _by_trial(trial.signs(key)), Basis.RUN
        if polarity is Polarity.UNKNOWN:
            basis = Basis.NOTHING
        yield Link(source=key, target=variable.key, polarity=polarity, basis=basis, is_delayed=is_remembered)


def _by_form(moves: list[Signs]) -> Polarity | None:
    """Say what the forms of a variable's equations tell; nothing where they do not move."""
    moving = [one for one in moves if one != NOUGHT]
    if not moving:
        return None
    if any(one >= ABOVE | BELOW for one in moving):
        return Polarity.UNKNOWN
    rises = [one <= NOT_BELOW for one in moving]
    if all(rises):
        return Polarity.PLUS
    return Polarity.DEPENDS if any(rises) else Polarity.MINUS


def _by_trial(seen: Signs) -> Polarity:
    if seen >= ABOVE | BELOW:
        return Polarity.DEPENDS
    return Polarity.PLUS if seen >= ABOVE else Polarity.MINUS if seen >= BELOW else Polarity.UNKNOWN
