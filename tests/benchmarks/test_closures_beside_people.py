"""What a scenario changes, by closure: how it is taken, and how it is counted."""

from pathlib import Path

from closures_beside_people import CLOSURES, Asked, Beside, effects


def change(people: float, *, stocks: float | None) -> Beside:
    told = dict.fromkeys(CLOSURES, stocks)
    return Beside(kind="flow", name="ae", people=people, half=0.1, stocks=told)


def test_a_change_is_the_scenario_less_the_baseline() -> None:
    asked = Asked(file=Path("a.toml"), settings=(), scenario="more")
    usual = {("flow", "ae"): 5.0, ("wait", "ae"): 1.0}

    found = asked.compared({"baseline": usual, "more": {("flow", "ae"): 4.0, ("wait", "ae"): None}})

    assert found == {("flow", "ae"): -1.0, ("wait", "ae"): None}


def test_only_what_people_are_sure_of_is_compared() -> None:
    asked = Asked(file=Path("a.toml"), settings=(), scenario="more")

    # Half of a 95% interval of eight is 2.365 standard errors.
    assert asked.is_compared("flow", people=-3.1, half=2.365, number=8)
    assert not asked.is_compared("flow", people=-2.9, half=2.365, number=8)


def test_changes_are_counted_by_sign_and_by_size() -> None:
    found = [
        change(-2.0, stocks=-1.6),
        change(1.0, stocks=1.45),
        change(1.0, stocks=-0.2),
        change(1, stocks=None),
    ]

    row = list(effects({"place": found}))[2]

    # A fifth too little, 45% too much, the other way about, not told at all.
    assert row == "| place | fluid | 2 of 4 | 1 of 4 | 2 of 4 | 72% |"
