"""Random numbers by address: the published vectors, and what must never change."""

import os
import subprocess
import sys
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import numpy as np
import pytest

from simulator.engines import draws
from simulator.engines.addresses import joiner_addresses, joiner_stream, person_addresses
from simulator.engines.blocks import blocks_at, counter_at, second_units
from simulator.engines.compiled import CONTRACTS, ENGINES, kernel_rooms
from simulator.engines.draws import (
    block,
    day_one_case,
    mix64,
    need_case,
    referral_case,
    threefry,
    to_unit,
    uniform,
    uniform_pair,
)

U64 = np.uint64
ONES = 2**64 - 1
# Random123, tests/kat_vectors, threefry2x64 with 20 rounds: counter, key, answer.
PUBLISHED = (
    ((0, 0), (0, 0), (0xC2B6E3A8C2C69865, 0x6F81ED42F350084D)),
    ((ONES, ONES), (ONES, ONES), (0xE02CB7C4D95D277A, 0xD06633D0893B8B68)),
    (
        (0x243F6A8885A308D3, 0x13198A2E03707344),
        (0xA4093822299F31D0, 0x082EFA98EC4E6C89),
        (0x263C7D30BB0F0AF1, 0x56BE8361D3311526),
    ),
)
PROGRAM = """
from simulator.engines.draws import mix64, need_case, uniform
from simulator.engines.elementary import logarithm, normal_scores
import numpy as np
u = uniform(7, 3, mix64(-5), 4_000_000_000, 65_535, 131_071)
print(int(mix64(-5)), int(need_case(-9, 4_000_000_000, 2025, 15, 65_535)))
print(float(u).hex(), float(logarithm(u)).hex(), float(normal_scores(np.array([u * 0.01]))[0]).hex())
"""


@pytest.mark.parametrize(("counter", "key", "answer"), PUBLISHED)
def test_the_generator_gives_the_published_answers(
    counter: tuple[int, int], key: tuple[int, int], answer: tuple[int, int]
) -> None:
    words = threefry(U64(key[0]), U64(key[1]), U64(counter[0]), U64(counter[1]))

    assert tuple(int(word) for word in words) == answer


def test_ids_are_mixed_by_the_finaliser_of_splitmix64() -> None:
    first_of_seed_nought = 0xE220A8397B1DCDAF
    golden_gamma = 0x9E3779B97F4A7C15 - 2**64

    assert int(mix64(golden_gamma)) % 2**64 == first_of_seed_nought


def test_a_uniform_number_is_never_nought_and_never_one() -> None:
    assert to_unit(U64(0)) == 2.0**-53
    assert to_unit(U64(ONES)) == 1.0 - 2.0**-53


def test_a_draw_is_a_word_of_the_block_at_its_counter() -> None:
    address, purpose, visit, number = -12345, 4_000_000_000, 3, 9
    counter = U64((purpose << 32) | (visit << 16) | number)

    words = threefry(U64(11), U64(2), U64(address % 2**64), counter)

    assert tuple(block(11, 2, address, purpose, visit, number)) == tuple(words)
    assert uniform(11, 2, address, purpose, visit, 2 * number) == (int(words[0] >> U64(12)) + 0.5) / 2**52
    assert uniform(11, 2, address, purpose, visit, 2 * number + 1) == (int(words[1] >> U64(12)) + 0.5) / 2**52


def test_a_pair_is_two_draws_of_one_block() -> None:
    pair = uniform_pair(1, 2, 3, 4, 5, 6)

    assert tuple(pair) == (uniform(1, 2, 3, 4, 5, 12), uniform(1, 2, 3, 4, 5, 13))


def test_blocks_drawn_together_are_those_drawn_alone() -> None:
    addresses = np.arange(-3, 40)
    counters = counter_at(4_000_000_000, visit=3) + 9 + np.arange(len(addresses))

    units, words = blocks_at((11, 2), addresses, counters=counters)

    for place, pair in enumerate(zip(units.tolist(), second_units(words).tolist(), strict=True)):
        assert pair == tuple(uniform_pair(11, 2, int(addresses[place]), 4_000_000_000, 3, 9 + place))


