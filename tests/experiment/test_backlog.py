"""Stretches of work: each worker has its own neighbours, nothing is given twice, and nobody is idle early."""

import pytest

from simulator.experiment.backlog import InOrder, Stretches


def taken(backlog: Stretches[str] | InOrder[str], *workers: int) -> str:
    return "".join(one[1] for worker in workers if (one := backlog.take(worker)))


def test_each_worker_has_a_stretch_of_neighbours() -> None:
    assert taken(Stretches("abcdef", workers=2), 0, 1, 0, 1, 0, 1) == "adbecf"


def test_whoever_is_through_takes_the_later_half_of_the_longest_left() -> None:
    backlog = Stretches("abcdefghi", workers=3)

    assert taken(backlog, 0, 0, 0, 1, 1, 2) == "abcdeg"
    assert taken(backlog, 0, 2, 1, 0) == "ihf"


@pytest.mark.parametrize("workers", [1, 2, 3, 7, 40])
def test_every_piece_is_given_once_with_its_place(workers: int) -> None:
    backlog = Stretches(range(23), workers=workers)
    found = []
    while one := backlog.take(len(found) * 5 % workers):
        found.append(one)

    assert sorted(found) == [(number, number) for number in range(23)]
    assert len(backlog) == 0


def test_pieces_in_their_order_are_so_whoever_takes_them() -> None:
    assert taken(InOrder("abc"), 4, 0, 2, 1) == "abc"
