"""One past: what precedes the first difference is run once, and nothing comes out otherwise."""

from collections.abc import Callable, Iterator

import pytest
from experiment.fragments import a_run
from telling import SEED

from simulator.engines.records import Outcome, Run
from simulator.errors import RunFailed, SelfCheckFailed
from simulator.experiment.work import Work
from simulator.experiment.worlds import run_worlds


class Told:
    """A simulation that tells what is asked of it."""

    def __init__(self, name: str, said: list[str], *, ends: Callable[[], Run] = a_run) -> None:
        self.name, self.said, self.ends = name, said, ends

    def run_until(self, second: int) -> None:
        self.said.append(f"{self.name} until {second}")

    def fork(self, program: str) -> "Told":
        self.said.append(f"{self.name} forks to {program}")
        return Told(f"{self.name}>{program}", self.said, ends=self.ends)

    def finish(self) -> Run:
        self.said.append(f"{self.name} ends")
        return self.ends()


def work(**differs: int) -> Work:
    """Give work whose programs are no more than their names."""
    return Work(
        programs={name: name for name in differs}, differs=differs, seed=SEED, engine="people", first_cases=0
    )


def ran(asked: Work, *, ends: Callable[[], Run] = a_run) -> list[str]:
    said: list[str] = []

    def begins(name: str) -> Told:
        said.append(f"{name} begins")
        return Told(name, said, ends=ends)

    for name, _ in run_worlds(asked, begins=begins, replication=1):
        said.append(f"{name}: observed")
    return said


def test_the_baseline_alone_is_simply_run() -> None:
    assert ran(work(base=0)) == ["base begins", "base ends", "base: observed"]


def test_scenarios_with_one_past_go_on_from_a_copy_of_it() -> None:
    assert ran(work(base=0, a=70, b=70)) == [
        "base begins",
        "base until 70",
        "base forks to base",
        "base ends",
        "base: observed",
        "base>base forks to a",
        "base>base>a ends",
        "a: observed",
        "base>base forks to b",
        "base>base>b ends",
        "b: observed",
    ]


def test_the_baseline_goes_on_between_the_seconds_at_which_scenarios_differ() -> None:
    said = ran(work(base=0, late=90, never=0, early=20))

    assert said[:5] == [
        "base begins",
        "base until 20",
        "base forks to base",
        "base until 90",
        "base forks to base",
    ]
    assert said[7:] == [
        "base>base forks to late",
        "base>base>late ends",
        "late: observed",
        "never begins",
        "never ends",
        "never: observed",
        "base>base forks to early",
        "base>base>early ends",
        "early: observed",
    ]


class Counted(Told):
    """A simulation that counts how many of its kind there are."""

    alive = 0
    most = 0

    def __init__(self, name: str, said: list[str]) -> None:
        super().__init__(name, said)
        Counted.alive += 1
        Counted.most = max(Counted.most, Counted.alive)

    def __del__(self) -> None:
        Counted.alive -= 1

    def fork(self, program: str) -> "Counted":
        return Counted(program, self.said)


def test_no_more_than_two_live_at_a_time_and_none_is_left() -> None:
    left = []

    for _ in run_worlds(work(base=0, a=7, b=7, c=7), begins=lambda name: Counted(name, []), replication=0):
        left.append(Counted.alive)

    assert left == [1, 1, 1, 0]
    assert Counted.most == 2


def stopped() -> Run:
    return a_run(outcome=Outcome.EVENT_BUDGET)


def broken() -> Run:
    raise SelfCheckFailed("heads were lost. Last events: 5 end.")


@pytest.mark.parametrize(
    ("ends", "kind", "says"),
    [
        (
            stopped,
            RunFailed,
            "scenario 'base', replication 2: there were more events than a run may have; is demand far above "
            "capacity.",
        ),
        (broken, SelfCheckFailed, "scenario 'base', replication 2: heads were lost. Last events: 5 end."),
    ],
)
def test_what_goes_wrong_says_in_which_run(ends: Callable[[], Run], kind: type[Exception], says: str) -> None:
    with pytest.raises(kind) as found:
        ran(work(base=0), ends=ends)

    assert str(found.value) == says


def test_what_goes_wrong_in_a_scenario_says_in_which() -> None:
    runs: Iterator[Callable[[], Run]] = iter([a_run, broken])

    with pytest.raises(SelfCheckFailed, match="scenario 'late', replication 2: heads were lost"):
        ran(work(base=0, late=9), ends=lambda: next(runs)())
