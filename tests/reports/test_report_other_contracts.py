"""Who gains and who loses under the contracts that are not in force, read in one go."""

from simulator.reports.other_contracts import Under, under_the_others

SEVEN = ("Block: every sum agreed", "Tariff: a price for each", "Prime: one pays", "A", "B", "C", "D")


def said(found: dict[str, Under], titles: tuple[str, ...] = SEVEN, surely: str = "surely ") -> str:
    return under_the_others(found, titles=titles, surely=surely)


def test_each_organisation_is_told_once_whoever_loses_everywhere_first() -> None:
    found = {
        "City": Under(gains=SEVEN[:1], loses=SEVEN[3:]),
        "Practices": Under(loses=SEVEN),
        "Police": Under(),
        "ICB": Under(loses=SEVEN[:2]),
    }

    assert said(found) == (
        "Under the seven other contracts, for the same care: Practices worse off under all seven; "
        "City worse off under four and better off under ‘Block’; "
        "ICB worse off under ‘Block’ and ‘Tariff’. Nobody else surely gains or loses."
    )


def test_organisations_with_the_same_fate_share_a_phrase() -> None:
    found = {"City": Under(loses=SEVEN[:3]), "Hills": Under(loses=SEVEN[:3])}

    assert "City and Hills worse off under three. " in said(found)


def test_nobody_anywhere_is_said() -> None:
    assert said({"City": Under()}) == (
        "Under the seven other contracts, for the same care, nobody surely gains or loses."
    )
    assert said({}, surely="").endswith("nobody gains or loses.")


def test_of_one_other_contract_no_number_is_told() -> None:
    assert said({"City": Under(loses=("A",)), "ICB": Under(gains=("A",))}, ("A",)) == (
        "Under the other contract, for the same care: City worse off; ICB better off. "
        "Nobody else surely gains or loses."
    )


def test_titles_that_begin_alike_are_not_shortened() -> None:
    titles = ("Alliance: half", "Alliance: all", "Block: agreed")

    assert "under ‘Alliance: half’ and ‘Block’." in said(
        {"City": Under(gains=(titles[0], titles[2]))}, titles
    )


def test_no_more_than_four_phrases_are_told() -> None:
    found = {str(one): Under(loses=SEVEN[:one]) for one in range(1, 7)}

    assert said(found).count(" worse off") == 4
    assert said({**found, "5": Under()}).endswith(
        "; what one other gains or loses is in the table of contracts."
    )
    assert said(found).endswith("; what two others gain or lose is in the table of contracts.")
