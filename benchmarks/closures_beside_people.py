"""Which closure brings the stocks nearest to the people engine? The second table of docs/closures.md.

    python benchmarks/closures_beside_people.py [--experiment FILE …] [--scenario NAME] [--weeks 104]
        [--replications 8] [--keep FOLDER] [--each] [--quick]

The baseline of each experiment is run once by people and once as stocks with each closure, beside the same
replications. Counted are occupancies and flows within 3%, and how far occupancies, queues, kept places and
waits lie from people's mean. With ``--scenario`` it is what that changes against the baseline, where people
are sure of it (three standard errors). ``--keep`` leaves people's results in a folder, and goes on from those
that are there; ``--each`` prints every figure. ``--quick`` takes a small part of the place, where chance is
more than what is compared.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median, stdev

from stocks_beside_people import EXPERIMENTS, NEAR, SEEN, WIDTH

from simulator.analysis.measures import value
from simulator.analysis.reading import Reading, frame
from simulator.definition import Experiment, load_experiment
from simulator.engines.network import Network
from simulator.engines.network.closure_kinds import CLOSURES
from simulator.experiment.measure_names import read_name, vocabulary
from simulator.experiment.observe_stocks import observe_stocks
from simulator.experiment.run import run_experiment
from simulator.experiment.scenarios import compile_scenarios

SHIPPED = ("sunderland", "discharge_to_assess", "nine_practices", "home_care", "waiting_lists", "gp_access")
BASELINE = "baseline"
# What is compared, by the word for it: a family of measures, what is read of each of its members, and the
# least that people must have of it on average.
KINDS = {
    "occupancy": ("resource", "in_use_mean", 0.0),
    "flow": ("activity", "starts_per_day", 0.0),
    "need": ("need", "per_year", 0.0),
    "queue": ("resource", "queue_mean", 0.5),
    "kept": ("resource", "kept_mean", 0.5),
    "wait": ("activity", "wait_mean_days", 0.01),
}
# How near a change is told: within such shares of people's.
SIZES = (0.25, 0.5)
COUNTED = ("occupancy", "flow", "need")
SHOWN = {
    "occupancy": "occupancies",
    "flow": "flows",
    "queue": "waiting",
    "kept": "places kept",
    "wait": "mean waits",
}
Figures = Mapping[tuple[str, str], float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """One figure of people, half of its 95% interval, and what the stocks say with each closure."""

    kind: str
    name: str
    people: float
    half: float
    stocks: Mapping[str, float | None]

    def apart(self, closure: str) -> float:
        """Give how far the stocks are from people, as a share; what they do not have at all is 1 away."""
        there = self.stocks[closure]
        return (there or 0.0) / self.people - 1.0


def main(said: Sequence[str]) -> None:
    """Run people and every closure on each experiment, and print the table."""
    parser = argparse.ArgumentParser(description="Closures of the stocks beside the people engine.")
    parser.add_argument("--experiment", type=Path, nargs="+")
    parser.add_argument("--scenario")
    parser.add_argument("--weeks", type=int)
    parser.add_argument("--replications", type=int, choices=sorted(WIDTH))
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--each", action="store_true")
    parser.add_argument("--quick", action="store_true")
    chosen = parser.parse_args(said)
    shipped = ("first_look",) if chosen.quick else SHIPPED[: 1 if chosen.scenario else None]
    weeks = chosen.weeks or (4 if chosen.quick else 104)
    number = chosen.replications or (2 if chosen.quick else 8)
    settings = (f"replications={number}", f'horizon="{weeks} weeks"')
    found = {}
    for file in chosen.experiment or [EXPERIMENTS / f"{name}.toml" for name in shipped]:
        asked = Asked(file=file, settings=settings, scenario=chosen.scenario)
        with tempfile.TemporaryDirectory() as folder:
            found[file.stem] = beside(asked, out=(chosen.keep or Path(folder)) / file.stem)
        for line in _each(found[file.stem], title=file.stem) if chosen.each else ():
            print(line, flush=True)
    for line in effects(found) if chosen.scenario else table(found):
        print(line)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """An experiment of which the baseline is compared, or what a ``scenario`` changes."""

    file: Path
    settings: tuple[str, ...]
    scenario: str | None

    def by(self, engine: str) -> Experiment:
        """Read it for an engine, and leave it the scenarios that are compared."""
        whole = load_experiment(self.file, settings=(*self.settings, f"engine={engine}"))
        kept = {name: one for name, one in whole.scenarios.items() if name in (BASELINE, self.scenario)}
        return whole.model_copy(update={"scenarios": kept})

    def compared(self, scenarios: Mapping[str, Figures]) -> Figures:
        """Give the baseline's figures, or how far the scenario's are from them."""
        usual = scenarios[BASELINE]
        if self.scenario is None:
            return usual
        there = {name: (one, usual[name]) for name, one in scenarios[self.scenario].items()}
        return {
            name: None if one is None or other is None else one - other
            for name, (one, other) in there.items()
        }

    def is_compared(self, kind: str, *, people: float, half: float, number: int) -> bool:
        """Say whether there is enough of a figure to compare."""
        if self.scenario is None:
            return people > KINDS[kind][2]
        return abs(people) > SEEN * half / WIDTH[number]


def beside(asked: Asked, *, out: Path) -> list[Beside]:
    """Run an experiment by people, in a folder, and as stocks with each closure."""
    every = by_people(asked, out=out)
    stocks = as_stocks(asked)
    found = []
    for kind, name in every[0]:
        values = [one for figures in every if (one := figures[kind, name]) is not None]
        if len(values) < len(every):
            continue
        people, half = mean(values), WIDTH[len(every)] / len(every) ** 0.5 * stdev(values)
        if asked.is_compared(kind, people=people, half=half, number=len(every)):
            there = {closure: figures.get((kind, name)) for closure, figures in stocks.items()}
            found.append(Beside(kind=kind, name=name, people=people, half=half, stocks=there))
    return found


def by_people(asked: Asked, *, out: Path) -> list[Figures]:
    """Run people, and give the figures of each replication."""
    results = run_experiment(asked.by("people"), out=out, workers=1)
    frames = {name: frame(program) for name, program in results.programs.items()}
    return [
        asked.compared(
            {name: _figures(Reading(seen, frames[name])) for name, seen in piece.observations.items()}
        )
        for piece in results.pieces()
    ]


def as_stocks(asked: Asked) -> dict[str, Figures]:
    """Run the stocks, once with each closure."""
    programs = compile_scenarios(asked.by("stocks")).programs
    found = {}
    for closure, kind in CLOSURES.items():
        scenarios = {}
        for name, program in programs.items():
            network = Network(program, closure=kind)
            network.run()
            seen = observe_stocks(network, program, scenario=name, replication=0)
            scenarios[name] = _figures(Reading(seen, frame(program)))
        found[closure] = asked.compared(scenarios)
    return found


def _figures(reading: Reading) -> Figures:
    """Read what is compared."""
    known = vocabulary([reading.frame.program])
    return {
        (kind, subject): value(reading, read_name(f"{family}.{subject}.{what}", known))
        for kind, (family, what, _) in KINDS.items()
        for subject in known.subjects.get(family, ())
    }


def _each(found: Sequence[Beside], *, title: str) -> Iterator[str]:
    """Write every figure."""
    yield from (
        "",
        f"| {title} | people (95%) | {' | '.join(CLOSURES)} |",
        "|---" * (len(CLOSURES) + 2) + "|",
    )
    for one in found:
        told = (f"{one.stocks[closure] or 0.0:.4g} ({one.apart(closure):+.1%})" for closure in CLOSURES)
        yield f"| {one.kind} `{one.name}` | {one.people:.4g} ± {one.half:.2g} | {' | '.join(told)} |"
    yield ""


def table(found: Mapping[str, Sequence[Beside]]) -> Iterator[str]:
    """Write a row for each experiment and closure, one for people's own chance, and the same over all."""
    words = " | ".join(SHOWN.values())
    yield f"| experiment | closure | occupancies and flows within {NEAR:.0%} | {words} |"
    yield "|---|---|---:|" + "---:|" * len(SHOWN)
    for title, own in found.items():
        yield from _rows(title, own)
    if len(found) > 1:
        yield from _rows("all", [one for own in found.values() for one in own])