def test_addresses_mixed_together_are_those_mixed_alone() -> None:
    stream = joiner_stream(4_000_000_000, year=2025, layer=3)

    assert stream == mix64((4_000_000_000 << 32) + (2025 << 20) + (3 << 12) - 2**64)
    assert person_addresses(17, np.arange(3)).tolist() == [mix64((17 << 32) + n) for n in range(3)]
    assert joiner_addresses(stream, np.arange(3)).tolist() == [mix64(stream + n) for n in range(3)]


def test_every_part_of_an_address_matters() -> None:
    address = [1, 2, 3, 4, 5, 6]
    changed = [[*address[:place], 99, *address[place + 1 :]] for place in range(6)]

    found = {float(uniform(*one)) for one in [address, *changed]}

    assert len(found) == 7


def test_ids_of_different_things_differ() -> None:
    people = person_addresses(17, np.arange(2000)).tolist()
    streams = [joiner_stream(18, year=2025, layer=layer) for layer in range(20)]
    found = people + [one for stream in streams for one in joiner_addresses(stream, np.arange(100)).tolist()]
    found += [
        int(need_case(person, need, year, layer, k))
        for person in people[:20]
        for need in (5, 6)
        for year in (2025, 2026)
        for layer in range(5)
        for k in range(10)
    ]
    found += [
        int(referral_case(7, layer, n, place)) for layer in (0, 1) for n in range(500) for place in (0, 1)
    ]
    found += [int(day_one_case(8, waiting, n)) for waiting in (0, 1) for n in range(500)]

    assert len(set(found)) == len(found)


def test_uniform_numbers_are_even_and_independent() -> None:
    u = np.array([uniform(5, 0, person, 77, 0, draw) for person in range(20_000) for draw in (0, 1)])
    counts = np.bincount((u * 64).astype(int), minlength=64)
    chi_square = float(((counts - 625.0) ** 2 / 625.0).sum())

    assert chi_square < 130.5  # exceeded once in a million, 63 degrees of freedom
    assert abs(np.corrcoef(u[::2], u[1::2])[0, 1]) < 4.9 / 20_000**0.5


@pytest.fixture(scope="module")
def said_here() -> str:
    """Run a few draws in this process."""
    with redirect_stdout(StringIO()) as said:
        exec(PROGRAM, {})
    return said.getvalue()


def test_without_the_compiler_the_bits_are_the_same(said_here: str) -> None:
    assert run_program(NUMBA_DISABLE_JIT="1") == said_here


def test_a_cache_that_cannot_be_written_is_no_obstacle(said_here: str) -> None:
    assert run_program(NUMBA_CACHE_DIR="/proc/version/no_folder", HOME="/proc/version") == said_here


def test_a_damaged_cache_is_compiled_again(tmp_path: Path, said_here: str) -> None:
    first = run_program(NUMBA_CACHE_DIR=str(tmp_path))
    kept = [file for pattern in ("*.nbi", "*.nbc") for file in sorted(tmp_path.rglob(pattern))]
    for place, file in enumerate(kept):
        file.write_bytes(b"" if place % 2 else b"\x80\x04 spoilt")

    again = run_program(NUMBA_CACHE_DIR=str(tmp_path))

    assert len(kept) > 4
    assert again == first == said_here


def test_every_room_with_a_kernel_is_in_the_name_of_the_cache() -> None:
    rooms = set(kernel_rooms())
    compiled = {room for room in ENGINES.rglob("*.py") if "\n@kernel\n" in room.read_text(encoding="utf-8")}

    assert Path(draws.__file__) in compiled
    assert compiled | set(CONTRACTS) <= rooms


def run_program(**environment: str) -> str:
    """Run a few draws in a process of their own, warnings as errors."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("NUMBA")}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", PROGRAM],
        env=inherited | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
