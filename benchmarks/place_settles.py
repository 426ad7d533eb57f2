"""Print the place's settled figures beside the evidence's.

    python benchmarks/place_settles.py --weeks 52 --replications 1

A row is a target of the evidence (README, section 4) with the tolerance asked of it. ``--share 0.2`` gives a
fifth of the place: another system.
"""

import argparse
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from statistics import mean

from simulator.analysis import measures
from simulator.analysis.reading import Frame, Reading
from simulator.compiler.compile import compile_model
from simulator.compiler.program import Program
from simulator.compiler.window import Window
from simulator.definition import load_model
from simulator.engines.run import run
from simulator.experiment.layout import layout
from simulator.experiment.measure_names import read_name, vocabulary
from simulator.experiment.observe import observe
from simulator.experiment.window import periods
from simulator.units import SECONDS_A_WEEK

PLACE = Path(__file__).parent.parent / "models" / "place.toml"
BEDS = ("beds_medicine", "beds_older", "beds_surgery", "beds_children")
WARDS = ("ward_medicine", "ward_older", "ward_surgery", "outlier", "ward_children")
FRONT = ("same_day_care", "observation")
GP = ("same_day_appointment", "routine_appointment")
PERSON_YEARS_A_DAY = 275_000 / 365.25


@dataclass(frozen=True)
class Target:
    """One figure: measures to add up (take away, divide by), what the evidence says, how near is near enough.

    ``scale`` divides the sum. Figures that ``is_level`` do not grow with the population.
    """

    title: str
    plus: tuple[str, ...]
    wanted: float
    within: float | None = None
    minus: tuple[str, ...] = ()
    over: tuple[str, ...] = ()
    scale: float = 1
    is_level: bool = False

    def figure(self, read: Callable[[str], float]) -> float:
        """Work the figure out."""
        found = sum(map(read, self.plus)) - sum(map(read, self.minus))
        return found / (sum(map(read, self.over)) if self.over else self.scale)

    def expected(self, share: float) -> float:
        """Give the evidence's figure for a share of the place."""
        return self.wanted if self.is_level else self.wanted * share


def each(form: str, names: Iterable[str]) -> tuple[str, ...]:
    """Name one measure of several activities or resources."""
    return tuple(form.format(name) for name in names)


def activity(name: str, what: str = "starts_per_day") -> tuple[str, ...]:
    """Name one measure of one activity."""
    return (f"activity.{name}.{what}",)


