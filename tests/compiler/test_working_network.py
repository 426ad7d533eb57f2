"""What only shows when the parts of a model are put together: each fault with its message and its line."""

import pytest
from compiler.models import PEOPLE, TWO, window

from simulator.compiler import compile_model
from simulator.compiler.compile import begin
from simulator.compiler.cycles import find_rounds
from simulator.compiler.purposes import check_purposes
from simulator.errors import CompileError, DefinitionError

MOVES = """
[interventions.scheme]
[[interventions.scheme.effects]]
diverts = { at = "acute", from = "rehab", to = "lonely", share = 0.1 }
"""
LONELY = '[activities.lonely]\nduration = "1 day"\n'
BLOCKING = """
[referrals.fall]
rate = "1 per week"
starts_at = "ward"
[resources.a]
capacity = 2
[resources.b]
capacity = 2
[activities.ward]
resource = "a"
duration = "1 day"
keeps_place_until_next = "starts"
routes = { home = 0.5, exit = 0.5 }
[activities.home]
resource = "b"
duration = "1 day"
keeps_place_until_next = "starts"
routes = { ward = 0.1, exit = 0.9 }
"""


ASSESSED = """
[activities.assessed]
holds = "previous"
duration = "1 day"
keeps_place_until_next = "starts"
routes = "home"
"""
WARD = """duration = "5 days"
resident = true
routes = { frail = { exit = 0.9, died = 0.1 }, otherwise = "exit" }"""


def refusal(check, text: str, **said) -> str:
    """Give what is said when a model is refused."""
    with pytest.raises(CompileError) as refused:
        check(text, **said)
    return str(refused.value)


def test_an_activity_nobody_reaches_is_refused_where_it_is_written(check) -> None:
    said = refusal(check, TWO + LONELY)

    assert "activities.lonely: nobody ever comes here" in said
    assert f"place.toml:{(TWO + LONELY).splitlines().index('[activities.lonely]') + 3}:" in said


def test_two_activities_that_only_lead_to_each_other_are_reached_by_nobody(check) -> None:
    island = LONELY + 'routes = "other"\n[activities.other]\nduration = "1 day"\nroutes = "lonely"\n'

    said = refusal(check, TWO + island)

    assert "activities.lonely: nobody" in said
    assert "activities.other: nobody" in said


def test_an_activity_that_only_an_intervention_leads_to_is_no_fault_when_it_is_off(check) -> None:
    assert check(TWO + LONELY + MOVES).notes == ()
    assert check(TWO + LONELY + MOVES, on=["scheme"]).notes == ()


def test_a_cycle_nobody_leaves_is_refused(check) -> None:
    text = TWO.replace("exit = 0.75", "rehab_again = 0.75").replace("rehab_again", "again")
    text += '[activities.again]\nduration = "1 day"\nroutes = "acute"\n'
    text = text.replace('duration = "8 days"', 'duration = "8 days"\nroutes = "acute"')

    said = refusal(check, text)

    assert "activities.acute.routes: cases that come here go round for ever" in said
    assert "'acute' → 'again' → 'rehab' → 'acute'" in said


def test_a_cycle_with_a_way_out_is_allowed(check) -> None:
    text = TWO.replace('duration = "8 days"', 'duration = "8 days"\nroutes = { acute = 0.99, exit = 0.01 }')

    assert check(text.replace("capacity = 10", 'capacity = "unlimited"')).notes == ()


def test_giving_up_and_death_outside_are_ways_out(check) -> None:
    round_for_ever = 'duration = "8 days"\nroutes = "rehab"'
    gives_up = TWO.replace('duration = "8 days"', f'{round_for_ever}\npatience = "3 days"')
    dies = PEOPLE.replace(
        WARD,
        'duration = "5 days"\nroutes = "ward"',
    )

    assert check(gives_up).program.rows > 0
    said = refusal(check, dies)
    assert "activities.ward.routes: cases that come here go round for ever" in said  # the well do not die
    assert check(
        dies.replace('becomes = { frail = "0.02 per year" }', 'becomes = { dead = "0.02 per year" }')
    ).program


