"""Cases that an effect on a share sends another way than they would have gone: counted once each."""

import pytest
from telling import Said, Told, tell

HELP = """
[segments.adults]
people = 300
[segments.others]
people = 10
[needs.ache]
rate = "1 per year"
starts_at = { gp = 0.5, ae = 0.3, pharmacy = 0.2 }
one_at_a_time = false
[resources.beds]
capacity = 300
[activities.gp]
duration = "1 h"
routes = { ward = 0.5, home = { to = "exit", share = 0.3 }, pharmacy = 0.2 }
[activities.ae]
duration = "1 h"
[activities.pharmacy]
duration = "1 h"
[activities.ward]
resource = "beds"
duration = "10 h"
"""
AT_HOME = """
[activities.at_home]
duration = "1 h"
"""
ACHES: Said = [(f"{minute} min", "ache", minute) for minute in range(300)]
CALLS = HELP.replace(
    '[needs.ache]\nrate = "1 per year"\n', f"[referrals.ache]\nat = {[f'{one} min' for one in range(300)]}\n"
).replace("one_at_a_time = false\n", "")
WARD, HOME = "activities.gp.routes.ward", "activities.gp.routes.home"


def effect(path: str, value: float, *, instead: str, rules: str = "") -> str:
    """Give one effect on a share."""
    return f'[[interventions.a.effects]]\ntimes = "{path}"\nvalue = {value}\ninstead = "{instead}"\n{rules}'


def switch(*effects: str) -> str:
    """Give the intervention of some effects."""
    return "[interventions.a]\n" + "".join(effects)


def visits(told: Told) -> dict[int, tuple[str, ...]]:
    """Give where each case came, in order, by number."""
    found: dict[int, tuple[str, ...]] = {}
    for row in told.rows("arrives"):
        case = int(row.split("#")[1].split()[0])
        found[case] = (*found.get(case, ()), row.split()[-1])
    return found


def sent(told: Told) -> list[int]:
    """Give how many each move moved, and each effect on a share sent from its route, and to it; as many
    were to go."""
    records = told.run.enrolments
    assert (records.offered == records.moved).all()
    return [int(one) for one in records.moved.sum(axis=0)]


def both(text: str, *, needs: Said = ACHES) -> tuple[Told, Told]:
    """Tell a model with the switch off and on."""
    off, on = (tell(text, needs=needs, on=on) for on in ([], ["a"]))
    return off, on


@pytest.mark.parametrize(("value", "instead"), [(0.5, "gp"), (0, "pharmacy"), (1.4, "gp")])
def test_needs_that_start_elsewhere_are_counted_and_displaced(value: float, instead: str) -> None:
    off, on = both(HELP + switch(effect("needs.ache.starts_at.ae", value, instead=instead)))
    before, after = visits(off), visits(on)

    moved = sum(before[case][0] != after[case][0] for case in before)

    assert moved > 20
    assert sent(on) == ([moved, 0] if value < 1 else [0, moved])
    assert on.run.needs.displaced.sum() == moved
    assert on.run.needs.happened.sum() == off.run.needs.happened.sum()


def test_referrals_that_start_elsewhere_are_counted_but_are_no_needs() -> None:
    off, on = both(CALLS + switch(effect("referrals.ache.starts_at.ae", 0.5, instead="gp")), needs=())
    before, after = visits(off), visits(on)

    assert sent(on) == [sum(before[case][0] != after[case][0] for case in before), 0]
    assert sent(on) > [20]
    assert not on.run.needs.displaced.any()


@pytest.mark.parametrize(("value", "instead"), [(0.5, "home"), (0, "pharmacy"), (1.5, "pharmacy")])
def test_cases_that_take_another_route_are_counted_and_displaced(value: float, instead: str) -> None:
    off, on = both(HELP + switch(effect(WARD, value, instead=instead)))
    before, after = visits(off), visits(on)

    moved = sum(before[case] != after[case] for case in before)

    assert moved > 15
    assert sent(on) == ([moved, 0] if value < 1 else [0, moved])
    assert on.run.needs.displaced.sum() == moved


def test_nobody_is_counted_whom_the_effect_is_not_for_or_while_it_is_off() -> None:
    rules = 'for = ["others"]\n'
    off, on = both(HELP + switch(effect(WARD, 0, instead="home", rules=rules)))

    assert sent(off) == []
    assert sent(on) == [0, 0]
    assert not off.run.needs.displaced.any()
    assert not on.run.needs.displaced.any()


def test_of_two_effects_the_last_that_sent_a_case_counts_it() -> None:
    chain = switch(effect(WARD, 0, instead="home"), effect(HOME, 0, instead="pharmacy"))
    off, on = both(HELP + chain)
    before, after = visits(off), visits(on)

    moved = sum(before[case] != after[case] for case in before)

    assert sent(on) == [0, 0, moved, 0]
    assert on.run.needs.displaced.sum() == moved


def test_one_that_is_sent_there_and_back_goes_its_own_way() -> None:
    back = switch(effect(WARD, 0, instead="home"), effect(HOME, 0, instead="ward"))
    off, on = both(HELP + back)
    before, after = visits(off), visits(on)

    moved = sum(before[case] != after[case] for case in before)

    assert sent(on) == [0, 0, moved, 0]
    assert on.run.needs.displaced.sum() == moved > 0


def test_one_that_is_diverted_on_the_way_it_was_sent_is_counted_as_diverted() -> None:
    diverts = """[[interventions.a.effects]]
diverts = { at = "gp", from = "ward", to = "at_home", share = 1 }
"""
    on = tell(HELP + AT_HOME + switch(diverts, effect(WARD, 1.5, instead="pharmacy")), needs=ACHES, on=["a"])
    at_home = sum("at_home" in one for one in visits(on).values())

    assert sent(on) == [at_home, 0, 0]
    assert on.run.needs.displaced.sum() == at_home


def test_one_that_steps_down_takes_no_way_to_which_it_was_sent() -> None:
    ward = HELP.replace(
        'resource = "beds"\nduration = "10 h"\n',
        'resource = "beds"\nduration = "10 h"\n'
        'routes = { home = { to = "exit", share = 0.5 }, pharmacy = 0.5 }\n',
    )
    steps = """[[interventions.a.effects]]
step_down = { from = "ward", to = "at_home", last = "2 h", share = 0.5 }
"""
    share = effect("activities.ward.routes.pharmacy", 0, instead="home")
    off, on = both(ward + AT_HOME + switch(steps, share))
    before, after = visits(off), visits(on)

    stepped = sum("at_home" in one for one in after.values())
    spared = sum("pharmacy" in before[case][1:] and after[case][-1] == "ward" for case in before)

    assert sent(on) == [stepped, spared, 0]
    assert on.run.needs.displaced.sum() == spared > 0


def test_one_that_dies_before_its_way_onward_is_not_counted() -> None:
    first = HELP.replace(
        'duration = "1 h"\nroutes = { ward = 0.5,',
        'duration = "1 h"\nduration_by_route = { ward = "2 h", home = "2 h", pharmacy = "2 h" }\n'
        "routes = { ward = 0.5,",
    ).replace("people = 300", 'people = 300\nbecomes = { dead = "1 per year" }')
    text = first + switch(effect(WARD, 0, instead="home"))
    needs: Said = [("1 h", "ache", person) for person in range(60)]
    deaths: Said = [("90 min", "dead", person) for person in range(60)]

    living, dead = (tell(text, needs=needs, life=life, on=["a"]) for life in ((), deaths))

    assert len(dead.rows("died")) == 60
    assert sent(living) > [5]
    assert sent(dead) == [0, 0]
