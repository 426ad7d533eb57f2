"""Overheads by period: a year's sum spread over time, changed while a scheme runs, in the run's share."""

import numpy as np
import pytest
from compiler.models import PEOPLE

from simulator.compiler.first_difference import first_difference
from simulator.errors import DefinitionError

NAME = "city"
SPENDING = f"""{PEOPLE}
[organisations.{NAME}]
sector = "acute"
overheads = {{ ict = "£365.25", estates = "£731" }}
"""


def scheme(effects: str, *, whole: str = 'starts = "7 days"\nends = "21 days"') -> str:
    return f"{SPENDING}[interventions.scheme]\n{whole}\n[[interventions.scheme.effects]]\n{effects}\n"


def test_a_years_sum_is_spread_over_the_periods(compile_text) -> None:
    program = compile_text(SPENDING, horizon_days=28)

    assert program.names.overheads == (f"{NAME}.estates", f"{NAME}.ict")
    assert program.prices.overheads[:, 1].tolist() == pytest.approx([700.0] * 4)
    assert program.prices.overhead_owner.tolist() == [program.names.organisations.index(NAME)] * 2


def test_an_intervention_changes_one_function_while_it_runs(compile_text) -> None:
    text = scheme(f'times = "organisations.{NAME}.overheads.ict"\nvalue = 0.8\nfor = "everyone"')

    prices = compile_text(text, on=["scheme"], horizon_days=28).prices

    assert prices.overheads[:, 1].tolist() == pytest.approx([700, 560, 560, 700])
    assert prices.overheads[:, 0].tolist() == pytest.approx([731 * 100 * 7 / 365.25] * 4)


def test_an_amount_is_added_a_year(compile_text) -> None:
    text = scheme(f'plus = "organisations.{NAME}.overheads.ict"\nvalue = "-£36.525"\nfor = "everyone"')

    prices = compile_text(text, on=["scheme"], horizon_days=28).prices

    assert prices.overheads[:, 1].tolist() == pytest.approx([700, 630, 630, 700])


def test_a_part_of_the_place_has_its_part_of_overheads(compile_text) -> None:
    whole, half = (compile_text(SPENDING, horizon_days=28, share=share) for share in (1, "0.5"))

    assert np.allclose(half.prices.overheads * 2, whole.prices.overheads)


def test_nobody_enrolled_is_behind_an_overhead(compile_text) -> None:
    text = scheme(f'times = "organisations.{NAME}.overheads.ict"\nvalue = 0.8\nfor = "enrolled"')

    with pytest.raises(DefinitionError, match="nobody enrolled is behind this"):
        compile_text(text, on=["scheme"])


def test_a_change_of_overheads_alone_changes_no_event(compile_text) -> None:
    text = scheme(f'times = "organisations.{NAME}.overheads.ict"\nvalue = 0.8\nfor = "everyone"')
    off, on = compile_text(text, horizon_days=28), compile_text(text, on=["scheme"], horizon_days=28)

    assert first_difference(off, on) > 0
    assert off.fingerprint != on.fingerprint
