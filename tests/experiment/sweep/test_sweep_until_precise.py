"""Each point of a sweep is run until its own primary differences are known, the same however it is run."""

import csv
import io
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from experiment.sweep.conftest import GRID
from experiment.sweep.few_servers import SIZES, few_servers
from experiment.sweep.test_run_sweep import swept, told

from simulator.analysis.precision import replications_needed
from simulator.analysis.sweep import contest, load_sweep, precision, sweep_as_asked, write_sweep_tables
from simulator.analysis.sweep.asked import planned
from simulator.analysis.sweep.precision import matters_of
from simulator.definition.experiment import Experiment
from simulator.errors import DefinitionError, OutputError
from simulator.experiment.lock import alone_in
from simulator.experiment.progress import Lines
from simulator.experiment.scenarios import compile_scenarios
from simulator.experiment.sweep.compiling import place_of
from simulator.experiment.sweep.failing import may_fail
from simulator.experiment.sweep.plan import CENTRAL, one_round

UNTIL = "replications={ until = 'precise', at_least = 3, at_most = 12 }"


@pytest.fixture(scope="module")
def precise(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of a sweep until precise, run by one worker."""
    folder = tmp_path_factory.mktemp("precise")
    swept(few_servers(folder, UNTIL), folder / "one")
    return folder / "one"


def test_every_point_stops_by_its_own_differences_and_surplus_is_not_used(
    precise: Path, tmp_path: Path
) -> None:
    shutil.copytree(precise, tmp_path / "all")
    whole = sweep_as_asked(few_servers(tmp_path, "replications=12"), out=tmp_path / "all", workers=1)

    place = whole.plan.names.index("waiting")
    alone = [
        replications_needed([(one[:, 1], one[:, 0], 0.8)], at_least=3) or 12
        for one in whole.values[:, 0, :, :, place]
    ]
    assert [*load_sweep(precise).plan.counts] == alone
    assert len({*alone}) == 2
    assert swept(few_servers(tmp_path, UNTIL), tmp_path / "all") == told(precise)


def test_tables_are_the_same_bytes_taken_up_again_by_two_workers(precise: Path, tmp_path: Path) -> None:
    shutil.copytree(precise, tmp_path / "lost")
    for part in sorted((tmp_path / "lost" / "parts").glob("*.parquet"))[::2]:
        part.unlink()

    assert swept(few_servers(tmp_path, UNTIL), tmp_path / "lost", workers=2) == told(precise)


def test_points_that_did_not_get_there_are_named_and_foreseen(tmp_path: Path) -> None:
    asked = "replications={ until = 'precise', at_least = 3, at_most = 9 }"
    less = "measures.waiting={ of = 'activity.service.waiting_mean', primary = true, matters_from = 0.001 }"
    few = few_servers(tmp_path, asked, less)
    stream = io.StringIO()

    results = sweep_as_asked(few, out=tmp_path / "few", workers=1, progress=Lines(stream))
    write_sweep_tables(results)

    assert "9 replications were not enough at 2 of 2 points" in results.notes[-1]
    assert "point 2 (resources.servers.capacity = 8)" in results.notes[-1]
    assert "After 3 replications 2 of 2 points need more: about 9 each; at_most = 9 will" in stream.getvalue()
    rows = list(csv.DictReader((tmp_path / "few" / "tables" / "precision.csv").read_text().splitlines()))
    assert {row["reached"] for row in rows} == {"no"}


def test_a_point_is_named_as_a_reader_would_write_what_it_sets(tmp_path: Path) -> None:
    queue = few_servers(tmp_path)
    plan = planned(queue, compile_scenarios(queue))

    drawn = replace(plan, points=({"activities.service.duration.expon.mean": "573342.408919 seconds"},))

    said = "point 1 (activities.service.duration.expon.mean = 6.64 days)"
    assert place_of(drawn, 0, draw=CENTRAL) == said


def test_a_sweep_until_precise_that_is_not_through_is_not_read(precise: Path, tmp_path: Path) -> None:
    shutil.copytree(precise, tmp_path / "cut")
    for part in sorted((tmp_path / "cut" / "parts").glob("*.parquet")):
        part.unlink()

    with pytest.raises(OutputError, match="is not finished"):
        load_sweep(tmp_path / "cut")


def test_between_rounds_nobody_gets_in_and_nothing_is_finished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks_in(*_: object) -> None:
        with ThreadPoolExecutor() as others:
            others.submit(lambda: ExitStack().enter_context(alone_in(tmp_path / "out" / "parts"))).result()

    monkeypatch.setattr(precision, "settle", breaks_in)
    with pytest.raises(OutputError, match="another process is at work"):
        sweep_as_asked(few_servers(tmp_path, UNTIL), out=tmp_path / "out", workers=1)

    with pytest.raises(OutputError, match="is not finished"):
        load_sweep(tmp_path / "out")
    breaks_in()


def test_at_most_leaves_room_for_those_that_must_bear_it_out(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match=r"at_most: 7 are too few after 3 .* 5 more .* write 8 or more"):
        few_servers(tmp_path, "replications={ until = 'precise', at_least = 3, at_most = 7 }")


def test_what_matters_and_may_fail_is_told_from_the_whole(tmp_path: Path) -> None:
    most = "replications={ until = 'precise', at_least = 3, at_most = 150 }"
    select = SIZES + '[select]\nbest = "queue"\nleast = true\nwithin = 4\nat_most = 250\n'
    count = "measures.queue={ of = 'activity.service.starts_per_day', primary = true, matters_from = 2 }"
    plain, part = (
        few_servers(tmp_path / "p", most),
        few_servers(tmp_path, "replications=10", "population_share=0.5", count, more=select),
    )
    plans = [planned(one, compile_scenarios(one)) for one in (plain, part)]

    assert [may_fail(one_round(one, [20, 0])) for one in plans] == [3, 5]
    assert [*matters_of(plans[1]).values()] == [1.0, 0.4]
    assert contest.contest_of(plans[1]).terms.within == 2.0


def test_a_scenario_that_a_point_leaves_as_it_is_is_one_world(sizes: Callable[..., Experiment]) -> None:
    select = '[select]\nbest = "cost"\nleast = true\nwithin = 1\n'
    asked = sizes("replications=10", more=GRID + select)
    plan = planned(asked, compile_scenarios(asked))
    choice = contest.contest_of(plan)

    found = contest._worlds(plan, choice, first=np.zeros((len(choice.candidates), 10)))
    baselines, with_plans = found[::2], found[1::2]

    assert [len({*baselines}), len({*with_plans})] == [2, 4]


def test_draws_are_not_run_until_precise(tmp_path: Path) -> None:
    experiment = few_servers(tmp_path, "draws=2", UNTIL, more="")

    with pytest.raises(DefinitionError, match="replications: draws need a number"):
        sweep_as_asked(experiment, out=tmp_path / "out", workers=1)
