"""About how long runs take, on paper: by people, by the readable engine, as stocks; and stocks by themselves.

What is told is of one core, before anything is run. By people it comes to what was measured; by the other
two it is an order of magnitude, told to one figure (benchmarks/README.md, "Forecasts on paper").
"""

import math

from simulator.compiler.expectations import arrivals_a_day
from simulator.compiler.program import Program
from simulator.definition.experiment import PEOPLE, READABLE, STOCKS, Experiment, UntilPrecise
from simulator.equations.system import System
from simulator.units import SECONDS_A_DAY, SECONDS_A_MINUTE, SECONDS_AN_HOUR, in_words

# Of the people engine on one core: 4.1 to 4.8 CPU seconds for 2.2 million needs.
SECONDS_A_NEED = 2e-6
# Of the readable one: 47 to 58 µs in surgeries and a small place; up to 150 where most needs are long stays.
SECONDS_A_READABLE_NEED = 60e-6
# Of the network as stocks: what a step costs however little there is, and with each activity or resource,
# whichever are more; each meeting with stocks of the file; and each activity compiled, laid out and measured.
SECONDS_A_STEP, SECONDS_A_STEP_AND_PLACE = 1e-6, 0.4e-6
SECONDS_AN_EXCHANGE = 0.5e-3
SECONDS_AN_ACTIVITY = 5e-3
STEPS_AN_HOUR = 1.1
# Of stocks by themselves, compiled: each variable looked at for too coarse a step, and at every step.
SECONDS_A_VARIABLE, SECONDS_A_VARIABLE_AND_STEP = 9e-6, 4e-9
LOOKS = {"euler": 1, "rk4": 2}
TOO_SHORT_TO_SAY = 60
BETTER = "Progress says it better once some are done."


def how_long(program: Program, experiment: Experiment, *, points: int = 1) -> str:
    """Say about how long the runs of an experiment take; nothing below a minute."""
    each = _seconds_of_each(program, experiment, points=points)
    limits = experiment.replications
    least = least_runs(experiment)
    confirming = _seconds_to_confirm(program, experiment, points=points)
    if each * least + confirming < TOO_SHORT_TO_SAY:
        return ""
    tell = in_words if experiment.engine == PEOPLE else in_one_figure
    most, ahead = "", ""
    if isinstance(limits, UntilPrecise) and experiment.engine != STOCKS:
        most = f" for the first {limits.at_least:,} replications, {tell(each * limits.at_most)} for the most"
        ahead = "; how many it takes is foreseen after the first"
    more = f"; confirming by people about {in_words(confirming)} more" if confirming else ""
    return (
        f"All runs take about {tell(each * least)} of one core{most}, {_measured(experiment)}{ahead}{more}. "
        f"{BETTER}"
    )


def least_runs(experiment: Experiment) -> int:
    """Count the replications of a world, at least; as stocks there is no chance to repeat."""
    said = experiment.replications
    if experiment.engine == STOCKS:
        return 1
    return said.at_least if isinstance(said, UntilPrecise) else said


def seconds_a_run(program: Program, engine: str) -> float:
    """Give about how many seconds of one core one run of a program takes."""
    seconds = program.calendar.end_second
    if engine == STOCKS:
        places = max(len(program.names.activities), len(program.names.resources))
        steps = seconds / SECONDS_AN_HOUR * STEPS_AN_HOUR
        meetings = 0.0 if program.exchange is None else seconds / program.exchange.every_seconds
        return (
            steps * (SECONDS_A_STEP + places * SECONDS_A_STEP_AND_PLACE)
            + meetings * SECONDS_AN_EXCHANGE
            + len(program.names.activities) * SECONDS_AN_ACTIVITY
        )
    needs = sum(arrivals_a_day(program).values()) * seconds / SECONDS_A_DAY
    return needs * (SECONDS_A_READABLE_NEED if engine == READABLE else SECONDS_A_NEED)


def how_long_alone(system: System, runs: int) -> str:
    """Say about how long so many runs of stocks by themselves take; nothing below a minute."""
    timing = system.timing
    looks = timing.steps * LOOKS.get(timing.method, 1)
    seconds = runs * len(system.shown) * (SECONDS_A_VARIABLE + looks * SECONDS_A_VARIABLE_AND_STEP)
    if seconds < TOO_SHORT_TO_SAY:
        return ""
    said = "All runs take" if runs > 1 else "A run takes"
    return f"{said} about {in_one_figure(seconds)} of one core, to within a few times. {BETTER}"


def in_one_figure(seconds: float) -> str:
    """Write a time to one figure, in the largest unit of which it holds at least one."""
    units = (SECONDS_A_DAY, SECONDS_AN_HOUR, SECONDS_A_MINUTE, 1)
    unit = next((one for one in units if seconds >= one), 1)
    size = seconds / unit
    step = 10.0 ** math.floor(math.log10(size)) if size > 0 else 1.0
    return in_words(round(size / step) * step * unit)


def _seconds_of_each(program: Program, experiment: Experiment, *, points: int) -> float:
    """Give about how long one replication of all worlds takes, at every point and draw."""
    each = seconds_a_run(program, experiment.engine)
    return each * len(experiment.scenarios) * points * max(experiment.draws, 1)


def _seconds_to_confirm(program: Program, experiment: Experiment, *, points: int) -> float:
    """Give about how long it takes to run by people too what is to be confirmed."""
    return confirming_runs(experiment, points=points) * seconds_a_run(program, PEOPLE)


def confirming_runs(experiment: Experiment, *, points: int) -> int:
    """Count the runs by people that confirm a sweep as stocks; none where that is not asked for."""
    confirm = experiment.confirm
    if confirm is None:
        return 0
    many = confirm.best or confirm.even or len(confirm.points) or points
    draws = confirm.draws or max(experiment.draws, 1)
    return many * draws * confirm.replications * len(experiment.scenarios)


def _measured(experiment: Experiment) -> str:
    """Say what a forecast rests on, and how far it may be out."""
    if experiment.engine == STOCKS:
        return "to within two or three times (step for step as in the shipped place)"
    if experiment.engine == READABLE:
        return (
            "to within two or three times (at a minute a million needs; the people engine gives the same "
            "events in a thirtieth of it)"
        )
    return "at two seconds a million needs, as in the shipped place"