STARTS = "activity.{}.starts_per_day"
# Admitted once through same-day care and counted again on the ward.
THROUGH_SAME_DAY_CARE = tuple(
    f"activity.{ward}.by.class.{'same_day_surgical' if ward == 'ward_surgery' else 'same_day'}.starts_per_day"
    for ward in WARDS
)
AE, UTC = activity("ae", "arrivals_per_day"), activity("urgent_treatment_centre", "arrivals_per_day")
OVER_TWELVE = ("clock.four_hour.within.12_hours",)
TARGETS = (
    Target("A&E attendances (type 1) a day", AE, 216, 216 * 0.05),
    Target("all-type attendances a day", AE + UTC, 342, 342 * 0.05),
    Target(
        "emergency admissions a day",
        each(STARTS, WARDS + FRONT),
        83.6,
        83.6 * 0.05,
        minus=THROUGH_SAME_DAY_CARE,
    ),
    Target("... of them overnight", each(STARTS, WARDS), 44.4, 44.4 * 0.05),
    Target("elective overnight stays a day", activity("ward_elective"), 11.1, 11.1 * 0.05),
    Target("day cases a day", activity("day_case"), 100, 100 * 0.05),
    Target("beds occupied, mean", each("resource.{}.in_use_mean", BEDS), 454, 45.4),
    Target("beds occupied at midnight", ("count.midnight_beds.mean",), 454, 45.4),
    Target("people delayed in a bed, mean", each("resource.{}.kept_mean", BEDS), 60, 6),
    Target("people boarding in A&E", ("resource.ae_spaces.kept_mean",), 12, 4),
    Target("four-hour share, type 1", ("clock.four_hour.within.4_hours",), 0.569, 0.05, is_level=True),
    Target("twelve-hour share", OVER_TWELVE, 0.908, is_level=True),
    Target("left A&E before being seen", activity("ae", "gave_up_share"), 0.045, is_level=True),
    Target("conveyed to A&E a day", activity("ae", "by.class.conveyed.arrivals_per_day"), 58),
    Target("calls to 111 a day", activity("call_111"), 256),
    Target("GP contacts a person and year", each(STARTS, GP), 6.2, scale=PERSON_YEARS_A_DAY),
    Target("... of them the same day", activity(GP[0]), 0.45, over=each(STARTS, GP), is_level=True),
    Target("wait for a routine appointment, days", activity(GP[1], "wait_mean_days"), 10.5, is_level=True),
    Target("district nurse visits a day", activity("district_nurse_visit"), 339),
    Target("pathway 1 starts a day", activity("home_with_support"), 5.3),
    Target("pathway 2 starts a day", activity("rehabilitation_bed"), 2.1),
    Target("pathway 3 starts a day", activity("step_down_bed"), 1.5),
    Target("virtual ward occupancy", ("resource.virtual_ward_places.occupancy_mean",), 0.78, is_level=True),
    Target("home care packages running", activity("home_care", "in_progress_mean"), 1_190),
    Target("waiting for an operation with a stay", activity("surgery", "waiting_mean"), 1_750),
    Target("waiting for a day case", activity("day_case", "waiting_mean"), 7_000),
    Target("waiting for a social care assessment", activity("social_care_assessment", "waiting_mean"), 2_060),
    Target("deaths a year", ("deaths_per_year",), 2_750),
)


def read_run(program: Program, *, seed: int, replication: int) -> Reading:
    """Run one replication of the baseline and keep what measures read."""
    frame = Frame(program=program, layout=layout(program), periods=periods(program.calendar))
    done = run(program, seed=seed, replication=replication)
    return Reading(observation=observe(done, program, scenario="baseline"), frame=frame)


def figures(reading: Reading) -> Mapping[str, float]:
    """Give every target's figure in one run."""
    known = vocabulary([reading.frame.program])

    def read(text: str) -> float:
        found = measures.value(reading, read_name(text, known))
        return float("nan") if found is None else found

    return {target.title: target.figure(read) for target in TARGETS}


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(description="The place's settled figures beside the evidence's.")
    asked.add_argument("--model", type=Path, default=PLACE)
    asked.add_argument("--share", type=Fraction, default=Fraction(1))
    asked.add_argument("--warm-up", type=int, default=52, help="weeks")
    asked.add_argument("--weeks", type=int, default=52)
    asked.add_argument("--replications", type=int, default=1)
    asked.add_argument("--seed", type=int, default=20250401)
    said = asked.parse_args()
    window = Window(
        starts=date(2025, 4, 1),
        warm_up_seconds=said.warm_up * SECONDS_A_WEEK,
        horizon_seconds=said.weeks * SECONDS_A_WEEK,
        period_seconds=4 * SECONDS_A_WEEK,
        population_share=said.share,
    )
    program = compile_model(load_model(said.model), window=window)
    runs = [figures(read_run(program, seed=said.seed, replication=one)) for one in range(said.replications)]
    share = float(said.share)
    print(f"| {'figure':<40} | {'evidence':>9} | {'model':>9} | asked |")
    print(f"|{'-' * 42}|{'-' * 10}:|{'-' * 10}:|-------|")
    for target in TARGETS:
        found, wanted = mean(one[target.title] for one in runs), target.expected(share)
        print(f"| {target.title:<40} | {wanted:>9.5g} | {found:>9.4g} | {judged(target, found, wanted):<7} |")


def judged(target: Target, found: float, wanted: float) -> str:
    """Say whether a figure is near enough, where nearness was asked."""
    if target.within is None:
        return ""
    near = target.within * wanted / target.wanted
    return "met" if abs(found - wanted) <= near else "NOT met"


if __name__ == "__main__":
    main()
