"""What schemes cost besides the activities they open: to set up, for places, for enrolments; in pence."""

import numpy as np
from numpy.typing import NDArray

from simulator.compiler.program import NO_LIMIT, Interventions
from simulator.units import SECONDS_A_YEAR

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Counts = Ints | Floats

SET_UP, PLACES, ENROLMENTS = range(3)
KINDS = 3


def scheme_pence(
    schemes: Interventions,
    *,
    closes: Ints,
    enrolled_area: Counts,
    enrolled_at: Ints,
    enrolled_in: Ints,
) -> Floats:
    """Price schemes by period, scheme and kind (P, I, KINDS), in pence.

    ``closes`` (P) ends each period; ``enrolled_area`` (P, I) are person-seconds; each enrolment has its
    second and its scheme. Setting up is paid for once, in the second of the start. Places are paid for
    while the scheme runs, taken or not; a scheme with no number of places pays for those that are taken.
    """
    found = np.zeros((len(closes), len(schemes.first_second), KINDS), dtype=np.float64)
    index = np.arange(len(schemes.first_second))
    found[period_of(closes, schemes.first_second), index, SET_UP] = schemes.set_up_pence
    places = np.where(
        schemes.places == NO_LIMIT, enrolled_area, schemes.places * running_seconds(schemes, closes)
    )
    found[:, :, PLACES] = places * schemes.place_year_pence / SECONDS_A_YEAR
    np.add.at(
        found[:, :, ENROLMENTS],
        (period_of(closes, enrolled_at), enrolled_in),
        schemes.enrolment_pence[enrolled_in],
    )
    return found


def between_pence(schemes: Interventions, *, span: slice, enrolled: Counts, enrolments: Counts) -> Floats:
    """Price schemes between two seconds (I), in pence; ``enrolled`` (I) person-seconds and ``enrolments`` in
    that time."""
    first = np.maximum(schemes.first_second, span.start)
    running = np.maximum(np.minimum(schemes.last_second, span.stop) - first, 0)
    places = np.where(schemes.places == NO_LIMIT, enrolled, schemes.places * running)
    begins = (schemes.first_second >= span.start) & (schemes.first_second < span.stop)
    once = np.where(begins, schemes.set_up_pence, 0.0)
    return np.asarray(
        once + places * schemes.place_year_pence / SECONDS_A_YEAR + enrolments * schemes.enrolment_pence
    )


def period_of(closes: Ints, second: Ints) -> Ints:
    """Give the period that each second lies in; the second of a close belongs to the next."""
    found: Ints = np.searchsorted(closes, second, side="right")
    return found


def running_seconds(schemes: Interventions, closes: Ints) -> Ints:
    """Give how long each scheme runs in each period (P, I), in seconds."""
    opens = np.concatenate([[0], closes[:-1]])
    first = np.maximum(opens[:, None], schemes.first_second)
    last = np.minimum(closes[:, None], schemes.last_second)
    found: Ints = np.maximum(last - first, 0)
    return found
