"""The models that are there already: shipped ones, those of the validation cases, those of the benchmarks."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path

from worlds import World, text_of

from simulator.compiler import Window

REPOSITORY = Path(__file__).resolve().parents[3]
SHIPPED = REPOSITORY / "models"
VALIDATION = REPOSITORY / "tests" / "validation" / "models"
Makes = Callable[[], World]
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


def shipped() -> dict[str, Makes]:
    """List the shipped models, switches on and off; a year goes before what picks people by recent use."""
    long, short = window(warm_up_days=364, days=42, share=Fraction(1, 4)), window(days=28)
    part = window(warm_up_days=364, days=28, share=Fraction(1, 400))
    return {
        "home care": of_file("home_care", window(warm_up_days=5, days=60)),
        "access to practices": of_file("gp_access", window(days=4), "two_more"),
        "learning disability": of_file(
            "learning_disability", window(days=120), "learning_disability_service"
        ),
        "small place": of_file("small_place", short),
        "small place, care plans": of_file("small_place", long, *BOTH[:1]),
        "place": of_file("place", window(days=28, share=Fraction(1, 50))),
        "place, both switches": of_file("place", part, *BOTH),
    }


def of_file(name: str, asked: Window, *on: str) -> Makes:
    """Make a world of a shipped model when it is asked for: only then is the file read."""
    return lambda: World(text=text_of(SHIPPED / f"{name}.toml"), window=asked, on=on)


def validation() -> dict[str, Makes]:
    """List the models of the validation cases (not of stocks alone), and what is changed in them."""
    paths = [path for path in sorted(VALIDATION.glob("*.toml")) if "[activities" in path.read_text("utf-8")]
    found = {path.stem: changed(path) for path in paths}
    found["pooled wards"] = changed(
        VALIDATION / "an14_two_wards.toml",
        'activities.second_ward.resource="first_beds"',
        "resources.first_beds.capacity=18",
    )
    found["tandem with a place to wait"] = changed(
        VALIDATION / "pt01_tandem.toml",
        "resources.second_desk.room=1",
        'activities.first.keeps_place_until_next="has_room"',
    )
    return found


def changed(path: Path, *settings: str) -> Makes:
    """Make a world of a validation case, some values set otherwise."""
    asked = window(warm_up_days=1, days=BUSY.get(path.stem, 21))
    return lambda: World(text=text_of(path, settings), window=asked)


def benchmarks() -> dict[str, Makes]:
    """List the models that speed is measured on."""
    path = REPOSITORY / "benchmarks" / "workload_w.toml"
    return {"workload W": lambda: World(text=text_of(path), window=window(days=10))}
