"""Addresses of people, many at once: numbers mixed by the finaliser of SplitMix64, as ``draws`` mixes one."""

import numpy as np
from numpy.typing import NDArray

from simulator.compiler.program import Ints
from simulator.engines.draws import MIX_ONE, MIX_TWO, N27, N30, N31

Words = NDArray[np.uint64]


def person_addresses(segment_hash: int, ordinals: Ints) -> Ints:
    """Give the addresses of people who are there on the first day."""
    return _signed(_mixed(np.uint64(segment_hash << 32) + ordinals.astype(np.uint64)))


def joiner_stream(stream_hash: int, *, year: int, layer: int) -> int:
    """Give the address of the candidates to join a segment in a year and layer."""
    word = np.array([(stream_hash << 32) + (year << 20) + (layer << 12)], dtype=np.uint64)
    return int(_signed(_mixed(word))[0])


def joiner_addresses(stream: int, ks: Ints) -> Ints:
    """Give the addresses of the candidates of a stream of those who may join."""
    return _signed(_mixed(np.array([stream]).view(np.uint64) + ks.astype(np.uint64)))


def _mixed(words: Words) -> Words:
    """Mix each word one to one."""
    words = (words ^ (words >> N30)) * MIX_ONE
    words = (words ^ (words >> N27)) * MIX_TWO
    return words ^ (words >> N31)


def _signed(words: Words) -> Ints:
    """Reinterpret as signed."""
    return words.view(np.int64)
