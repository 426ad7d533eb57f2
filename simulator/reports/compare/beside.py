"""One output of several sweeps and what drives it in each, by one kind of sensitivity: a tornado's rows."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from simulator.analysis.folders import SweepStand, Together
from simulator.analysis.folders.drivers import (
    OVER_DRAWS,
    Driver,
    Wanted,
    drivers_of,
    kinds_in,
    middle_in,
    place_of,
)
from simulator.analysis.folders.ranges import Range, range_in
from simulator.analysis.sweep.outputs import DIFFERENCE, LEVEL
from simulator.definition.experiment import BASELINE
from simulator.reports.amounts import quantity_words
from simulator.reports.compare.rows import style_in, title_of_measure, unit_of_measure
from simulator.reports.figures.look import Style
from simulator.reports.sweep.words import path_title
from simulator.reports.titles import clean, title_of_scenario

MOST_ROWS = 12
MOST_WORDS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One folder's part: what each value does there; ``None`` where some point or draw lacks the output.

    ``middle``: the mean of the output over what single values were judged by; not-a-number where they were
    not judged so. ``ranges``: over what each value goes.
    """

    name: str
    style: Style
    drivers: Mapping[str, Driver] | None
    middle: float
    ranges: Mapping[str, Range]


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """An output in the folders that have it: its words, its unit, and each folder's drivers of one kind.

    ``shown`` are the values that some folder tells from one that does nothing: those that several folders
    have, what does most in any of them first, and then those that one alone has. ``words`` name a value.
    """

    kind: str
    title: str
    unit: str
    is_difference: bool
    sides: tuple[Side, ...]
    words: Callable[[str], str]

    @property
    def known(self) -> tuple[Side, ...]:
        """List the folders in which it can be told what drives the output."""
        return tuple(one for one in self.sides if one.drivers is not None)

    @property
    def shown(self) -> tuple[str, ...]:
        """Name the values, in order."""
        told = self._told()
        shared = [path for path in told if not self.is_alone(path)]
        return tuple([*shared, *(path for path in told if self.is_alone(path))][:MOST_ROWS])

    def is_alone(self, path: str) -> bool:
        """Say whether one folder alone has a value."""
        return len(list(self.having(path))) == 1

    def having(self, path: str) -> Iterator[tuple[Side, Driver]]:
        """Give the folders that have a value, with what it does there."""
        for side in self.known:
            if side.drivers is not None and path in side.drivers:
                yield side, side.drivers[path]

    def label(self, path: str) -> str:
        """Say what a value is, and of which folder where that has it alone."""
        alone = f", in {next(self.having(path))[0].name} alone" if self.is_alone(path) else ""
        return self.words(path) + alone

    def _told(self) -> list[str]:
        """Order the values that do something in some folder."""
        largest: dict[str, float] = {}
        for side in self.known:
            for path, one in (side.drivers or {}).items():
                if one.is_told:
                    largest[path] = max(largest.get(path, 0.0), one.size.mean or 0.0)
        return sorted(largest, key=lambda path: (-largest[path], path))


def holding(found: Together, kind: str) -> tuple[SweepStand, ...]:
    """List the sweeps that hold a kind of sensitivity."""
    return tuple(one for one in found.sweeps if kind in kinds_in(one.estimates.drives))


def outputs_beside(found: Together, kind: str, *, measures: Sequence[str]) -> Iterator[Beside]:
    """Give every output that several sweeps have: differences of common scenarios, or else baselines."""
    stands = holding(found, kind)
    for text in measures:
        for scenario in common_scenarios(stands):
            there = [one for one in stands if scenario in one.scenarios]
            wanted = Wanted(scenario=scenario, kind=LEVEL if scenario == BASELINE else DIFFERENCE, text=text)
            yield Beside(
                kind=kind,
                title=output_title(found, there[0], wanted=wanted),
                unit=unit_of_measure(found, text),
                is_difference=wanted.kind == DIFFERENCE,
                sides=tuple(_side(found, one, kind=kind, wanted=wanted) for one in there),
                words=partial(path_words, found),
            )


def _side(found: Together, stand: SweepStand, *, kind: str, wanted: Wanted) -> Side:
    return Side(
        name=clean(stand.name),
        style=style_in(found, stand),
        drivers=drivers_of(stand, kind, wanted=wanted),
        middle=middle_in(stand.estimates.drives, kind, place=place_of(stand, wanted)),
        ranges=ranges_of(stand, kind=kind),
    )


def common_scenarios(stands: Sequence[SweepStand]) -> tuple[str, ...]:
    """Name the scenarios that several sweeps have, in order; the baseline where they share no other."""
    named = list(dict.fromkeys(name for one in stands for name in one.scenarios[1:]))
    shared = [name for name in named if sum(name in one.scenarios for one in stands) > 1]
    return tuple(shared or [BASELINE])


def output_title(found: Together, stand: SweepStand, *, wanted: Wanted) -> str:
    """Say what an output is."""
    scenario = title_of_scenario(stand.footing.experiment, wanted.scenario)
    said = f"{title_of_measure(found, wanted.text)}, {scenario}"
    return said if wanted.kind == LEVEL else f"{said}: difference from the baseline"


def path_words(found: Together, path: str) -> str:
    """Say what a value is, by the model of the first sweep."""
    return path_title(found.sweeps[0].footing.model, path)


def range_of(stand: SweepStand, path: str, *, kind: str = "") -> Range | None:
    """Say over what a value goes in a folder: among its draws for what is over draws, else its points."""
    return range_in(stand.estimates.results, path, is_drawn=kind == OVER_DRAWS)


def ranges_of(stand: SweepStand, *, kind: str = "") -> dict[str, Range]:
    """Give over what each value goes that a folder draws, for what is over draws, or else varies."""
    results = stand.estimates.results
    paths = sorted(next(iter(results.drawn.values()), {})) if kind == OVER_DRAWS else results.plan.paths
    found = {path: range_of(stand, path, kind=kind) for path in paths}
    return {path: one for path, one in found.items() if one is not None}


def range_words(one: Range | None) -> str:
    """Write a range: ``8 to 14``, ``2 to 6 a year (80%)``, or the words."""
    if one is None:
        return "–"
    if isinstance(one, tuple):
        more = f" and {len(one) - MOST_WORDS:,} more" if len(one) > MOST_WORDS else ""
        return ", ".join(clean(word) for word in one[:MOST_WORDS]) + more
    low, high = (quantity_words(end, one.dimension) for end in (one.low, one.high))
    return f"{low} to {high}{' (80%)' if one.is_uncertain else ''}"