def test_a_cycle_that_takes_no_time_is_refused(check) -> None:
    text = TWO.replace('duration = "4 days"', 'duration = "0 days"').replace(
        'duration = "8 days"', 'duration = "0 days"\nroutes = { acute = 0.5, exit = 0.5 }'
    )

    said = refusal(check, text)

    assert "could go round 'acute' → 'rehab' → 'acute' for ever in no time" in said


def test_a_cycle_with_some_time_in_it_is_allowed(check) -> None:
    text = TWO.replace('duration = "4 days"', 'duration = "0 days"').replace(
        'duration = "8 days"', 'duration = "1 min"\nroutes = { acute = 0.5, exit = 0.5 }'
    )

    assert check(text).program.rows == 4


def test_a_ring_that_could_close_is_named(check) -> None:
    found = check(BLOCKING)

    assert [note.path for note in found.notes] == ["resources.a"]
    assert "could close a ring: a → b → a; it would be moved at the next midnight" in found.notes[0].text
    assert "it would end the run" in check('ring = "fail"\n' + BLOCKING).notes[0].text


def test_no_ring_is_seen_where_one_side_lets_go(check) -> None:
    assert check(BLOCKING.replace('keeps_place_until_next = "starts"\n', "", 1)).notes == ()


def test_a_ring_through_an_activity_done_in_the_place_held_is_seen(check) -> None:
    text = BLOCKING.replace("home = 0.5", "assessed = 0.5").replace(
        'keeps_place_until_next = "starts"\n', "", 1
    )
    text += ASSESSED

    assert "a → b → a" in check(text).notes[0].text


def test_more_than_ten_million_arrivals_a_day_are_refused_batches_counted(check) -> None:
    batch = 'rate = "2_000_000 per day"\nbatch = { geom = { p = 0.1 } }'

    said = refusal(check, TWO.replace('rate = "1 per day"', batch))

    assert "referrals.stroke: would bring about 20,000,000 arrivals a day; 10,000,000 are the most" in said


def test_two_things_with_the_same_draws_are_refused(load) -> None:
    draft = begin(load(TWO), window=window(), on=())

    check_purposes(
        draft,
        lambda kind, name: 7 if kind in ("activity", "referral") and name != "rehab" else hash_of(kind, name),
    )

    assert [fault.path for fault in draft.findings.faults] == ["activities.acute"]
    assert "its draws would be those of 'referrals.stroke'" in draft.findings.faults[0].text


def hash_of(kind: str, name: str) -> int:
    """Give a number that differs for each kind and name."""
    return int.from_bytes(f"{kind}:{name}".encode(), "big")


def test_no_two_things_of_a_model_have_the_same_draws_by_themselves(load) -> None:
    draft = begin(load(PEOPLE), window=window(), on=())

    check_purposes(draft)

    assert draft.findings.faults == []


def test_a_group_that_a_table_forgets_is_refused_only_if_it_can_come(check) -> None:
    forgets = PEOPLE.replace('duration = "5 days"', 'duration = { frail = "5 days", well = "4 days" }')

    said = refusal(check, forgets)

    assert "activities.ward.duration: says nothing for 'illness' of 'care_home'" in said
    assert check(
        forgets.replace(', care_home = "1.5 per year"', ', care_home = "0 per year"').replace(
            'care_home = "0.1 per year", ', ""
        )
    ).program


