"""Work done by real worker processes: what comes back, what is asked again, what is told of one that ends."""

import os
import pickle
import re
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from experiment.cluster.jobs import FAILS, FILLS, KILLS, KILLS_ONCE, Squares
from experiment.crew.jobs import Around, EveryOneKills, Numbers, Remembers, Sticks, TellsFirst, Who
from watching import PATIENCE_SECONDS, until

from simulator.errors import RunFailed
from simulator.experiment.backlog import InOrder
from simulator.experiment.crew import crew as crew_room
from simulator.experiment.crew import desk, worker
from simulator.experiment.crew.crew import Crew
from simulator.experiment.crew.desk import do_each_by_crew
from simulator.experiment.crew.environment import KEEPS_MEMORY, environment_of_worker
from simulator.experiment.crew.messages import Begin, Gone, hear, say
from simulator.experiment.job import COSTS_WORKERS, OUT_OF_MEMORY
from simulator.experiment.progress import Progress, Silence
from simulator.experiment.threads import do_each_by

pytestmark = pytest.mark.slow


class Counts(Silence):
    """Count the runs told of."""

    runs = 0

    def advances(self, runs: int) -> None:
        self.runs += runs


@pytest.fixture(scope="module")
def pair() -> Iterator[Crew]:
    """Give a crew of two, which stands for all tests that leave it standing."""
    with Crew(2) as crew:
        yield crew


def done(
    crew: Crew, *todo: Sequence[int], job: Any = None, progress: Progress | None = None
) -> dict[int, Any]:
    found: dict[int, Any] = {}
    do_each_by_crew(
        todo, job=job or Squares(), writes=found.update, crew=crew, progress=progress or Silence()
    )
    return found


def test_what_workers_did_comes_back_and_each_run_is_told_of_once(pair: Crew) -> None:
    progress, todo = Counts(), [(n, n + 1) for n in range(30, 90, 2)]

    assert done(pair, *todo, job=Numbers(), progress=progress) == {n: n**2 for n in range(30, 90)}
    assert progress.runs == 60


def test_a_crew_that_stands_does_another_job_with_the_same_processes(pair: Crew) -> None:
    done(pair, (1,), (2,), job=Numbers())
    there = {pair.worker(number).pid for number in range(2)}

    assert {*done(pair, *((n,) for n in range(40)), job=Who()).values()} <= there - {os.getpid()}


def test_the_same_job_asked_for_again_has_kept_what_it_remembers() -> None:
    with Crew(1) as crew:
        found = [done(crew, (1, 2), job=job)[2] for job in (Remembers(), Remembers(), Remembers("people"))]

    assert found == [2, 4, 2]


def test_a_piece_whose_worker_was_killed_is_asked_of_a_new_one(pair: Crew, tmp_path: Path) -> None:
    (tmp_path / "flag").touch()
    progress, job = Counts(), TellsFirst(flag=str(tmp_path / "flag"))

    found = done(pair, (1, 2, KILLS_ONCE, 4), (3,), job=job, progress=progress)

    assert found == {1: 1, 2: 4, 3: 9, 4: 16, KILLS_ONCE: KILLS_ONCE**2}
    assert not (tmp_path / "flag").exists()
    assert progress.runs == 5


def test_a_piece_that_costs_workers_is_lost_alone_and_no_run_is_told_of_twice(pair: Crew) -> None:
    progress = Counts()

    found = done(pair, (1, KILLS, 2), (3, 4), (5,), job=TellsFirst(), progress=progress)

    assert found == {1: 1, 2: 4, 3: 9, 4: 16, 5: 25, KILLS: COSTS_WORKERS}
    assert progress.runs == 6


def test_a_piece_too_large_for_a_worker_is_lost_alone(pair: Crew) -> None:
    assert done(pair, (1, FILLS), (2,)) == {1: 1, 2: 4, FILLS: OUT_OF_MEMORY}


def test_what_costs_workers_is_tried_alone_before_many_more_have_cost_theirs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun: list[object] = []

    class Counted(worker.Worker):
        def __init__(self) -> None:
            super().__init__()
            begun.append(self.pid)

    monkeypatch.setattr(crew_room, "Worker", Counted)

    with pytest.raises(RunFailed, match=re.escape(COSTS_WORKERS)), Crew(2) as crew:
        done(crew, *((n,) for n in range(100)), job=EveryOneKills())

    assert len(begun) <= desk.TRIES * (desk.MOST_ASIDE + 2)


def test_what_fails_there_is_raised_here_with_where_it_was(pair: Crew) -> None:
    with pytest.raises(RunFailed, match="places blocked each other") as raised:
        done(pair, (1, FAILS))

    assert str(raised.value) == "places blocked each other."
    assert "jobs.py" in raised.value.__notes__[0]


