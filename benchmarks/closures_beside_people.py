"""Which closure brings the stocks nearest to the people engine? The second table of docs/closures.md.

    python benchmarks/closures_beside_people.py [--experiment FILE …] [--weeks 104] [--replications 8]
        [--keep FOLDER] [--each] [--quick]

The baseline of each experiment is run once by people and once as stocks with each closure, beside the same
replications. Counted are occupancies and flows within 3%, and how far occupancies, queues, kept places and
waits lie from people's mean. ``--keep`` leaves people's results in a folder, and goes on from those that are
there; ``--each`` prints every figure. ``--quick`` takes a small part of the place, where chance is more than
what is compared.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, stdev

from stocks_beside_people import EXPERIMENTS, NEAR, WIDTH

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
    parser.add_argument("--weeks", type=int)
    parser.add_argument("--replications", type=int, choices=sorted(WIDTH))
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--each", action="store_true")
    parser.add_argument("--quick", action="store_true")
    chosen = parser.parse_args(said)
    shipped = ("first_look",) if chosen.quick else SHIPPED
    weeks = chosen.weeks or (4 if chosen.quick else 104)
    number = chosen.replications or (2 if chosen.quick else 8)
    settings = [f"replications={number}", f'horizon="{weeks} weeks"']
    found = {}
    for file in chosen.experiment or [EXPERIMENTS / f"{name}.toml" for name in shipped]:
        with tempfile.TemporaryDirectory() as folder:
            out = (chosen.keep or Path(folder)) / file.stem
            found[file.stem] = beside(file, settings=settings, out=out)
        for line in _each(found[file.stem], title=file.stem) if chosen.each else ():
            print(line, flush=True)
    for line in table(found):
        print(line)


def beside(file: Path, *, settings: Sequence[str], out: Path) -> list[Beside]:
    """Run an experiment's baseline by people, in a folder, and as stocks with each closure."""
    people, half = _by_people(file, settings=settings, out=out)
    stocks = _as_stocks(file, settings=settings)
    return [
        Beside(
            kind=kind,
            name=name,
            people=there,
            half=half[kind, name],
            stocks={closure: figures.get((kind, name)) for closure, figures in stocks.items()},
        )
        for (kind, name), there in people.items()
        if there > KINDS[kind][2]
    ]


def _baseline(file: Path, *, settings: Sequence[str]) -> Experiment:
    """Read an experiment, and leave it its baseline alone."""
    whole = load_experiment(file, settings=settings)
    return whole.model_copy(update={"scenarios": {BASELINE: whole.scenarios[BASELINE]}})


def _by_people(
    file: Path, *, settings: Sequence[str], out: Path
) -> tuple[dict[tuple[str, str], float], dict[tuple[str, str], float]]:
    """Give people's means, and half of their 95% intervals."""
    asked = _baseline(file, settings=(*settings, "engine=people"))
    results = run_experiment(asked, out=out, workers=1)
    program = results.programs[BASELINE]
    every = [_figures(Reading(piece.observations[BASELINE], frame(program))) for piece in results.pieces()]
    known = {
        name: values
        for name in every[0]
        if len(values := [one for figures in every if (one := figures[name]) is not None]) == len(every)
    }
    width = WIDTH[len(every)] / len(every) ** 0.5
    return (
        {name: mean(values) for name, values in known.items()},
        {name: width * stdev(values) for name, values in known.items()},
    )


def _as_stocks(file: Path, *, settings: Sequence[str]) -> dict[str, Figures]:
    """Run the baseline as stocks, once with each closure."""
    program = compile_scenarios(_baseline(file, settings=(*settings, "engine=stocks"))).programs[BASELINE]
    found = {}
    for name, closure in CLOSURES.items():
        network = Network(program, closure=closure)
        network.run()
        seen = observe_stocks(network, program, scenario=BASELINE, replication=0)
        found[name] = _figures(Reading(seen, frame(program)))
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


def _errors(found: Sequence[Beside], closure: str) -> str:
    """Write the mean size of the error, the largest and whose it is."""
    if not found:
        return "–"
    worst = max(found, key=lambda one: abs(one.apart(closure)))
    typical = mean(abs(one.apart(closure)) for one in found)
    return f"{typical:.1%} ({worst.apart(closure):+.0%} `{worst.name}`)"


if __name__ == "__main__":
    main(sys.argv[1:])
