"""The candidates of all referrals of a run, drawn and put in order."""

from dataclasses import dataclass

import numpy as np

from simulator.compiler.program import ABSENT, Floats, Ints, Program
from simulator.engines.population import Key
from simulator.engines.referral_stream import batch_sizes, multiple_width, poisson_seconds, renewal_seconds
from simulator.engines.year_pace import Clock
from simulator.errors import RunFailed

POISSON, RENEWAL, SCRIPTED = range(3)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ReferralCandidates:
    """Candidates of referrals, by second, referral, layer and ordinal.

    ``threshold`` is a multiple of the rate that the program states; ``batch`` how many cases come at once.
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
    if referrals.kind[referral] != POISSON:
        return 1
    return int(referrals.layers[referral]) if referrals.rate[referral] > 0.0 else 0


def draw_stream(program: Program, key: Key, *, referral: int, layer: int, clock: Clock) -> ReferralCandidates:
    """Draw one layer of a referral."""
    second, threshold = moments(program, key, referral=referral, layer=layer, clock=clock)
    return ReferralCandidates(
        second=second,
        referral=np.full(len(second), referral),
        layer=np.full(len(second), layer),
        ordinal=np.arange(len(second)),
        threshold=threshold,
        batch=batches(program, key, referral=referral, layer=layer, number=len(second)),
    )


def moments(program: Program, key: Key, *, referral: int, layer: int, clock: Clock) -> tuple[Ints, Floats]:
    """Give the seconds and thresholds of one layer of a referral."""
    referrals, end = program.referrals, program.calendar.end_second
    kind, purpose = int(referrals.kind[referral]), int(referrals.hash[referral])
    if kind == SCRIPTED:
        second = referrals.at_second[referrals.at_first[referral] : referrals.at_first[referral + 1]]
        second = second[second < end]
        return second, np.zeros(len(second))
    rate = float(referrals.rate[referral]) * multiple_width(layer)
    law = int(referrals.between_law[referral])
    if kind == RENEWAL:
        if not program.laws.mean[law] > 0.0:
            raise RunFailed(
                f"referrals.{program.names.referrals[referral]}: the time between arrivals is always nought."
            )
        rate = 1.0 / float(program.laws.mean[law])
    room = int(rate * end + 8.0 * (rate * end) ** 0.5) + 100
    while True:
        second, threshold = np.empty(room, np.int64), np.zeros(room)
        if kind == RENEWAL:
            size = renewal_seconds(second, key, purpose, end, tables(program), law)
        else:
            base = float(referrals.rate[referral])
            pace = int(referrals.profile[referral])
            size = poisson_seconds(second, threshold, key, purpose, layer, base, end, clock, pace)
        if size >= 0:
            return second[:size], threshold[:size]
        room *= 2


def batches(program: Program, key: Key, *, referral: int, layer: int, number: int) -> Ints:
    """Give the batch sizes of one layer of a referral."""
    law = int(program.referrals.batch_law[referral])
    if law == ABSENT:
        return np.ones(number, np.int64)
    purpose = int(program.referrals.hash[referral])
    return batch_sizes(key, purpose, layer, number, tables(program), law)


def tables(program: Program) -> tuple[Ints, Floats, Ints, Ints, Floats, Floats]:
    """Give the sampling tables of a program as compiled code takes them."""
    laws = program.laws
    return laws.kind, laws.scale, laws.first, laws.size, laws.points, laws.cumulative
