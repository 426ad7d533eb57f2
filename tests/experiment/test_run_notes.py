"""What changes nothing in a run is said before it is run, and beside every figure of it."""

from collections.abc import Callable
from pathlib import Path

from simulator.definition.experiment import Experiment
from simulator.experiment.examine import examine
from simulator.experiment.run_notes import run_notes
from simulator.experiment.scenarios import compile_scenarios

Make = Callable[..., Experiment]


def notes(experiment: Experiment) -> tuple[str, ...]:
    return run_notes(experiment, compile_scenarios(experiment))


def test_a_capacity_that_rounds_to_the_same_places_is_said_to_change_nothing(ward: Make) -> None:
    found = notes(ward("population_share=0.25", "resources.beds.capacity=11"))

    (one,) = (note for note in found if note.startswith("set:"))
    assert one.startswith("set: resources.beds.capacity = 11 changes nothing here: at 0.25 of the place")
    assert "it comes to 3, as the model file's own does" in one


def test_a_capacity_that_makes_a_difference_is_not(ward: Make) -> None:
    assert not any(
        "set:" in note for note in notes(ward("population_share=0.25", "resources.beds.capacity=8"))
    )
    assert not any("set:" in note for note in notes(ward("resources.beds.capacity=11")))


def test_a_scenario_whose_places_round_to_the_baselines_is_said_to_be_the_baseline_again(ward: Make) -> None:
    found = notes(ward("population_share=0.25"))

    assert (
        "scenarios.fewer_beds: beds: at 0.25 of the place, rounded up, it comes to 3, as in the baseline."
        in (found)
    )
    assert any(note.startswith("scenarios.fewer_beds: is the baseline again: what it sets") for note in found)
    assert not any("is the baseline again" in note for note in notes(ward()))


def test_a_scenario_that_says_nothing_is_said_to_be_the_baseline_again(ward: Make) -> None:
    found = notes(ward("scenarios.plans.on=[]"))

    (one,) = (note for note in found if "baseline again" in note)
    assert one.startswith("scenarios.plans: is the baseline again: it sets nothing and switches nothing on")


def test_a_period_longer_than_the_horizon_is_noted(ward: Make) -> None:
    found = notes(ward("horizon='4 weeks'", "report_every='8 weeks'"))

    assert "report_every: 56 days is longer than the horizon of 28 days" in " ".join(found)


def test_a_log_that_stocks_cannot_keep_is_noted(ward: Make) -> None:
    of_stocks = notes(ward("log='all'", "engine='stocks'", "replications=1"))

    assert any(note.startswith("log: nothing is kept in it") for note in of_stocks)
    assert not any(note.startswith("log:") for note in notes(ward("log='all'")))


def test_a_check_says_each_note_once_with_where_it_holds(ward: Make) -> None:
    file = Path(ward().origin.file)

    lines = examine(file, settings=("resources.beds.capacity=1",)).lines

    (few,) = (line for line in lines if "places asked for, above the mean of 1" in line)
    assert "(In the baseline, 'plans'.)" in few


def test_a_check_says_how_much_there_is_to_run_and_what_will_not_fit(ward: Make) -> None:
    file = Path(ward().origin.file)

    lines = examine(file).lines
    many = examine(file, settings=("referrals.elective.rate=8 per second",)).lines

    assert "on paper: 1.271 needs and referrals begin a day." in lines
    assert any("in a run of 2.99 years, warm-up included; 3 runs of each of 3 worlds" in one for one in lines)
    assert not any("GB of memory" in one for one in lines)
    assert any("a year of them takes about 5 GB of memory a worker" in one for one in many)


def test_few_base_points_of_sobols_indices_are_noted(ward: Make) -> None:
    vary = "vary={ 'activities.ward.cost.day' = { from = '£40', to = '£90' } }"

    few, fewer, enough, plain = (
        [
            one
            for one in notes(ward(vary, f"design={{ kind = 'sobol', runs = {runs}, indices = {indices} }}"))
            if "base points" in one
        ]
        for runs, indices in ((31, "true"), (8, "true"), (32, "true"), (8, "false"))
    )

    assert (enough, plain) == ([], [])
    [said] = few
    assert said.startswith("design.runs: 31 base points are few for Sobol' indices: the widest of their 95%")
    assert "less often than they say" not in said
    assert "and hold the truth less often than they say." in fewer[0]
