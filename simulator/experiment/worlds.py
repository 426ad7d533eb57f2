"""The worlds of one replication: what precedes the first difference is simulated once, then forked.

At most two simulations live at a time beside the pasts still needed: one copy of the baseline for each
second at which scenarios begin to differ, let go of when the last of them has been forked from it.
"""

from collections.abc import Callable, Iterator, Set
from contextlib import contextmanager

from simulator.compiler.program import Program
from simulator.engines.records import Outcome, Run
from simulator.engines.simulating import Simulation
from simulator.errors import RunFailed, SelfCheckFailed
from simulator.experiment.work import Work, run_words

WHY = {
    Outcome.RING: 'places blocked each other in a ring, and the model says ring = "fail"',
    Outcome.EVENT_BUDGET: "there were more events than a run may have; is demand far above capacity",
    Outcome.INTERRUPTED: "it was interrupted",
}


def run_worlds(
    work: Work, *, begins: Callable[[str], Simulation], replication: int
) -> Iterator[tuple[str, Run]]:
    """Yield the run of the baseline, then of each scenario; ``begins`` begins a scenario by name.

    Raises ``RunFailed`` and ``SelfCheckFailed`` with the names of scenario and replication.
    """
    (baseline, program), *others = work.programs.items()
    with _named(baseline, replication):
        here = begins(baseline)
        pasts = _pasts(here, program, seconds={*work.differs.values()} - {0})
        run = _finished(here)
    del here
    yield baseline, run
    for place, (name, program) in enumerate(others):
        del run
        second = work.differs[name]
        is_last = second not in [work.differs[later] for later, _ in others[place + 1 :]]
        with _named(name, replication):
            past = pasts.pop(second, None) if is_last else pasts.get(second)
            there = begins(name) if past is None else past.fork(program)
            del past
            run = _finished(there)
        del there
        yield name, run


def _pasts(here: Simulation, program: Program, *, seconds: Set[int]) -> dict[int, Simulation]:
    """Let the baseline go on from second to second, leaving a copy of itself at each."""
    pasts = {}
    for second in sorted(seconds):
        here.run_until(second)
        pasts[second] = here.fork(program)
    return pasts


def _finished(simulation: Simulation) -> Run:
    """Go on to the end; raise ``RunFailed`` if the run came to another one."""
    run = simulation.finish()
    if run.outcome is not Outcome.COMPLETED:
        raise RunFailed(f"{WHY[run.outcome]}.")
    return run


@contextmanager
def _named(scenario: str, replication: int) -> Iterator[None]:
    """Say first in which run it was that something went wrong."""
    try:
        yield
    except (RunFailed, SelfCheckFailed) as fault:
        said = f"scenario '{scenario}', {run_words(replication)}: {fault}"
        raise type(fault)(said) from fault
