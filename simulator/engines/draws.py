"""Random numbers by address: Threefry-2x64-20, and the ids that make the addresses.

Every draw is a function of (study seed, replication) and of who it is about, what for, which visit and
which draw: never of a place in a stream. The generator is Threefry-2x64 with 20 rounds (Salmon, Moraes,
Dror & Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3"); ids are mixed by the finaliser of
SplitMix64 (Steele, Lea & Flood 2014). Numbers that come in and ids that go out are int64, reinterpreted as
uint64 inside. A uniform number is u = ((x >> 12) + 1/2) 2^-52: never 0, never 1.
"""

import numpy as np

from simulator.engines.compiled import kernel

U64 = np.uint64
PARITY = U64(0x1BD11BDAA9FC1A22)
MIX_ONE, MIX_TWO = U64(0xBF58476D1CE4E5B9), U64(0x94D049BB133111EB)
STEP = 2.0**-52
# The bits of 2⁵²: with 52 bits of a word below them, a float64 that is 2⁵² more than those bits say.
FROM_2_52 = U64(0x4330000000000000)
HALF_BELOW_2_52 = 2.0**52 - 0.5
N1, N2, N3, N4, N5 = U64(1), U64(2), U64(3), U64(4), U64(5)
N12, N16, N21, N24 = U64(12), U64(16), U64(21), U64(24)
N27, N30, N31, N32, N42, N64 = U64(27), U64(30), U64(31), U64(32), U64(42), U64(64)


@kernel
def uniform(seed: int, replication: int, address: int, purpose: int, visit: int, draw: int) -> float:
    """Return the uniform number in (0, 1) at an address; ``visit`` and ``draw >> 1`` have 16 bits each."""
    first, second = block(seed, replication, address, purpose, visit, draw >> 1)
    return to_unit(second) if draw & 1 else to_unit(first)


@kernel
def uniform_pair(
    seed: int, replication: int, address: int, purpose: int, visit: int, number: int
) -> tuple[float, float]:
    """Return both uniform numbers of block ``number``: draws ``2 * number`` and the next."""
    first, second = block(seed, replication, address, purpose, visit, number)
    return to_unit(first), to_unit(second)


@kernel
def block(
    seed: int, replication: int, address: int, purpose: int, visit: int, number: int
) -> tuple[np.uint64, np.uint64]:
    """Return the two words of a block."""
    return threefry(bits(seed), bits(replication), bits(address), counter_word(purpose, visit, number))


@kernel
def counter_word(purpose: int, visit: int, number: int) -> np.uint64:
    """Return the second word of the counter of a block."""
    return (bits(purpose) << N32) | (bits(visit) << N16) | bits(number)


@kernel
def to_unit(word: np.uint64) -> float:
    """Turn a word into a number in (0, 1), by its bits: so that long rows are turned four at a time."""
    return (U64((word >> N12) | FROM_2_52).view(np.float64) - HALF_BELOW_2_52) * STEP


@kernel
def threefry(
    key0: np.uint64, key1: np.uint64, counter0: np.uint64, counter1: np.uint64
) -> tuple[np.uint64, np.uint64]:
    """Return the block of Threefry-2x64-20 at a counter; all words are unsigned."""
    key2 = PARITY ^ key0 ^ key1
    x, y = odd_rounds(counter0 + key0, counter1 + key1)
    x, y = even_rounds(x + key1, y + key2 + N1)
    x, y = odd_rounds(x + key2, y + key0 + N2)
    x, y = even_rounds(x + key0, y + key1 + N3)
    x, y = odd_rounds(x + key1, y + key2 + N4)
    return x + key2, y + key0 + N5


@kernel
def odd_rounds(x: np.uint64, y: np.uint64) -> tuple[np.uint64, np.uint64]:
    """Run four rounds with the first half of the rotations."""
    x += y
    y = turned(y, N16) ^ x
    x += y
    y = turned(y, N42) ^ x
    x += y
    y = turned(y, N12) ^ x
    x += y
    y = turned(y, N31) ^ x
    return x, y


@kernel
def even_rounds(x: np.uint64, y: np.uint64) -> tuple[np.uint64, np.uint64]:
    """Run four rounds with the second half of the rotations."""
    x += y
    y = turned(y, N16) ^ x
    x += y
    y = turned(y, N32) ^ x
    x += y
    y = turned(y, N24) ^ x
    x += y
    y = turned(y, N21) ^ x
    return x, y


@kernel
def turned(x: np.uint64, by: np.uint64) -> np.uint64:
    """Rotate 64 bits to the left."""
    return (x << by) | (x >> (N64 - by))


@kernel
def bits(x: int) -> np.uint64:
    """Reinterpret a signed integer as 64 bits."""
    return np.int64(x).view(np.uint64)


@kernel
def signed(x: np.uint64) -> int:
    """Reinterpret 64 bits as a signed integer."""
    return int(U64(x).view(np.int64))


@kernel
def mix(z: np.uint64) -> np.uint64:
    """Mix 64 bits one to one: the finaliser of SplitMix64."""
    z = (z ^ (z >> N30)) * MIX_ONE
    z = (z ^ (z >> N27)) * MIX_TWO
    return z ^ (z >> N31)


@kernel
def mix64(x: int) -> int:
    """Mix an integer one to one."""
    return signed(mix(bits(x)))


@kernel
def need_case(person: int, need_hash: int, year: int, layer: int, k: int) -> int:
    """Return the id of the case of a person's ``k``-th candidate of a need in a year and layer."""
    root = mix(bits(person) ^ (bits(need_hash) << N32))
    return signed(mix(root + (bits(year) << N32) + (bits(layer) << N24) + bits(k)))


@kernel
def referral_stream(referral_hash: int, layer: int) -> int:
    """Return the address of the candidates of a referral in a layer."""
    return signed(mix((bits(referral_hash) << N32) + (bits(layer) << N24)))


@kernel
def referral_case(referral_hash: int, layer: int, ordinal: int, place: int) -> int:
    """Return the id of the case at a place in the batch of a referral's candidate."""
    return signed(mix(bits(referral_stream(referral_hash, layer)) + (bits(ordinal) << N16) + bits(place)))


@kernel
def day_one_case(activity_hash: int, waiting: int, ordinal: int) -> int:
    """Return the id of a case that is there at second 0: ``waiting`` 1 in the queue, 0 in the place."""
    return signed(mix((bits(activity_hash) << N32) + (bits(waiting) << N31) + bits(ordinal)))
