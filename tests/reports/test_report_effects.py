"""Who does what, and what is known of it."""

from pathlib import Path

import pytest
from reports.building import Invented, comparison

from simulator.definition import load_model
from simulator.definition.effects import VERBS
from simulator.definition.model import Model
from simulator.definition.quantities import GRADES
from simulator.reports.blocks import Cited, Paragraph, Table
from simulator.reports.effect_words import effect_rows, path_words, reaches_both_ways
from simulator.reports.switches import switches_section

ROOT = Path(__file__).parents[2]
MOVES = """
[interventions.beds_at_home]
title = "Virtual ward"
[[interventions.beds_at_home.effects]]
substitution = { value = 0.4, low = 0.15, high = 1.0, grade = "B" }
[interventions.beds_at_home.effects.diverts]
at = "ae"
from = "ward"
to = "home"
share = { value = 0.045, low = 0.03, high = 0.06, source = "a count", grade = "C" }
[[interventions.beds_at_home.effects]]
step_down = { from = "ward", to = "home", last = "2.5 days", share = 0.10 }
[[interventions.beds_at_home.effects]]
times = "activities.ward.duration"
by_year = { 1 = 1.02, 3 = { value = 0.95, low = 0.9, high = 0.99 } }
for = ["frail"]
[activities.home]
duration = "4 days"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with the files of an invented comparison."""
    comparison(tmp_path, Invented())
    return tmp_path


def test_moves_are_told_as_shares_of_people_with_range_grade_and_source(folder: Path) -> None:
    path = folder / "model.toml"
    path.write_text(path.read_text(encoding="utf-8") + MOVES, encoding="utf-8")
    model = load_model(path)

    rows = effect_rows(model, model.interventions["beds_at_home"])

    assert rows[:4] == (
        (
            "Of those leaving A&E for ward, share sent to home if a place is free",
            "4.5%",
            "3.0% to 6.0%",
            "C",
            "a count",
        ),
        (
            "Of those sent to home, share who would else have gone to ward",
            "40%",
            "15% to 100%",
            "B",
            "not given",
        ),
        (
            "Of those going home from ward, share who leave early for home",
            "10%",
            "none given",
            "not graded",
            "not given",
        ),
        ("How much earlier they leave ward", "2.5 days", "none given", "not graded", "not given"),
    )
    assert [row[:3] for row in rows[4:]] == [
        ("Ward: how long, for frail, at the end of year 1 of the scheme", "+2%", "none given"),
        ("Ward: how long, for frail, at the end of year 3 of the scheme", "−5%", "−10% to −1%"),
    ]
    assert not reaches_both_ways(model.interventions["beds_at_home"])


def test_partners_that_help_and_places_that_move_are_told_as_effects(folder: Path) -> None:
    model = load_model(ROOT / "models" / "two_trusts.toml")

    pooled, moved = (
        effect_rows(model, model.interventions[one])
        for one in ("pooled_waiting_lists", "provider_collaborative")
    )

    among = "among ‘Theatres, City’ and ‘Theatres, Coast’"
    assert [row[:2] for row in pooled] == [
        (f"Chance that a person goes to a partner’s place, {among}", "10%"),
        (f"How long somebody waits before partners help, {among}", "40 weeks"),
        (f"Most starts at partners, of all together, {among}", "12 a week"),
    ]
    assert [row[1] for row in moved] == ["1", "70%"]


@pytest.fixture(scope="module")
def shipped() -> tuple[Model, ...]:
    return tuple(load_model(ROOT / "models" / f"{one}.toml") for one in ("place", "two_trusts"))


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_of_the_vocabulary_has_rows_with_a_grade(verb: str, shipped: tuple[Model, ...]) -> None:
    found = [
        (model, one.model_copy(update={"effects": (effect,)}))
        for model in shipped
        for one in model.interventions.values()
        for effect in one.effects
        if effect.verb == verb
    ]

    assert found
    for model, one in found:
        # What a scheme decides itself, such as after which wait partners help, needs no evidence.
        assert {grade for _, _, _, grade, _ in effect_rows(model, one)} & set(GRADES)


def test_buying_together_is_told_with_its_price_its_curve_and_what_agreeing_costs(
    shipped: tuple[Model, ...],
) -> None:
    place = shipped[0]

    rows = effect_rows(place, place.interventions["joint_procurement"])

    assert [row[:4] for row in rows] == [
        (
            "Price of home oxygen when all buy together, for Integrated care board",
            "−5.09%",
            "none given",
            "C",
        ),
        ("What it costs each that buys home oxygen to agree, once", "£12,000", "£5,000 to £30,000", "C"),
    ]


def test_an_effect_that_may_be_harm_is_said_aloud(folder: Path) -> None:
    section = switches_section(comparison(folder))

    said = [block.text for block in section.blocks if isinstance(block, Paragraph)]

    assert "The range reaches from less to more: it may help, do nothing, or add to demand." in said
    assert (
        "Besides care, it costs £80,000 once to set it up, paid by City hospital. "
        "The costs below have this in lines of its own." in said
    )


def test_the_evidence_of_an_intervention_stands_with_it(folder: Path) -> None:
    tables = [block for block in switches_section(comparison(folder)).blocks if isinstance(block, Table)]

    source = Cited(text="A survey, 2024", small="review")
    assert tables[-1].groups[0].rows == ((source, "not said", "A", "No difference was seen."),)


def test_a_path_is_said_in_words(folder: Path) -> None:
    model = load_model(folder / "model.toml")

    assert path_words(model, "needs.illness.rate") == "Sudden illness: how often"
    assert path_words(model, "resources.beds.capacity") == "Beds: capacity"
    assert path_words(model, "activities.ae.routes.ward") == "A&E: share going to ward"
