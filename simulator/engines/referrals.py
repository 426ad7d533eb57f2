"""The candidates of all referrals of a run, drawn and put in order."""

from dataclasses import dataclass

import numpy as np

from simulator.compiler.program import ABSENT, Floats, Ints, Program
from simulator.engines.candidates import SECONDS_A_YEAR, layer_low, layer_width
from simulator.engines.population import Key
from simulator.engines.referral_stream import batch_sizes, poisson_seconds, renewal_seconds
from simulator.engines.year_pace import Clock
from simulator.errors import RunFailed

POISSON, RENEWAL, SCRIPTED = range(3)
AT_ANY_RATE = -1.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ReferralCandidates:
    """Candidates of referrals, by second, referral, layer and ordinal.

    One happens if its ``threshold``, a rate a year like that of the program, is below the present rate; those
    by renewal and by script have one below all rates. ``batch`` is how many cases come at once.
    """

    second: Ints
    referral: Ints
    layer: Ints
    ordinal: Ints
    threshold: Floats
    batch: Ints

    def __len__(self) -> int:
        """Count the candidates."""
        return len(self.second)


def draw_referrals(program: Program, key: Key, *, clock: Clock) -> ReferralCandidates:
    """Draw the candidates of all referrals from second 0 to the end of the run."""
    streams = [
        draw_stream(program, key, referral=referral, layer=layer, clock=clock)
        for referral in range(len(program.referrals.kind))
        for layer in range(layers_of(program, referral))
    ]
    none = np.empty(0, np.int64)
    second = np.concatenate([none, *(stream.second for stream in streams)])
    referral = np.concatenate([none, *(stream.referral for stream in streams)])
    layer = np.concatenate([none, *(stream.layer for stream in streams)])
    ordinal = np.concatenate([none, *(stream.ordinal for stream in streams)])
    order = np.lexsort((ordinal, layer, referral, second))
    return ReferralCandidates(
        second=second[order],
        referral=referral[order],
        layer=layer[order],
        ordinal=ordinal[order],
        threshold=np.concatenate([np.empty(0), *(stream.threshold for stream in streams)])[order],
        batch=np.concatenate([none, *(stream.batch for stream in streams)])[order],
    )


def layers_of(program: Program, referral: int) -> int:
    """Count the layers of a referral: one for arrivals by renewal and by script."""
    referrals = program.referrals
    return int(referrals.layers[referral]) if referrals.kind[referral] == POISSON else 1


def draw_stream(program: Program, key: Key, *, referral: int, layer: int, clock: Clock) -> ReferralCandidates:
    """Draw one layer of a referral."""
    if program.referrals.kind[referral] == POISSON:
        second, ordinal, threshold = poisson_layer(program, key, referral=referral, layer=layer, clock=clock)
    else:
        second = (
            written(program, referral)
            if is_scripted(program, referral)
            else renewal(program, key, referral=referral)
        )
        ordinal, threshold = np.arange(len(second)), np.full(len(second), AT_ANY_RATE)
    return ReferralCandidates(
        second=second,
        referral=np.full(len(second), referral),
        layer=np.full(len(second), layer),
        ordinal=ordinal,
        threshold=threshold,
        batch=batches(program, key, referral=referral, layer=layer, ordinal=ordinal),
    )


def poisson_layer(
    program: Program, key: Key, *, referral: int, layer: int, clock: Clock
) -> tuple[Ints, Ints, Floats]:
    """Draw seconds, ordinals and thresholds of one layer, those that can never happen left out."""
    referrals, end = program.referrals, program.calendar.end_second
    purpose, profile = int(referrals.hash[referral]), int(referrals.profile[referral])
    bound = float(referrals.bound[referral])
    most = min(bound - layer_low(layer), layer_width(layer)) * end / SECONDS_A_YEAR
    room = room_for(most)
    while True:
        second, ordinal, threshold = np.empty(room, np.int64), np.empty(room, np.int64), np.empty(room)
        size = poisson_seconds(second, ordinal, threshold, key, purpose, layer, bound, end, clock, profile)
        if size >= 0:
            return second[:size], ordinal[:size], threshold[:size]
        room *= 2


def renewal(program: Program, key: Key, *, referral: int) -> Ints:
    """Draw the seconds of arrivals that come one after another."""
    referrals, end = program.referrals, program.calendar.end_second
    law, purpose = int(referrals.between_law[referral]), int(referrals.hash[referral])
    mean = float(program.laws.mean[law])
    if not mean > 0.0:
        raise RunFailed(
            f"referrals.{program.names.referrals[referral]}: the time between arrivals is always nought."
        )
    room = room_for(end / mean)
    while True:
        second = np.empty(room, np.int64)
        size = renewal_seconds(second, key, purpose, end, tables(program), law)
        if size >= 0:
            return second[:size]
        room *= 2


def is_scripted(program: Program, referral: int) -> bool:
    """Say whether arrivals come at written seconds."""
    return bool(program.referrals.kind[referral] == SCRIPTED)


def written(program: Program, referral: int) -> Ints:
    """Give the written seconds that lie in the run."""
    referrals = program.referrals
    second = referrals.at_second[referrals.at_first[referral] : referrals.at_first[referral + 1]]
    return second[second < program.calendar.end_second]


def room_for(expected: float) -> int:
    """Give room for a Poisson number that is seldom too small."""
    return int(expected + 8.0 * expected**0.5) + 100


def batches(program: Program, key: Key, *, referral: int, layer: int, ordinal: Ints) -> Ints:
    """Give the batch sizes of some candidates of one layer of a referral."""
    law = int(program.referrals.batch_law[referral])
    if law == ABSENT:
        return np.ones(len(ordinal), np.int64)
    purpose = int(program.referrals.hash[referral])
    return batch_sizes(key, purpose, layer, ordinal, tables(program), law)


def tables(program: Program) -> tuple[Ints, Floats, Ints, Ints, Floats, Floats]:
    """Give the sampling tables of a program as compiled code takes them."""
    laws = program.laws
    return laws.kind, laws.scale, laws.first, laws.size, laws.points, laws.cumulative
