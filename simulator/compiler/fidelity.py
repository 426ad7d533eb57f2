"""The fidelity of collaborations while nobody loses anything: known before anything is run."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from simulator.compiler.carrying import Carried
from simulator.compiler.interventions import ramp_and_fades, running, second_of
from simulator.compiler.weeks import week_seconds
from simulator.compiler.window import Window
from simulator.definition.collaborations import Collaboration, in_years, parameters_of
from simulator.definition.dynamics import FORUM, INPUTS, SHOWN, dynamics_plan
from simulator.definition.interventions import Intervention
from simulator.definition.model import Model

Row = tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fidelity:
    """One collaboration over a run: when its weeks begin, its constants, forums held, what there is.

    ``path`` has a row of ``SHOWN`` a week, the first of which is the fidelity.
    """

    seconds: Sequence[int]
    constants: Mapping[str, float]
    forum: Sequence[float]
    path: Sequence[Row]

    def week_at(self, second: int) -> int:
        """Give the week that holds at a second; -1 before the first."""
        return bisect_right(self.seconds, second) - 1

    def at(self, second: int) -> float:
        """Give the fidelity at a second: nought before the collaboration begins."""
        week = self.week_at(second)
        return self.path[week][0] if week >= 0 else 0.0


def fidelities(model: Model, window: Window) -> Mapping[str, Fidelity]:
    """Give the fidelity of each collaboration that an intervention of a model depends on, by name."""
    names = {one.collaboration for one in model.interventions.values() if one.collaboration is not None}
    return {name: fidelity_of(model, window, name=name) for name in sorted(names)}


def fidelity_of(model: Model, window: Window, *, name: str) -> Fidelity:
    """Carry one collaboration through the run, a step a week."""
    said = model.collaborations[name]
    first = window.warm_up_seconds if said.starts is None else second_of(window, said.starts)
    seconds = week_seconds(window, first)
    constants = {one: in_years(value) for one, value in parameters_of(said).items()}
    fed = [one for one in model.interventions.values() if one.feeds and one.feeds.collaboration == name]
    forum = [sum_of_forums(fed, window, second=second) for second in seconds]
    return Fidelity(seconds=seconds, constants=constants, forum=forum, path=path_of(constants, forum=forum))


def path_of(constants: Mapping[str, float], *, forum: Sequence[float]) -> list[Row]:
    """Give what there is at the beginning of each week, without losses."""
    stocks = begun(constants)
    found = []
    for held in forum:
        stocks.set(FORUM, held)
        found.append(row_of(stocks))
        stocks.advance()
    return found


def begun(constants: Mapping[str, float]) -> Carried:
    """Begin the shipped stocks with some constants."""
    return Carried(dynamics_plan(), {**constants, **dict.fromkeys(INPUTS, 0.0)})


def row_of(stocks: Carried) -> Row:
    """Give what is kept of a week."""
    return tuple(stocks.read(name) for name in SHOWN)


def sum_of_forums(fed: Sequence[Intervention], window: Window, *, second: int) -> float:
    """Give how much of a forum is held at a second: all that feed it, one at most."""
    total = 0.0
    for one in fed:
        first, last = running(window, one)
        if first <= second < last and one.feeds is not None:
            total += float(one.feeds.forum) * ramp_and_fades(one, Fraction(second - first))
    return min(total, 1.0)


def typical_at(collaboration: Collaboration, *, weeks: int) -> float:
    """Give the fidelity of a collaboration after so many weeks without losses and forums."""
    constants = {one: in_years(value) for one, value in parameters_of(collaboration).items()}
    return path_of(constants, forum=[0.0] * (weeks + 1))[-1][0]
