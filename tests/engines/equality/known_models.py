"""The models that are there already: shipped ones, those of the validation cases, those of the benchmarks."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path

from worlds import World, text_of

from simulator.compiler import Window

REPOSITORY = Path(__file__).resolve().parents[3]
SHIPPED = REPOSITORY / "models"
VALIDATION = REPOSITORY / "tests" / "validation" / "models"
DAY, WEEK = 86_400, 7 * 86_400
BOTH = ("mdt_care_plans", "virtual_ward")
# Days of those that would take long.
BUSY = {"ps04_urgent_care_111": 1, "an08_emergency_department": 8, "an08_three_clinics": 8}


def window(*, warm_up_days: int = 0, days: int, share: Fraction = Fraction(1)) -> Window:
    """Give a window that starts on the first of April."""
    return Window(
        starts=date(2025, 4, 1),
        warm_up_seconds=warm_up_days * DAY,
        horizon_seconds=days * DAY,
        period_seconds=4 * WEEK,
        population_share=share,
    )


def shipped() -> dict[str, World]:
    """List the shipped models, switches on and off; a year goes before what picks people by recent use."""
    small, place = text_of(SHIPPED / "small_place.toml"), text_of(SHIPPED / "place.toml")
    long, short = window(warm_up_days=364, days=42, share=Fraction(1, 4)), window(days=28)
    part = window(warm_up_days=364, days=28, share=Fraction(1, 400))
    care, access = text_of(SHIPPED / "home_care.toml"), text_of(SHIPPED / "gp_access.toml")
    county = text_of(SHIPPED / "learning_disability.toml")
    return {
        "home care": World(text=care, window=window(warm_up_days=5, days=60)),
        "access to practices": World(text=access, window=window(days=4), on=("two_more",)),
        "learning disability": World(
            text=county, window=window(days=120), on=("learning_disability_service",)
        ),
        "small place": World(text=small, window=short),
        "small place, care plans": World(text=small, window=long, on=BOTH[:1]),
        "place": World(text=place, window=window(days=28, share=Fraction(1, 50))),
        "place, both switches": World(text=place, window=part, on=BOTH),
    }


def validation() -> dict[str, World]:
    """List the models of the validation cases (not of stocks alone), and what is changed in them."""
    paths = [path for path in sorted(VALIDATION.glob("*.toml")) if "[activities" in text_of(path)]
    found = {path.stem: changed(path) for path in paths}
    found["pooled wards"] = changed(
        VALIDATION / "an14_two_wards.toml",
        ('activities.second_ward.resource="first_beds"', "resources.first_beds.capacity=18"),
    )
    found["tandem with a place to wait"] = changed(
        VALIDATION / "pt01_tandem.toml",
        ("resources.second_desk.room=1", 'activities.first.keeps_place_until_next="has_room"'),
    )
    return {
        name: World(text=text, window=window(warm_up_days=1, days=BUSY.get(name, 21)))
        for name, text in found.items()
    }


def benchmarks() -> dict[str, World]:
    """List the models that speed is measured on."""
    text = text_of(REPOSITORY / "benchmarks" / "workload_w.toml")
    return {"workload W": World(text=text, window=window(days=10))}


def changed(path: Path, settings: Sequence[str] = ()) -> str:
    """Give a model with some values set otherwise."""
    return text_of(path, tuple(settings))
