"""What does an exchange between people and stocks cost, compiled?

    python benchmarks/exchange.py [--rounds 5]

CPU time of a run in which hardly anybody comes, with an exchange every ten minutes and with one in a month,
divided by how many more there are. The two worked models: home care reads two things and drives one; general
practice reads one and drives four, one of them a rate of three segments.
"""

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from interleaved import Job, asked, cpu_of, interleave

from simulator.compiler import Window, compile_model
from simulator.compiler.program import Program
from simulator.definition import load_model
from simulator.engines.demand import Demand
from simulator.engines.people import Simulation

MODELS = Path(__file__).parents[1] / "models"
DAY, DAYS = 86_400, 90
OFTEN, SELDOM = 600, 30 * DAY
RATES = {
    "home_care": ('referrals.*.rate="1 per year"', "activities.home_care.present_at_start=0"),
    "gp_access": ('needs.*.rate="0.0001 per year"', "activities.appointment.waiting_at_start.number=0"),
}
LINE = "{:<32} {:>8.1f} µs an exchange   to reach: at most 20"


def main(said: Sequence[str]) -> None:
    """Time both models and print."""
    chosen = asked("What an exchange costs.").parse_args(said)
    days = 31 if chosen.quick else DAYS
    for name, settings in RATES.items():
        often, seldom = (program_of(name, settings, every=every, days=days) for every in (OFTEN, SELDOM))
        jobs = {"often": job_of(often), "seldom": job_of(seldom)}
        jobs["often"]()  # compiles
        found = interleave(jobs, rounds=1 if chosen.quick else chosen.rounds)
        more = often.calendar.end_second // OFTEN - seldom.calendar.end_second // SELDOM
        print(LINE.format(name, (found.typical("often") - found.typical("seldom")) / more * 1e6))


def program_of(name: str, settings: Sequence[str], *, every: int, days: int) -> Program:
    """Compile a model in which hardly anybody comes, with a step of the stocks an exchange."""
    said = [*settings, f'exchange.every="{every} s"', f'integration.step="{every} s"']
    window = Window(
        starts=date(2025, 4, 1), warm_up_seconds=0, horizon_seconds=days * DAY, period_seconds=7 * DAY
    )
    return compile_model(load_model(MODELS / f"{name}.toml", settings=said), window=window)


def job_of(program: Program) -> Job:
    """Give a job that runs a program once, everything drawn beforehand."""
    demand = Demand(program, seed=1, replication=0)

    def run() -> float:
        simulation = Simulation(program, seed=1, replication=0, demand=demand)
        return cpu_of(lambda: simulation.run_until(program.calendar.end_second))

    return run


if __name__ == "__main__":
    main(sys.argv[1:])
