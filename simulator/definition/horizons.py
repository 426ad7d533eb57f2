"""What an experiment asks of its model: dates, horizon, recent use, a load that can be run."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from simulator.definition.consistency import arrivals_a_day
from simulator.definition.experiment import BASELINE, Experiment
from simulator.definition.faults import Path
from simulator.definition.interventions import Intervention
from simulator.definition.known import Known, part
from simulator.definition.model import Model
from simulator.definition.quantities import Parameter
from simulator.definition.references import complaints_of_count
from simulator.definition.which_file import misplaced
from simulator.definition.words import nearest
from simulator.units import SECONDS_A_DAY, SECONDS_A_WEEK, in_words, seconds_between, shown

Complaint = tuple[Path, str]
MOST_ARRIVALS_A_RUN = 1_000_000_000
LEAST_WARM_UP_FOR_USE = 52 * SECONDS_A_WEEK


def complaints_of_experiment(experiment: Experiment, model: Model) -> list[Complaint]:
    """List what an experiment asks that its model cannot give; parts that were wrong may be absent."""
    return [
        *_baseline(experiment),
        *_start(experiment, model),
        *_switches(experiment, model),
        *_contract(experiment, model),
        *_counts(experiment, model),
        *_load(experiment, model),
    ]


def starts_after(intervention: Intervention, starts: date) -> Fraction:
    """Give the seconds from the end of warm-up to the start of an intervention."""
    return _seconds_after(intervention.starts, starts) or Fraction()


def _baseline(experiment: Experiment) -> Iterator[Complaint]:
    baseline = experiment.scenarios.get(BASELINE)
    if baseline is not None and (baseline.on or baseline.set):
        way = ("scenarios", BASELINE)
        yield way, "the baseline has nothing on and nothing set; use 'set' at the top, or another scenario."


def _start(experiment: Experiment, model: Model) -> Iterator[Complaint]:
    if part(experiment, "starts") is None and part(model, "starts") is None:
        yield ("starts",), "is missing; say in the experiment or the model on which day it begins."


def _contract(experiment: Experiment, model: Model) -> Iterator[Complaint]:
    said = part(experiment, "contract")
    known = {*model.contracts, *misplaced(experiment.origin.resolved, "contracts")}
    if isinstance(said, str) and said not in known:
        yield ("contract",), f"no contract is called {shown(said)}.{nearest(said, list(model.contracts))}"
    for name, scenario in experiment.scenarios.items():
        way, said = ("scenarios", name, "contract"), part(scenario, "contract")
        if isinstance(said, str) and said not in known:
            yield way, f"no contract is called {shown(said)}.{nearest(said, list(model.contracts))}"
        elif isinstance(said, str) and name == BASELINE:
            yield way, "the baseline is under the experiment's own; say contract at the top."


def _switches(experiment: Experiment, model: Model) -> Iterator[Complaint]:
    for name, scenario in experiment.scenarios.items():
        for place, switch in enumerate(scenario.on):
            way = ("scenarios", name, "on", place)
            intervention = model.interventions.get(switch)
            if intervention is None and switch in misplaced(experiment.origin.resolved, "interventions"):
                continue
            if intervention is None:
                known = sorted(model.interventions)
                hint = nearest(switch, known) or f" Known are {', '.join(known[:8]) or 'none'}."
                yield way, f"no intervention is called {shown(switch)}.{hint}"
            else:
                yield from (
                    (way, f"'{switch}' {said}") for said in _of_switch(intervention, experiment, model=model)
                )


def _of_switch(intervention: Intervention, experiment: Experiment, *, model: Model) -> Iterator[str]:
    starts = part(experiment, "starts") or part(model, "starts")
    begins = Fraction() if intervention.starts is None else _seconds_after(intervention.starts, starts)
    ends = _seconds_after(intervention.ends, starts)
    horizon, warm_up = part(experiment, "horizon"), part(experiment, "warm_up")
    if begins is not None and begins < 0:
        yield f"starts before {starts}, the first day that counts; it may start then or later."
    if begins is not None and isinstance(horizon, Parameter) and begins >= horizon.value:
        yield f"starts after {in_words(begins)}, not within the horizon of {in_words(horizon.value)}."
    if begins is not None and ends is not None and ends <= begins:
        yield "ends before it starts."
    by_use = intervention.eligible is not None and intervention.eligible.recent_use is not None
    if by_use and isinstance(warm_up, Parameter) and warm_up.value < LEAST_WARM_UP_FOR_USE:
        yield f"picks people by recent use, which needs a warm-up of 52 weeks, not {in_words(warm_up.value)}."


def _seconds_after(moment: object, starts: object) -> Fraction | None:
    if isinstance(moment, Parameter):
        return moment.value
    if isinstance(moment, date) and isinstance(starts, date):
        return Fraction(seconds_between(starts, moment))
    return None


def _counts(experiment: Experiment, model: Model) -> Iterator[Complaint]:
    known = Known(model.origin.resolved, model)
    for name, count in experiment.counts.items():
        yield from complaints_of_count(("counts", name), count, known=known)


def _load(experiment: Experiment, model: Model) -> Iterator[Complaint]:
    horizon, warm_up = part(experiment, "horizon"), part(experiment, "warm_up")
    if not isinstance(horizon, Parameter) or not isinstance(warm_up, Parameter):
        return
    share = part(experiment, "population_share")
    days = (horizon.value + warm_up.value) / SECONDS_A_DAY
    total = sum((arrivals for _, arrivals in arrivals_a_day(model)), Fraction()) * days
    if isinstance(share, Fraction) and total * share > MOST_ARRIVALS_A_RUN:
        most = f"{MOST_ARRIVALS_A_RUN:,}"
        yield (
            ("horizon",),
            f"a run would bring about {float(total * share):,.0f} arrivals; {most} are the most.",
        )
