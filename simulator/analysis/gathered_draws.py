"""Draws gathered one by one become one: their runs in a row, their series summed up as they come."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from simulator.analysis.gathered import Gathered, Gathering
from simulator.analysis.reading import frame
from simulator.analysis.running import Running, RunningDraws
from simulator.experiment.results import Results

LISTS = ("instants", "pairings", "thirds", "settled", "books", "months", "paths", "losses", "staff", "moved")
SERIES = ("series", "differences", "hours")
Value = TypeVar("Value")


class Draws:
    """Every draw so far, and all of them together.

    What a draw has by period is let go of when it has been summed up, and so are its programs.
    """

    def __init__(self, results: Results) -> None:
        """Begin with no draw of these results."""
        self._results = results
        self._whole = {name: Gathered(frame(program)) for name, program in results.programs.items()}
        self._by_period: tuple[str, ...] = ()
        self._draws: list[tuple[Gathering, Results]] = []

    def add(self, found: Gathering, results: Results) -> None:
        """Take in a draw, with the models that it ran."""
        self._by_period = self._by_period or found.by_period
        for name, one in found.scenarios.items():
            _with_known_paths(one, results, scenario=name)
            _sum_up(self._whole[name], one)
            _append(self._whole[name], one)
            one.frame = self._whole[name].frame
        self._draws.append((found, replace(results, programs=self._results.programs)))

    def together(self) -> Gathering:
        """Give all draws together."""
        return Gathering(scenarios=self._whole, by_period=self._by_period, draws=tuple(self._draws))


def _with_known_paths(one: Gathered, results: Results, *, scenario: str) -> None:
    """Put in the path of collaborations that losses do not change: it differs from draw to draw."""
    known = results.programs[scenario].collaborations
    if known is not None and not one.paths:
        one.paths = [known.path] * len(results.replications)


def _append(whole: Gathered, one: Gathered) -> None:
    """Put the runs of a draw behind those before."""
    for word in LISTS:
        getattr(whole, word).extend(getattr(one, word))
    _append_to(whole.values, one.values)
    _append_to(whole.counts, one.counts)


def _append_to(whole: dict[str, list[Value]], one: Mapping[str, list[Value]]) -> None:
    for name, values in one.items():
        whole.setdefault(name, []).extend(values)


def _sum_up(whole: Gathered, one: Gathered) -> None:
    """Sum up what a draw has by period, and let go of it."""
    for word in SERIES:
        found: Running | None = getattr(one, word)
        if found is not None:
            known: RunningDraws | None = getattr(whole, word)
            if known is None:
                known = RunningDraws(found.mean().shape)
                setattr(whole, word, known)
            known.add_draw(found)
            setattr(one, word, None)