def _rows(title: str, found: Sequence[Beside]) -> Iterator[str]:
    counted = [one for one in found if one.kind in COUNTED]
    by_kind = [[one for one in found if one.kind == kind] for kind in SHOWN]
    for closure in CLOSURES:
        near = sum(abs(one.apart(closure)) <= NEAR for one in counted)
        told = " | ".join(_errors(own, closure) for own in by_kind)
        yield f"| {title} | {closure} | {near} of {len(counted)} | {told} |"
    chance = " | ".join(
        f"{mean(one.half / one.people for one in own):.1%}" if own else "–" for own in by_kind
    )
    yield f"| {title} | *people, half of a 95% interval* | – | {chance} |"


def effects(found: Mapping[str, Sequence[Beside]]) -> Iterator[str]:
    """Write how many of the changes that people are sure of each closure tells: by sign, and by size."""
    shares = "".join(f" within {share:.0%} |" for share in SIZES)
    yield f"| experiment | closure | same sign |{shares} median size of error |"
    yield "|---|---|---:|" + "---:|" * (len(SIZES) + 1)
    for title, own in found.items():
        for closure in CLOSURES:
            apart = [one.apart(closure) for one in own]
            told = [
                sum(one > -1.0 for one in apart),
                *(sum(abs(one) <= size for one in apart) for size in SIZES),
            ]
            counts = " | ".join(f"{number} of {len(own)}" for number in told)
            typical = f"{median(map(abs, apart)):.0%}" if own else "–"
            yield f"| {title} | {closure} | {counts} | {typical} |"


def _errors(found: Sequence[Beside], closure: str) -> str:
    """Write the mean size of the error, the largest and whose it is."""
    if not found:
        return "–"
    worst = max(found, key=lambda one: abs(one.apart(closure)))
    typical = mean(abs(one.apart(closure)) for one in found)
    return f"{typical:.1%} ({worst.apart(closure):+.0%} `{worst.name}`)"


if __name__ == "__main__":
    main(sys.argv[1:])
