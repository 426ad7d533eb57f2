"""A sweep of 1,000 runs of an epidemic over its infectivity: ours, PySD's and pysimlin's, in CPU time.

    python benchmarks/against_pysd.py [--rounds 5]

PySD is given ten runs, and its time is taken a run; pysimlin a loop over all of them. All three keep the same
three stocks at the same 3,201 moments, and give the same numbers. Needs the extras ``oracles`` and ``test``.
"""

import importlib.util
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import numpy as np
from interleaved import asked, interleave

FILE = Path(__file__).with_name("sir.xmile")
STOCKS = ("susceptible", "infectious", "recovered")
PARAMETER = "contact_infectivity"
RUNS, FEW = 1_000, 10

Sweep = Callable[[np.ndarray], np.ndarray]


def ours() -> Sweep:
    """Make our sweep: one call."""
    from simulator.engines.stocks.run import run_stocks
    from simulator.xmile.reading import read_xmile

    system = read_xmile(FILE).system

    def sweep(values: np.ndarray) -> np.ndarray:
        return run_stocks(system, given={PARAMETER: values}, runs=len(values), keep=STOCKS).values

    return sweep


def pysimlin() -> Sweep:
    """Make a loop over an engine compiled once."""
    import simlin

    model = simlin.load(FILE)

    def sweep(values: np.ndarray) -> np.ndarray:
        table = []
        with model.simulate() as sim:
            for value in values:
                sim.reset()
                sim.set_value(PARAMETER, float(value))
                sim.run_to_end()
                table.append([sim.get_series(name) for name in STOCKS])
        return np.array(table).transpose(2, 1, 0)

    return sweep


def pysd() -> Sweep:
    """Make a loop over PySD's model."""
    import warnings

    import pysd as engine

    warnings.simplefilter("ignore")
    # It writes a Python file beside the one it reads.
    folder = Path(tempfile.mkdtemp())
    model = engine.read_xmile(str(shutil.copy(FILE, folder)))

    def sweep(values: np.ndarray) -> np.ndarray:
        table = [
            model.run(params={PARAMETER: value}, return_columns=list(STOCKS)).to_numpy() for value in values
        ]
        return np.array(table).transpose(1, 2, 0)

    return sweep


def seconds_a_run(sweep: Sweep, values: np.ndarray) -> float:
    """Give the CPU time of a sweep, a run."""
    begin = time.process_time()
    sweep(values)
    return (time.process_time() - begin) / len(values)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the times, interleaved, and how many times ours the others take."""
    found = asked("Our sweep against PySD and pysimlin.", rounds=5).parse_args(arguments)
    runs, few = (20, 2) if found.quick else (RUNS, FEW)
    values = np.linspace(0.2, 0.4, runs)
    sweeps = {"ours": (ours(), runs)}
    for name, module, make in (("pysimlin loop", "simlin", pysimlin), ("PySD", "pysd", pysd)):
        if importlib.util.find_spec(module) is None:
            print(f"Skipped: no {module} here.")
        else:
            sweeps[name] = (make(), runs if module == "simlin" else few)
    known = sweeps["ours"][0](values[:few])
    for name, (sweep, _) in sweeps.items():
        np.testing.assert_allclose(sweep(values[:few]), known, rtol=1e-9, err_msg=name)
    jobs = {name: partial(seconds_a_run, sweep, values[:count]) for name, (sweep, count) in sweeps.items()}
    timings = interleave(jobs, rounds=found.rounds)
    for name in jobs:
        ratio, spread = timings.times(name, over="ours"), timings.spread(name, over="ours")
        print(f"{name:14} {timings.typical(name) * 1e3:10.3f} ms a run {ratio:9.1f} ÷ ours ({spread})")


if __name__ == "__main__":
    main()
