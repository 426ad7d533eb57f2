"""Effects on where needs and referrals start: the baseline choice first, then who moves, by draws apart."""

import pytest
from telling import Said, Told, compiled, tell

from simulator.errors import CompileError, DefinitionError

HELP = """
[segments.adults]
people = 400
[needs.ache]
rate = "1 per year"
starts_at = { gp = 0.5, ae = 0.3, pharmacy = 0.2 }
one_at_a_time = false
[activities.gp]
duration = "1 h"
[activities.ae]
duration = "1 h"
[activities.pharmacy]
duration = "1 h"
"""
ACHES: Said = [(f"{minute} min", "ache", minute) for minute in range(400)]
CALLS = HELP.replace(
    '[needs.ache]\nrate = "1 per year"\n', f"[referrals.ache]\nat = {[f'{one} min' for one in range(400)]}\n"
).replace("one_at_a_time = false\n", "")


def switch(path: str, value: float, *, instead: str = '"gp"', rules: str = "") -> str:
    """Give an intervention on one share, all in their favour unless the rules say whose."""
    effect = f'times = "{path}"\nvalue = {value}\ninstead = {instead}\n'
    return f"[interventions.a]\n{rules}[[interventions.a.effects]]\n{effect}"


def starts(told: Told) -> dict[int, str]:
    """Give where each case starts, by number."""
    return {int(row.split("#")[1].split()[0]): row.split()[-1] for row in told.rows("arrives")}


@pytest.mark.parametrize(
    ("model", "path", "needs"),
    [(HELP, "needs.ache.starts_at.ae", ACHES), (CALLS, "referrals.ache.starts_at.ae", ())],
    ids=["need", "referral"],
)
def test_a_share_of_starts_that_falls_moves_only_those_who_chose_it(
    model: str, path: str, needs: Said
) -> None:
    effect = switch(path, 0.5)
    before, after = (starts(tell(model + effect, needs=needs, on=on)) for on in ([], ["a"]))

    moved = {case for case in before if before[case] != after[case]}
    chose = {case for case in before if before[case] == "ae"}

    assert moved < chose
    assert {after[case] for case in moved} == {"gp"}
    assert 0.33 < len(moved) / len(chose) < 0.67


def test_a_share_of_starts_that_rises_takes_only_from_instead() -> None:
    effect = switch("needs.ache.starts_at.pharmacy", 2)
    before, after = (starts(tell(HELP + effect, needs=ACHES, on=on)) for on in ([], ["a"]))

    moved = {case for case in before if before[case] != after[case]}

    assert {before[case] for case in moved} == {"gp"}
    assert {after[case] for case in moved} == {"pharmacy"}
    assert 50 < len(moved) < 115  # 0.2 ÷ 0.5 of about 200


def test_a_start_may_be_spared_altogether() -> None:
    told = tell(HELP + switch("needs.ache.starts_at.ae", 0, instead='"exit"'), needs=ACHES, on=["a"])

    assert set(starts(told).values()) == {"gp", "pharmacy"}
    assert len(told.rows("opened")) == len(told.rows("exits")) == 400


def test_starts_of_those_whom_an_effect_is_not_for_stay_as_they_were() -> None:
    for_some = switch("needs.ache.starts_at.ae", 0) + 'for = ["others"]\n[segments.others]\npeople = 10\n'

    assert starts(tell(HELP + for_some, needs=ACHES, on=["a"])) == starts(tell(HELP, needs=ACHES))


def test_a_share_added_for_an_effect_gives_nobody_another_start() -> None:
    by_group = HELP.replace(
        "starts_at = { gp = 0.5, ae = 0.3, pharmacy = 0.2 }",
        'starts_at = { adults = { gp = 0.5, ae = 0.5 }, others = "pharmacy" }',
    )
    text = by_group + "[segments.others]\npeople = 10\n"
    effect = switch("needs.ache.starts_at.ae", 0.5, instead='"pharmacy"')

    before, after = (starts(tell(text + effect, needs=ACHES, on=on)) for on in ([], ["a"]))

    assert {after[case] for case in before if before[case] != after[case]} == {"pharmacy"}
    assert {after[case] for case in before if before[case] == "gp"} == {"gp"}


@pytest.mark.parametrize(
    ("effect", "said"),
    [
        (switch("needs.ache.starts_at.pharmcy", 0.5), "has no 'pharmcy' to change. Did you mean 'pharmacy'?"),
        (switch("needs.ache.starts_at.ae", 0.5, instead='"g"'), "no route there is called 'g'"),
        (
            switch("needs.ache.starts_at.ae", 0.5).replace('instead = "gp"', ""),
            "instead: is missing; say where",
        ),
        (switch("needs.ahce.starts_at.ae", 0.5), "no need is called 'ahce'. Did you mean 'ache'?"),
    ],
)
def test_an_effect_on_starts_that_leads_nowhere_is_refused(effect: str, said: str) -> None:
    with pytest.raises(DefinitionError, match=said.replace("?", r"\?")):
        compiled(HELP + effect, on=["a"])


def test_a_share_of_starts_can_only_be_multiplied() -> None:
    with pytest.raises(CompileError, match="the share of a route can only be multiplied"):
        compiled(HELP + switch("needs.ache.starts_at.ae", 1).replace("times", "plus"), on=["a"])


def test_a_share_of_starts_cannot_gain_its_own() -> None:
    with pytest.raises(CompileError, match="a route cannot gain its own cases"):
        compiled(HELP + switch("needs.ache.starts_at.gp", 0.5), on=["a"])
