"""Every benchmark runs, on a job so tiny that its figures mean nothing."""

from importlib import import_module

import pytest

Said = pytest.CaptureFixture[str]


def quick(script: str, said: Said) -> str:
    """Run a script with ``--quick`` and give what it printed."""
    import_module(script).main(["--quick"])
    return said.readouterr().out


def test_the_hand_written_cpp_has_the_same_events(capsys: Said) -> None:
    said = quick("against_cpp", capsys)

    if "no g++" in said:
        pytest.skip("There is no g++ here.")
    assert "NOT" not in said
    assert said.count("numbers recorded") == 2


def test_simpy_is_asked_for_the_same_figures(capsys: Said) -> None:
    said = quick("against_simpy", capsys)

    assert "starts a CPU second" in said
    for figure in ("ward: places in use", "gp: mean wait", "A&E: share over 4 h"):
        assert figure in said


def test_ciw_runs_or_is_skipped_by_name(capsys: Said) -> None:
    said = quick("against_ciw", capsys)

    assert "Ciw ÷ ours" in said or "Skipped: no Ciw here" in said


def test_a_sweep_gives_what_other_engines_give_or_skips_them_by_name(capsys: Said) -> None:
    said = quick("against_pysd", capsys)

    for engine, module in (("PySD", "pysd"), ("pysimlin loop", "simlin")):
        assert engine in said or f"Skipped: no {module} here." in said


def test_scaling_prints_its_four_tables(capsys: Said) -> None:
    said = quick("scaling", capsys)

    for table in ("With people", "With events pending", "With threads", "The generator's share"):
        assert table in said


def test_a_year_of_the_place_counts_what_scenarios_add(capsys: Said) -> None:
    assert "each further scenario" in quick("place_year", capsys)


def test_an_exchange_is_timed_on_both_worked_models(capsys: Said) -> None:
    said = quick("exchange", capsys)

    assert "home_care" in said
    assert "gp_access" in said
    assert said.count("µs an exchange") == 2


def test_starting_is_timed_in_processes_of_its_own(capsys: Said) -> None:
    assert "downstream check workload_w_year.toml" in quick("start", capsys)


def test_closures_are_held_against_the_exact_chain(capsys: Said) -> None:
    said = quick("closures", capsys)

    for closure in ("fluid", "matching", "mean and variance"):
        assert f"{closure}: mean size of error" in said


def test_the_place_is_timed_as_stocks(capsys: Said) -> None:
    assert "laid out" in quick("stocks_place", capsys)


def test_a_sweep_is_timed_against_its_runs(capsys: Said) -> None:
    said = quick("sweep_overhead", capsys)

    assert "4 runs at 2 points" in said
    assert "sweep ÷ runs alone" in said


def test_the_parts_of_a_sweep_are_looked_through(capsys: Said) -> None:
    assert "1,000 pieces in 4 parts; 1 are left" in quick("sweep_scan", capsys)


def test_a_point_of_a_screening_is_told_piece_by_piece(capsys: Said) -> None:
    said = quick("screening_point", capsys)

    assert "compiled" in said
    assert "10,000 points on two cores" in said


def test_each_closure_is_set_beside_people(capsys: Said) -> None:
    said = quick("closures_beside_people", capsys)

    rows = [line.split(" | ") for line in said.splitlines() if line.startswith("| first_look")]
    closures = ["fluid", "matching alone", "matching", "mean and variance alone", "mean and variance"]
    assert [row[1] for row in rows[:-1]] == closures
    assert len({tuple(row[2:]) for row in rows[:-1]}) == len(closures)
    assert "people" in rows[-1][1]