def test_what_cannot_be_sent_is_told_in_words() -> None:
    with pytest.raises(RunFailed, match="a defect of ours: Stuck"), Crew(1) as crew:
        done(crew, (1,), job=Sticks())


def test_a_worker_has_our_environment_hears_no_ctrl_c_and_may_print(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_WORD_OF_OURS", "said")
    with Crew(1) as crew:
        environment, is_apart = done(crew, (1,), job=Around())[1]

    assert is_apart
    assert environment["A_WORD_OF_OURS"] == "said"
    assert {**environment, **KEEPS_MEMORY} == environment


@pytest.mark.parametrize("ours", [{"MALLOC_TOP_PAD_": "1"}, {"GLIBC_TUNABLES": "glibc.malloc.arena_max=2"}])
def test_whoever_has_tuned_memory_is_left_alone(ours: dict[str, str]) -> None:
    assert {**environment_of_worker(ours), "PYTHONPATH": ""} == {**ours, "PYTHONPATH": ""}


def test_a_worker_that_does_not_begin_ends_the_work_with_its_last_word(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(worker, "MEMBER", "simulator.experiment.crew.no_such_room")

    with pytest.raises(RunFailed, match=r"A worker process did not begin: .*no_such_room"), Crew(2) as crew:
        done(crew, (1,), (2,))


def test_each_of_two_that_do_not_begin_is_told_with_its_last_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "MEMBER", "simulator.experiment.crew.no_such_room")
    both = [worker.Worker() for _ in range(2)]

    with ThreadPoolExecutor(2) as threads:
        said = [str(one.exception()) for one in [threads.submit(one.begins) for one in both]]
    for one in both:
        one.end()

    assert ["no_such_room" in one for one in said] == [True, True]


def test_one_that_did_not_begin_and_was_ended_meanwhile_left_no_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "MEMBER", "simulator.experiment.crew.no_such_room")
    one = worker.Worker()
    until(lambda: Path(f"/proc/{one.pid}/stat").read_text().split(") ")[1][0] == "Z")

    one.end()

    with pytest.raises(RunFailed, match="did not begin: no word of it"):
        one.begins()


def test_a_worker_hears_no_ctrl_c_while_it_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "MEMBER", "experiment.crew.interrupted_member")

    with Crew(1) as crew:
        assert done(crew, (2,)) == {2: 4}


def test_a_worker_that_could_not_begin_a_job_says_so_again_when_asked_again() -> None:
    others = Begin(pickle.dumps(Squares()), {"numpy": "1.0"})

    with ThreadPoolExecutor(1) as thread, Crew(1) as crew:
        said = [thread.submit(crew.worker(0).do, (1,), job=others, ran=lambda: None) for _ in range(2)]
        found = [type(one.exception(timeout=PATIENCE_SECONDS)) for one in said]

    assert found == [RunFailed, RunFailed]


def test_a_worker_killed_while_it_begins_is_begun_again_and_not_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    killed: list[int] = []

    class Killed(worker.Worker):
        def __init__(self) -> None:
            super().__init__()
            if len(killed) != 2:
                killed.append(self.pid)
                os.kill(self.pid, signal.SIGKILL)

    monkeypatch.setattr(crew_room, "Worker", Killed)
    with Crew(1) as crew:
        assert done(crew, (2,)) == {2: 4}
    assert len(killed) == 2

    killed.append(0)
    with pytest.raises(RunFailed, match=r"ended before they have begun, 5 in a row\."), Crew(1) as crew:
        done(crew, (2,))


def test_a_worker_of_a_code_changed_meanwhile_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "made_of", lambda: {"numpy": "1.0"})

    with pytest.raises(RunFailed, match="was changed while it ran"), Crew(1) as crew:
        done(crew, (1,))


def test_an_answer_of_which_half_has_come_is_none(tmp_path: Path) -> None:
    (tmp_path / "pipe").write_bytes(pickle.dumps(list(range(1000)))[:-10])

    with (tmp_path / "pipe").open("rb") as pipe, pytest.raises(Gone):
        hear(pipe)
    with (tmp_path / "pipe").open("rb") as deaf, pytest.raises(Gone):
        say(deaf, "anything")


def test_when_all_is_done_nobody_is_there(pair: Crew) -> None:
    with Crew(2) as crew:
        pids = {*done(crew, *((n,) for n in range(20)), job=Who()).values()}

    assert pids
    assert not any(Path(f"/proc/{pid}").exists() for pid in pids)


def test_threads_ask_their_crew_to_halt_only_if_they_are_not_through() -> None:
    halted: list[int] = []

    def does(number: int, **_: object) -> int:
        if number == 3:
            raise RunFailed("of the third")
        return number

    for todo in ([1, 2], [3]):
        with suppress(RunFailed):
            do_each_by(
                [does],
                backlog=InOrder(todo),
                writes=lambda _: None,
                progress=Silence(),
                halts=partial(halted.extend, todo),
            )

    assert halted == [3]
