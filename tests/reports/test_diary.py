"""One person's diary in two worlds: their own events and no others, what was averted, what it cost."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from experiment.ward import EXPERIMENT, MODEL, ward_experiment
from typer.testing import CliRunner

from simulator.analysis.bills import Bills
from simulator.analysis.diary import Step, read_diary
from simulator.cli import app
from simulator.definition.experiment import Experiment
from simulator.definition.experiments import load_experiment
from simulator.definition.paid_by import read_paid_by
from simulator.engines import log
from simulator.engines.run import run
from simulator.errors import DefinitionError, OutputError
from simulator.experiment.follow import Followed, follow
from simulator.reports.diary import SAME, TwoDiaries, diary_page, diary_text, stay_words, write_diary
from simulator.reports.numbers import count_words


@pytest.fixture(scope="module")
def experiment(tmp_path_factory: pytest.TempPathFactory) -> Experiment:
    return ward_experiment(tmp_path_factory.mktemp("diary"))


@pytest.fixture(scope="module")
def followed(experiment: Experiment) -> Followed:
    return follow(experiment)


def test_the_frequent_one_is_enrolled_and_has_most_cases_of_all_who_are(followed: Followed) -> None:
    found = run(followed.programs["plans"], seed=20250401, replication=0, keeps_log=True).log
    usual = run(followed.programs["baseline"], seed=20250401, replication=0, keeps_log=True).log
    enrolled = set(found.person[found.what == log.ENROLLED].tolist())
    counted = (usual.what == log.OPENED) & (usual.second >= 52 * 7 * 86_400) & (usual.person >= 0)
    cases = np.bincount(usual.person[counted], minlength=300)

    assert followed.person in enrolled
    assert cases[followed.person] == max(cases[one] for one in enrolled)


@pytest.mark.parametrize("world", ["baseline", "plans"])
def test_a_diary_has_all_events_of_its_person_and_no_others(followed: Followed, world: str) -> None:
    whole = run(followed.programs[world], seed=20250401, replication=0, keeps_log=True).log
    mine = whole.person == followed.person

    for column in ("second", "what", "case", "activity", "klass"):
        assert (getattr(followed.logs[world], column) == getattr(whole, column)[mine]).all()
    assert len(followed.logs[world].second) == mine.sum() > 0


def test_what_was_averted_stands_beside_what_happened(followed: Followed) -> None:
    two = TwoDiaries(followed)
    averted = [row for row in two.rows() if row[3].startswith("averted by")]

    assert averted
    assert all(row[3] == "averted by Care plans" and "Ward" in row[2] for row in averted)
    assert f"Averted: {count_words(len(averted))} of ‘Illness’." in two.scope


def test_what_came_about_in_one_world_only_is_counted(followed: Followed) -> None:
    two = TwoDiaries(followed)
    begins = two.program.calendar.warm_up_seconds
    only = [
        one for one in two.usual.cases.values() if one.case not in two.other.cases and one.opened >= begins
    ]
    kept, *others = (one for one in only if (one.opened, one.klass) in two.other.averted)
    two.other = replace(two.other, averted=((kept.opened, kept.klass),))

    assert others
    assert (
        f"Averted: one of ‘Illness’. Besides, only in the baseline: {count_words(len(only) - 1)} of"
        in two.scope
    )


def test_before_enrolment_both_worlds_are_the_same(followed: Followed) -> None:
    rows = list(TwoDiaries(followed).rows())
    enrolled = next(place for place, row in enumerate(rows) if "is enrolled in Care plans" in row[3])

    assert {row[3] for row in rows[:enrolled] if row[1]} <= {SAME}


def test_what_is_the_same_in_both_worlds_takes_one_line(followed: Followed) -> None:
    two = TwoDiaries(followed)
    lines = diary_text(two).splitlines()
    same = [
        f"{when}  {what}".rstrip() + f": {usual}" for when, what, usual, other in two.rows() if other == SAME
    ]

    assert same
    assert set(same) <= set(lines)
    assert not any(line.endswith(f": {SAME}") for line in lines)


def test_how_often_the_person_was_served_is_counted_in_both_worlds(followed: Followed) -> None:
    two = TwoDiaries(followed)
    begins = two.program.calendar.warm_up_seconds
    served = [
        sum(
            step.starts is not None
            for case in one.cases.values()
            if case.opened >= begins
            for step in case.steps
        )
        for one in (two.usual, two.other)
    ]

    assert list(two.counts()) == [("Ward", *(str(one) for one in served))]
    assert served[0] > served[1]
    assert f"    Ward: {served[0]} | {served[1]}" in diary_text(two)
    assert "How often this person was served" in diary_page(two)


def test_time_kept_for_want_of_the_next_place_is_told_apart() -> None:
    bed, home = Step(activity=0, arrives=0), Step(activity=1, arrives=2 * 86_400)
    bed.starts, bed.leaves = 0, 5 * 86_400

    assert stay_words(bed, None) == "5 days"
    assert stay_words(bed, home) == "5 days (of them 3 days until the next could begin)"
    assert stay_words(home, None) == ""


def test_costs_add_up_from_contacts_and_days(followed: Followed) -> None:
    two = TwoDiaries(followed)
    for diary in (two.usual, two.other):
        for case in diary.cases.values():
            for step in (one for one in case.steps if one.leaves is not None and one.starts is not None):
                assert sum(step.pence.values()) == pytest.approx(
                    4500 + 8000 * (step.leaves - step.starts) / 86_400
                )


def test_a_long_stay_is_billed_to_whoever_pays_from_which_week_on(followed: Followed) -> None:
    program = followed.programs["baseline"]
    (ward,) = (place for place, one in enumerate(program.names.activities) if one == "ward")
    paid = read_paid_by([[0, {"city": 1}], [2, {"city": Decimal("0.75"), "people": Decimal("0.25")}]])
    bills, weeks = Bills(program, {ward: paid}), 7 * 86_400
    begins = program.calendar.warm_up_seconds

    short = bills.of(ward, 0, resource=0, span=(begins, begins + weeks))
    long = bills.of(ward, 0, resource=0, span=(begins, begins + 6 * weeks))

    city, people = (program.names.organisations.index(one) for one in ("city", "people"))
    assert short == pytest.approx({city: 4500 + 7 * 8000})
    assert long == pytest.approx({city: 4500 + (14 + 0.75 * 28) * 8000, people: 0.25 * 28 * 8000})


def test_each_world_is_billed_to_those_who_pay_in_it(tmp_path: Path) -> None:
    shared = '[scenarios.shared]\nset = { "activities.ward.paid_by" = { city = 0.75, people = 0.25 } }'
    (tmp_path / "ward.toml").write_text(MODEL, encoding="utf-8")
    (tmp_path / "plans.toml").write_text(EXPERIMENT + shared, encoding="utf-8")

    rows = list(TwoDiaries(follow(load_experiment(tmp_path / "plans.toml"), scenario="shared")).costs())

    (city, usual, most), (people, none, rest) = rows
    assert (city, people, none) == ("City hospital", "People (clients, families, carers)", "£0")
    pounds = [float(one.strip("£").replace(",", "")) for one in (usual, most, rest)]
    assert pounds[1:] == pytest.approx([0.75 * pounds[0], 0.25 * pounds[0]], abs=1)


def test_a_stay_is_billed_at_the_prices_of_the_day_it_began(followed: Followed) -> None:
    program = followed.programs["baseline"]
    ward, closes = program.names.activities.index("ward"), program.calendar.period_close_second
    contact_and_day = np.zeros((2, len(closes), program.prices.day.shape[1]))
    contact_and_day[1] = 100 * np.arange(len(closes))[:, None]  # a pound a day more in each period
    rising = replace(program.prices, changed=np.array([ward]), by_period=contact_and_day[None])

    span = (int(closes[2]), int(closes[6]))  # from the beginning of the fourth
    bill = Bills(replace(program, prices=rising), {}).of(ward, 0, resource=0, span=span)

    assert sum(bill.values()) == pytest.approx(300 * (closes[6] - closes[2]) / 86_400)


def test_a_step_is_billed_at_the_prices_of_its_group(followed: Followed) -> None:
    program = followed.programs["baseline"]
    by_group = np.broadcast_to(np.arange(program.prices.day.shape[1]) * 100.0, program.prices.day.shape)
    dear = replace(program, prices=replace(program.prices, day=by_group, contact=0 * by_group))
    diary = read_diary(followed.logs["baseline"], dear, segment=followed.segment)

    steps = [step for case in diary.cases.values() for step in case.steps]
    classes = program.names.classes
    group = followed.segment * len(classes) + classes.index("illness")
    billed = [(sum(one.pence.values()), one.leaves - one.starts) for one in steps if one.pence]
    assert billed
    assert all(pence == pytest.approx(group * 100 * length / 86_400) for pence, length in billed)


def test_a_person_or_scenario_that_is_not_there_is_told(experiment: Experiment) -> None:
    with pytest.raises(DefinitionError, match="there is no person 300; the people are numbered 0 to 299"):
        follow(experiment, person=300)
    with pytest.raises(DefinitionError, match="no scenario is called 'plan'; known are plans, fewer_beds"):
        follow(experiment, scenario="plan")


def test_the_command_prints_both_worlds_and_writes_a_page(experiment: Experiment, tmp_path: Path) -> None:
    page = tmp_path / "diary.html"
    words = [
        "follow",
        experiment.origin.file,
        "--person",
        "7",
        "--scenario",
        "fewer_beds",
        "--out",
        str(page),
    ]

    done = CliRunner().invoke(app, words)

    assert done.exit_code == 0, done.output
    assert "Person 7 in two worlds" in done.stdout
    assert "What it cost whom" in page.read_text(encoding="utf-8")


def test_a_page_of_another_hand_is_not_written_over(followed: Followed, tmp_path: Path) -> None:
    (tmp_path / "mine.html").write_text("mine")

    with pytest.raises(OutputError, match="no diary of ours"):
        write_diary(TwoDiaries(followed), tmp_path / "mine.html")


def test_the_same_person_is_told_in_the_same_words_twice(experiment: Experiment, followed: Followed) -> None:
    again = TwoDiaries(follow(experiment, person=followed.person))

    assert diary_text(again).splitlines()[2:] == diary_text(TwoDiaries(followed)).splitlines()[2:]
    assert "Read this first" in diary_page(again)


def test_where_nobody_lives_there_is_nobody_to_follow(tmp_path: Path) -> None:
    text = """schema_version = 1
starts = 2025-04-01
[referrals.hip]
rate = "1 per day"
starts_at = "ward"
[activities.ward]
resource = "none"
duration = "1 day"
"""
    (tmp_path / "m.toml").write_text(text)
    said = 'schema_version = 1\nmodel = "m.toml"\nhorizon = "4 weeks"\nseed = 1\n[scenarios.other]\n'
    (tmp_path / "e.toml").write_text(said)

    with pytest.raises(DefinitionError, match="nobody lives in this model"):
        follow(load_experiment(tmp_path / "e.toml"))
