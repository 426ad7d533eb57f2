"""Names and titles may hold nothing that surprises a file system, a page or a spreadsheet."""

from collections.abc import Callable

import pytest

from simulator.definition import Model

Faults = Callable[..., str]
Load = Callable[..., Model]


@pytest.mark.parametrize(
    "name",
    [
        "a/b",
        "a\\u0000b",
        "\N{GRINNING FACE}",
        "a\N{RIGHT-TO-LEFT OVERRIDE}b",
        "x" * 10_000,
        "CON",
        "con",
        "lpt1",
        "../../x",
        "<script>",
        "=cmd|' /C calc'!A0",
        "Ward",
        "é",
        "",
        "2nd",
        "a b",
    ],
)
def test_a_hostile_name_is_refused_and_shown_harmlessly(faults: Faults, name: str) -> None:
    said = faults(more=f'[activities."{name}"]\nduration = "1 day"\n')

    assert said.startswith("model.toml:11: activities.")
    assert len(said) < 400
    assert said.isprintable()


def test_a_capital_in_a_name_is_told_the_small_letter(faults: Faults) -> None:
    assert "Did you mean 'ward2'?" in faults(more='[activities.Ward2]\nduration = "1 day"\n')
    assert "no resource is called 'Beds'. Did you mean 'beds'?" in faults(('"beds"', '"Beds"'))


@pytest.mark.parametrize("title", ["a\\u0000b", "a\N{RIGHT-TO-LEFT MARK}b", "x" * 10_000, "a\\u001bb"])
def test_a_title_with_invisible_letters_or_no_end_is_refused(faults: Faults, title: str) -> None:
    assert faults(first=f'title = "{title}"\n').startswith("model.toml:1: title: ")


@pytest.mark.parametrize("title", ["<img src=x onerror=alert(1)>", "=cmd|x", "Café \N{GRINNING FACE}"])
def test_a_title_may_hold_what_pages_escape(model: Load, title: str) -> None:
    assert model(first=f'title = "{title}"\n').title == title


@pytest.mark.parametrize(
    ("kind", "name", "rest"),
    [
        ("activities", "exit", 'duration = "1 day"'),
        ("activities", "died", 'duration = "1 day"'),
        ("resources", "none", "capacity = 1"),
        ("segments", "lognorm", "people = 1"),
        ("segments", "otherwise", "people = 1"),
        ("segments", "dead", "people = 1"),
    ],
)
def test_a_name_with_a_meaning_of_its_own_is_refused(faults: Faults, kind: str, name: str, rest: str) -> None:
    said = faults(more=f"[{kind}.{name}]\n{rest}\n")

    assert said.startswith(f"model.toml:11: {kind}.{name}: '{name}' has a meaning of its own")


def test_a_segment_and_a_referral_may_not_share_a_name(faults: Faults) -> None:
    said = faults(more="[segments.stroke]\npeople = 1\n")

    assert "referrals.stroke: 'stroke' is the id of one of the segments too" in said
