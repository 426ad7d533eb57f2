"""Places in wards: what is used, what is freed, what fills again, and when a whole ward is released."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.units import SECONDS_A_DAY

Floats = NDArray[np.float64]
WHOLE_WINTER = 90 * SECONDS_A_DAY  # December, January and a February of 28 days


@dataclass(frozen=True, slots=True, kw_only=True)
class Ward:
    """A resource whose freed days count: who owns it, what uses it, and what a whole ward of it costs.

    ``refills`` says whether what is freed fills again. ``size`` is in places of the part of the place that is
    run, nought where it has no wards; ``pence`` a second for one ward of the whole place, borne on ``line``.
    """

    name: str
    owner: str
    activities: tuple[str, ...]
    refills: bool
    size: float = 0.0
    pence: float = 0.0
    notice_seconds: float = 0.0
    line: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beds:
    """Use of wards by reporting period of the window (P): ``used`` (P, W) place-seconds, turnaround included.

    ``seconds`` (P) long each; ``winters`` (P, winters) the part of each that lies in December to February of
    each winter, in order. ``turning`` (W) is the part of all that is used that is turnaround.
    """

    wards: tuple[Ward, ...]
    used: Floats
    seconds: Floats
    winters: Floats
    turning: Floats | None = None

    @property
    def days(self) -> Floats:
        """Give place-days used over the window (W)."""
        return np.asarray(self.used.sum(axis=0) / SECONDS_A_DAY)


def freed_days(here: Beds, there: Beds) -> Floats:
    """Give the place-days freed against another world (W); below nought where more are used."""
    return there.days - here.days


def wards_released(fall: Floats, beds: Beds, *, ward: Ward) -> Floats:
    """Give how many whole wards are released in each period (P).

    ``fall`` (P) is by how many places fewer are used and stay empty. A ward goes when over the notice, just
    ended, over the last whole winter, and over what has passed of the present one, a whole ward was empty on
    average: nothing goes before a notice and a winter from its first day to its last have passed. It comes
    back as soon as that no longer holds.
    """
    found = np.zeros(len(fall))
    if ward.size <= 0:
        return found
    ends = np.cumsum(beds.seconds)
    begins = ends - beds.seconds
    for period in range(len(fall)):
        since = begins[period] - ward.notice_seconds
        winters = _winters_to_judge_by(beds.winters, period)
        if since < -1e-6 or not winters:
            continue
        part = np.clip(ends[:period] - np.maximum(begins[:period], since), 0.0, None)
        lived = [fall[:period] @ weight / weight.sum() for weight in (part, *winters) if weight.sum() > 0]
        found[period] = max(0.0, np.floor(min(lived) / ward.size + 1e-9))
    return found


def _winters_to_judge_by(winters: Floats, period: int) -> list[Floats]:
    """Give the last whole winter before a period, and what there has been of one since; none before that."""
    lived, all_of_it = winters[:period].sum(axis=0), winters.sum(axis=0)
    is_whole = (all_of_it >= WHOLE_WINTER - 1.0) & (all_of_it - lived < 1.0)
    if not is_whole.any():
        return []
    last = int(np.flatnonzero(is_whole)[-1])
    begun = [place for place in range(last + 1, winters.shape[1]) if lived[place] > 0]
    return [winters[:period, place] for place in (last, *begun)]


def refill_factors(freed: Mapping[str, float], *, wards: tuple[Ward, ...], share: float) -> Floats:
    """Give the share of each ward's freed days that fill again (W): of what is freed on average; no rise."""
    return np.array([share if one.refills and freed[one.name] > 0 else 0.0 for one in wards])