def test_a_referral_cannot_use_what_there_is_one_of_in_each_locality(check) -> None:
    text = PEOPLE.replace("capacity = 8", 'capacity = 8\neach = "locality"')
    text += '[referrals.stroke]\nrate = "1 per day"\nstarts_at = "ae"\n'

    said = refusal(check, text)

    assert (
        "activities.ae.resource: 'cubicles' is one in each locality, but cases of 'stroke' have no person"
        in said
    )


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ('starts = "2 years"', "scheme.starts: begins after the horizon of 28 days"),
        ("starts = 2025-03-01", "scheme.starts: begins before 2025-04-01"),
        ('starts = "2 weeks"\nends = "1 week"', "scheme.ends: ends before it begins"),
        (
            'eligible = { recent_use = { needs = ["illness"], at_least = 3, within = "4 quarters" } }',
            "recent_use: needs a warm-up of at least 52 weeks",
        ),
    ],
)
def test_an_intervention_that_does_not_fit_the_window_is_refused_when_on(
    check, said: str, found: str
) -> None:
    text = f"{PEOPLE}[interventions.scheme]\n{said}\n"

    assert found in refusal(check, text, on=["scheme"])
    assert check(text).program.rows > 0


def test_an_unknown_intervention_is_refused_with_the_nearest_name(check) -> None:
    text = PEOPLE + "[interventions.virtual_ward]\n"

    said = refusal(check, text, on=["virtual_wards"])

    assert "no intervention is called 'virtual_wards'. Did you mean 'virtual_ward'?" in said


@pytest.mark.parametrize(
    ("effect", "found"),
    [
        (
            'times = "activities.ae.cost.contact"\nvalue = 0.9\nfor = "enrolled"',
            "added up by segment, not by person",
        ),
        ('plus = "activities.ae.routes.ward"\nvalue = 0.1', "can only be multiplied"),
        ('times = "activities.ae.routes.exit"\nvalue = 0.1', "cannot gain its own cases"),
        ('times = "segments.well.joiners"\nvalue = 2\nfor = "enrolled"', "nobody enrolled is behind this"),
        (
            'times = "resources.cubicles.capacity"\nvalue = 2\nfor = "enrolled"',
            "nobody enrolled is behind this",
        ),
    ],
)
def test_an_effect_that_no_engine_can_have_is_refused_where_it_is_written(
    check, effect: str, found: str
) -> None:
    text = f"{PEOPLE}[interventions.scheme]\n[[interventions.scheme.effects]]\n{effect}\n"

    said = refusal(check, text, on=["scheme"])

    assert found in said
    assert "interventions.scheme.effects.0." in said


def test_a_substitution_of_nought_is_refused(check) -> None:
    text = TWO + LONELY + MOVES + "substitution = 0\n"

    assert "substitution is above 0" in refusal(check, text, on=["scheme"])


def test_a_law_that_cannot_be_is_refused_where_it_is_written(check) -> None:
    text = PEOPLE.replace(
        'duration = "5 days"',
        'duration = { frail = { beta = { a = 2, b = 2, mean = "1 d", sd = "9 d" } }, otherwise = "1 d" }',
    )

    assert "activities.ward.duration.frail" in refusal(check, text)


def test_all_faults_are_told_in_one_pass(check) -> None:
    said = refusal(check, TWO + LONELY + LONELY.replace("lonely", "forgotten"))

    assert len(said.splitlines()) == 2


def test_rounds_are_found_among_nodes_that_reach_each_other() -> None:
    network = {0: [1], 1: [2], 2: [0, 3], 3: [4], 4: [3], 5: [5], 6: [5]}

    assert find_rounds(network) == [(0, 1, 2), (3, 4), (5,)]


def test_a_long_chain_is_searched_without_recursion() -> None:
    chain = {node: [node + 1] for node in range(5000)} | {5000: [0]}

    assert len(find_rounds(chain)[0]) == 5001


def test_settings_are_checked_again(load) -> None:
    model = load(TWO)

    bigger = compile_model(model, window=window(), settings=["resources.beds.capacity=14"])

    assert bigger.resources.capacity.tolist() == [14]
    with pytest.raises(DefinitionError, match="capacity"):
        compile_model(model, window=window(), settings=["resources.beds.capacity=-1"])
