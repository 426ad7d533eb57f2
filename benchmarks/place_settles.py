"""Print the place's settled figures beside the evidence's: ``python benchmarks/place_settles.py --weeks 52 --replications 1``.

One row is one target of the evidence (README, section 4) with the tolerance asked of it. The whole place takes some minutes a
simulated year in the readable engine; ``--share 0.2`` gives a fifth of it, which is another, more crowded system.
"""

import argparse
from collections.abc import Callable, Mapping
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
Read = Callable[[str], float]


@dataclass(frozen=True)
class Target:
    """One figure of the evidence: how the model gives it, what it should be, and how near is near enough."""

    title: str
    figure: Callable[[Read], float]
    wanted: float | None = None
    within: float | None = None
    is_absolute: bool = False
    is_scaled: bool = True

    def is_met(self, found: float, share: float) -> bool | None:
        """Say whether a figure is near enough, or nothing where nearness was not asked."""
        if self.wanted is None or self.within is None:
            return None
        wanted = self.wanted * share if self.is_scaled else self.wanted
        return abs(found - wanted) <= self.within * (1 if self.is_absolute else wanted)


def total(read: Read, form: str, names: tuple[str, ...]) -> float:
    """Add up one measure over several activities or resources."""
    return sum(read(form.format(name)) for name in names)


def admitted(read: Read) -> float:
    """Emergency admissions a day: straight to a ward from A&E, and all of same-day care."""
    return total(read, "activity.{}.starts_per_day", (*WARDS, *FRONT)) - from_same_day_care(read)


def overnight(read: Read) -> float:
    """Emergency admissions a day that stay the night."""
    return total(read, "activity.{}.starts_per_day", WARDS)


def from_same_day_care(read: Read) -> float:
    """Those of them who came to a ward through same-day care: admitted once, counted in both."""
    onward = {ward: "same_day_surgical" if ward == "ward_surgery" else "same_day" for ward in WARDS}
    return sum(read(f"activity.{ward}.by.class.{klass}.starts_per_day") for ward, klass in onward.items())


TARGETS = (
    Target("A&E attendances (type 1) a day", lambda r: r("activity.ae.arrivals_per_day"), 216, 0.05),
    Target("all-type attendances a day", lambda r: total(r, "activity.{}.arrivals_per_day", ("ae", "urgent_treatment_centre")), 342, 0.05),
    Target("emergency admissions a day", admitted, 83.6, 0.05),
    Target("… of them overnight", overnight, 44.4, 0.05),
    Target("elective overnight stays a day", lambda r: r("activity.ward_elective.starts_per_day"), 11.1, 0.05),
    Target("day cases a day", lambda r: r("activity.day_case.starts_per_day"), 100, 0.05),
    Target("beds occupied, mean", lambda r: total(r, "resource.{}.in_use_mean", BEDS), 454, 0.10),
    Target("beds occupied at midnight", lambda r: r("count.midnight_beds.mean"), 454, 0.10),
    Target("people delayed in a bed, mean", lambda r: total(r, "resource.{}.kept_mean", BEDS), 60, 0.10),
    Target("people boarding in A&E", lambda r: r("resource.ae_spaces.kept_mean"), 12, 4, is_absolute=True),
    Target("four-hour share, type 1", lambda r: r("clock.four_hour.within.4_hours"), 0.569, 0.05, is_absolute=True, is_scaled=False),
    Target("over twelve hours", lambda r: 1 - r("clock.four_hour.within.12_hours"), 0.092, is_scaled=False),
    Target("left A&E before being seen, share", lambda r: r("activity.ae.gave_up_share"), 0.045, is_scaled=False),
    Target("conveyed to A&E by ambulance a day", lambda r: r("activity.ae.by.class.conveyed.arrivals_per_day"), 58),
    Target("calls to 111 a day", lambda r: r("activity.call_111.starts_per_day"), 256),
    Target("GP contacts a person and year", lambda r: total(r, "activity.{}.starts_per_day", ("same_day_appointment", "routine_appointment")) * 365.25 / 275_000, 6.2),
    Target("… of them the same day, share", lambda r: r("activity.same_day_appointment.starts_per_day") / total(r, "activity.{}.starts_per_day", ("same_day_appointment", "routine_appointment")), 0.45, is_scaled=False),
    Target("wait for a routine appointment, days", lambda r: r("activity.routine_appointment.wait_mean_days"), 10.5, is_scaled=False),
    Target("district nurse visits a day", lambda r: r("activity.district_nurse_visit.starts_per_day"), 339),
    Target("pathway 1 starts a day", lambda r: r("activity.home_with_support.starts_per_day"), 5.3),
    Target("pathway 2 starts a day", lambda r: r("activity.rehabilitation_bed.starts_per_day"), 2.1),
    Target("pathway 3 starts a day", lambda r: r("activity.step_down_bed.starts_per_day"), 1.5),
    Target("virtual ward occupancy", lambda r: r("resource.virtual_ward_places.occupancy_mean"), 0.78, is_scaled=False),
    Target("home care packages running", lambda r: r("activity.home_care.in_progress_mean"), 1_190),
    Target("waiting for an operation with a stay", lambda r: r("activity.surgery.waiting_mean"), 1_750),
    Target("waiting for a day case", lambda r: r("activity.day_case.waiting_mean"), 7_000),
    Target("waiting for a social care assessment", lambda r: r("activity.social_care_assessment.waiting_mean"), 2_060),
    Target("deaths a year", lambda r: r("deaths_per_year"), 2_650),
)  # fmt: skip


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
        found = mean(one[target.title] for one in runs)
        wanted = "" if target.wanted is None else target.wanted * (share if target.is_scaled else 1)
        met = {True: "met", False: "NOT met", None: ""}[target.is_met(found, share)]
        print(f"| {target.title:<40} | {wanted:>9.5g} | {found:>9.4g} | {met:<7} |")


if __name__ == "__main__":
    main()
