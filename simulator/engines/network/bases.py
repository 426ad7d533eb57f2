"""What the stocks of a file may drive in a network: as written, until a level takes its place.

Without an exchange nothing ever writes here.
"""

from dataclasses import dataclass

import numpy as np

from simulator.compiler.program import Floats, Program


@dataclass(frozen=True, slots=True, kw_only=True)
class Bases:
    """Rates before interventions, and what times drawn are multiplied by.

    ``needs`` (N, S, H), ``referrals`` (Q), ``hazard`` (S, S + 1) and ``joiners`` (S) a year;
    ``durations`` and ``patience`` (A); ``strength`` (I, weeks); ``shares`` (D), what multiplies the share of
    a route.
    """

    needs: Floats
    referrals: Floats
    hazard: Floats
    joiners: Floats
    durations: Floats
    patience: Floats
    strength: Floats
    shares: Floats


def bases_of(program: Program) -> Bases:
    """Give everything as the program has it."""
    needs, homes = program.needs, program.people.home_locality
    activities = len(program.names.activities)
    drives = 0 if program.exchange is None else len(program.exchange.drive_of)
    return Bases(
        needs=needs.rate[:, :, None] * needs.locality_times[:, None, homes],
        referrals=program.referrals.rate.copy(),
        hazard=program.people.hazard.copy(),
        joiners=program.people.joiners.copy(),
        durations=np.ones(activities),
        patience=np.ones(activities),
        strength=program.interventions.strength.copy(),
        shares=np.ones(drives),
    )
