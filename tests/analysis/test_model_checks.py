"""The checks that a model brings with it are run, and one that does not hold says what was found."""

from pathlib import Path

import pytest
from experiment.ward import MODEL
from typer.testing import CliRunner

from simulator.analysis.model_checks import Checked, run_checks
from simulator.cli import app
from simulator.errors import DefinitionError, SelfCheckFailed

NO_NEEDS = 'set = { "needs.*.rate" = "0 per year", "referrals.elective.rate" = "0 per week" }'
STOCKS = '[stocks.nurses]\ninitial = 9\n[flows.off]\nfrom = "nurses"\nto = "outside"\nrate = "nurses / 90"\n'


def checked(folder: Path, expect: str, *, said: str = NO_NEEDS) -> Checked:
    """Run one check of the ward."""
    path = folder / "ward.toml"
    path.write_text(f'{MODEL}{STOCKS}[checks.empty]\n{said}\nexpect = "{expect}"\n')
    (found,) = run_checks(path)
    return found


def test_without_needs_nobody_is_in_bed(tmp_path: Path) -> None:
    assert str(checked(tmp_path, "resource.beds.in_use_mean == 0")) == "checks.empty: holds."


def test_a_check_that_does_not_hold_says_what_was_found_and_what_was_expected(tmp_path: Path) -> None:
    said = 'set = { "resources.beds.capacity" = 0 }'

    found = checked(
        tmp_path, "resource.beds.in_use_mean > 0 and activity.ward.starts_per_day == 0", said=said
    )

    assert found.failure == (
        "does not hold: resource.beds.in_use_mean is 0, activity.ward.starts_per_day is 0 in 13 weeks "
        "after 52 of warm-up; expected resource.beds.in_use_mean > 0 and activity.ward.starts_per_day == 0."
    )


def test_a_measure_without_a_value_cannot_be_told(tmp_path: Path) -> None:
    assert checked(tmp_path, "activity.ward.wait_mean_days >= 0").failure.startswith("cannot be told: ")


def test_a_measure_that_is_not_there_is_told_where_it_stands(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match=r"ward.toml:\d+: checks.empty.expect: .*'bed'"):
        checked(tmp_path, "resource.bed.in_use_mean == 0")


@pytest.mark.parametrize("what", ["organisation.city.net_per_year", "system.released_per_year"])
def test_what_a_contract_or_refill_settles_is_refused_where_it_stands(tmp_path: Path, what: str) -> None:
    with pytest.raises(
        DefinitionError, match=rf"ward.toml:\d+: checks.empty.expect: '{what}' is what contracts"
    ):
        checked(tmp_path, f"{what} >= 0")


def test_a_check_of_stocks_alone_holds_at_every_moment_or_not(tmp_path: Path) -> None:
    assert not checked(tmp_path, "nurses > 0").failure
    assert checked(tmp_path, "nurses > 8").failure == (
        "does not hold, first at 11 days: nurses is 7.96457; expected nurses > 8."
    )


def test_the_command_fails_as_a_self_check_where_a_check_does_not_hold(tmp_path: Path) -> None:
    checked(tmp_path, "nurses > 8")

    done = CliRunner().invoke(app, ["check", str(tmp_path / "ward.toml"), "--checks"])

    assert isinstance(done.exception, SelfCheckFailed)
    assert "ward.toml: checks.empty: does not hold" in str(done.exception)
