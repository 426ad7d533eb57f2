"""What a check expects of a model before it is run: loads, arrivals a day, deaths by both ways."""

from dataclasses import dataclass

import numpy as np

from simulator.compiler.flows import Flows, baseline_flows, needs_a_year, referrals_a_second
from simulator.compiler.program import ABSENT, NO_LIMIT, Floats, Program
from simulator.units import SECONDS_A_DAY, SECONDS_A_YEAR


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedDeaths:
    """Deaths a year by a model's own numbers: by hazard outside resident activities, by route in any."""

    outside: float
    inside: float


def expected_load(program: Program, flows: Flows | None = None) -> Floats:
    """Give the mean places in use of each resource (R), turning round included, if nobody ever waited."""
    flows = flows or baseline_flows(program)
    found = np.zeros(len(program.names.resources))
    shares = home_shares(program)
    nobody = len(program.names.segments) * len(program.names.classes)
    for activity, turnaround in enumerate(program.activities.turnaround_law):
        extra = 0.0 if turnaround == ABSENT else float(program.laws.mean[turnaround])
        busy = flows.visits[activity] * (flows.stay[activity] + flows.kept[activity] + extra)
        for home, resource in enumerate(program.activities.resource[activity]):
            if resource != ABSENT:
                of_people = busy[:nobody].sum() * shares[home] if home < len(shares) else busy[nobody:].sum()
                found[resource] += of_people
    return found


def home_shares(program: Program) -> Floats:
    """Give the share of people who live in each home (H)."""
    return np.diff(program.people.home_cumulative, prepend=0.0)


def mean_capacity(program: Program) -> Floats:
    """Give each resource's mean capacity over the run (R), nought when closed; infinite if ever unlimited.

    What stocks drive is not known beforehand: not a number.
    """
    found = np.zeros(len(program.names.resources))
    resources, end = program.resources, program.calendar.end_second
    for resource in range(len(found)):
        mine = resources.change_resource == resource
        seconds = np.concatenate([[0], resources.change_second[mine], [end]])
        levels = np.concatenate([[resources.capacity[resource]], resources.change_capacity[mine]])
        open_levels = np.where(levels == NO_LIMIT, np.inf, levels.astype(np.float64))
        spans = np.diff(seconds)
        used = spans > 0
        found[resource] = float((open_levels[used] * spans[used]).sum() / max(end, 1))
    if program.exchange is not None:
        found[program.exchange.line_resource] = np.nan
    return found


def arrivals_a_day(program: Program) -> dict[str, float]:
    """Give the first arrivals a day of each need and referral."""
    yearly = needs_a_year(program).sum(axis=1)
    found = {
        name: float(yearly[place]) * SECONDS_A_DAY / SECONDS_A_YEAR
        for place, name in enumerate(program.names.needs)
    }
    rates = referrals_a_second(program)
    return found | {name: rates[place] * SECONDS_A_DAY for place, name in enumerate(program.names.referrals)}


def expected_deaths(program: Program, flows: Flows | None = None) -> ExpectedDeaths:
    """Give the deaths a year of the people of the first day, by both ways."""
    flows = flows or baseline_flows(program)
    people = program.people.segment_people.astype(np.float64)
    segments, classes = len(people), len(program.names.classes)
    resident = (flows.visits * flows.stay)[program.activities.resident].sum(axis=0)
    inside_now = resident.reshape(segments + 1, classes).sum(axis=1)[:segments]
    outside_now = np.maximum(people - inside_now, 0.0)
    of_people = flows.died[:, : segments * classes].sum()
    return ExpectedDeaths(
        outside=float((outside_now * program.people.hazard[:, -1]).sum()),
        inside=float(of_people) * SECONDS_A_YEAR,
    )
