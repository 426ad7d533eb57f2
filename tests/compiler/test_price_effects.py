"""What interventions do to prices of activity: the mean price of each period, and who it is for."""

import numpy as np
import pytest
from compiler.models import DAY, PEOPLE

PRICED = PEOPLE.replace("[activities.ae]", '[activities.ae]\ncost = { contact = "£40", day = "£10" }')
CONTACT, ON_A_DAY = 0, 1


def scheme(effects: str, *, whole: str = 'starts = "7 days"') -> str:
    return f"{PRICED}[interventions.scheme]\n{whole}\n[[interventions.scheme.effects]]\n{effects}\n"


def test_a_price_is_multiplied_while_the_intervention_runs(compile_text) -> None:
    weeks = 'starts = "7 days"\nends = "21 days"'
    text = scheme('times = "activities.ae.cost.contact"\nvalue = 0.5', whole=weeks)

    prices = compile_text(text, on=["scheme"]).prices

    assert prices.by_period[0, CONTACT, :, 0].tolist() == [4_000, 2_000, 2_000, 4_000]
    assert np.all(prices.by_period[0, ON_A_DAY] == 1_000)


def test_within_a_period_a_price_is_its_mean_over_time(compile_text) -> None:
    text = scheme('plus = "activities.ae.cost.day"\nvalue = "£7"', whole='starts = "6 days"')

    prices = compile_text(text, on=["scheme"], horizon_days=14).prices

    assert prices.by_period[0, ON_A_DAY, :, 0].tolist() == pytest.approx([1_100, 1_700])


def test_a_price_follows_the_ramp_week_by_week(compile_text) -> None:
    ramp = 'starts = 2025-04-07\nramp = { linear = "14 days" }'

    prices = compile_text(
        scheme('times = "activities.ae.cost.contact"\nvalue = 0', whole=ramp), on=["scheme"]
    ).prices

    # Reports run from Tuesday to Monday: of the second, six days at nought and one at a half.
    assert prices.by_period[0, CONTACT, :3, 0].tolist() == pytest.approx(
        [4_000, 4_000 * (6 + 0.5) / 7, 4_000 * (6 * 0.5) / 7]
    )


def test_no_price_falls_below_nought(compile_text) -> None:
    text = scheme('plus = "activities.ae.cost.contact"\nvalue = "-£50"')

    assert compile_text(text, on=["scheme"]).prices.by_period[0, CONTACT, 1:].max() == 0


def test_a_price_for_segments_is_theirs_alone(compile_text) -> None:
    text = scheme('times = "activities.ae.cost.contact"\nvalue = 2\nfor = ["frail"]')

    program = compile_text(text, on=["scheme"])

    price = program.prices.by_period[0, CONTACT, 1].reshape(-1, len(program.names.classes))
    frail, well = map(program.names.segments.index, ("frail", "well"))
    assert set(price[frail]) == {8_000}
    assert set(price[well]) == {4_000}


def test_a_price_changes_no_event(compile_text) -> None:
    text = scheme('times = "activities.ae.cost.contact"\nvalue = 0.5')

    program = compile_text(text, on=["scheme"])

    assert program.effects.on.tolist() == []
    assert program.interventions.first_second.tolist() == [7 * DAY]


def test_without_effects_on_prices_none_changes(compile_text) -> None:
    assert compile_text(PRICED).prices.changed.tolist() == []


def test_a_price_that_trends_grows_from_month_to_month(compile_text) -> None:
    text = PRICED.replace('day = "£10"', 'day = "£10", trend = "0.5 per year"')

    prices = compile_text(text).prices

    assert prices.by_period[0, ON_A_DAY, :, 0].tolist() == pytest.approx([1_000 * 1.5 ** (15 / 365.25)] * 4)
    assert prices.by_period[0, CONTACT, 0, 0] == prices.by_period[0, ON_A_DAY, 0, 0] * 4
