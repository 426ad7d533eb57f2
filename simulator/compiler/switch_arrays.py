"""The arrays of the switches: interventions, effects and moves.

Letters used in shapes: see ``program.py``.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Interventions:
    """The switches that are on, in name order.

    ``first_second``/``last_second`` (I): when it runs, ``[first, last)``. Week 0 of its tables begins at
    ``first_second``, week w > 0 at the w-th Monday 00:00 after it. ``strength`` (I, W): ramp times (1 -
    fade), by week. ``enrols`` (I). ``uptake`` (I, L), ``places`` (I), ``stay_law`` (I), ``by_lot`` (I: recent
    use orders nobody), ``eligible_segment`` (I, S), ``eligible_locality`` (I, L), ``use_need`` (I, N),
    ``use_at_least`` (I, 0 without such a rule), ``use_quarters`` (I). Enrolments in week w are at most
    floor(r (w + 1)) - floor(r w), r = ``weekly_numerator`` / ``weekly_denominator`` (I), numerator -1 without
    limit. Costs in pence, setting up in the population's share.
    """

    first_second: Ints
    last_second: Ints
    strength: Floats
    enrols: Flags
    uptake: Floats
    places: Ints
    weekly_numerator: Ints
    weekly_denominator: Ints
    stay_law: Ints
    by_lot: Flags
    eligible_segment: Flags
    eligible_locality: Flags
    use_need: Flags
    use_at_least: Ints
    use_quarters: Ints
    lead: Ints
    set_up_pence: Floats
    place_year_pence: Floats
    enrolment_pence: Floats
    hash: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Effects:
    """What the switches do to rates, durations, hazards and shares; in order of (intervention, place in its
    list).

    ``acts`` TIMES or PLUS; ``on`` one of ``ON_*``; ``target`` the need, referral, activity or segment;
    ``second_target`` the segment a hazard leads to, or the route name (``Names.routes``) of a share, be it of
    an activity's routes or of where a need or referral starts; ``instead`` the route name that gains or
    gives, for shares. ``whom`` and ``segment`` (F, S). ``since_enrolment`` says whether ``value`` (F, W) is
    read by weeks since the person's enrolment or by the scheme's week. PLUS values are in the target's unit
    (per year, or seconds). ``full_strength`` (F): the ramp does not apply.
    """

    intervention: Ints
    acts: Ints
    on: Ints
    target: Ints
    second_target: Ints
    instead: Ints
    whom: Ints
    segment: Flags
    since_enrolment: Flags
    full_strength: Flags
    value: Floats
    hash: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Moves:
    """Diversions and step-downs: cases sent another way, if a place is free there and then.

    ``kind`` 0 diverts, 1 step-down. ``at`` the activity being left (diverts) or stayed in (step-down);
    ``away_from``: the activity they would have gone to (diverts; -1 for step-down); ``to``. ``share`` (M, G)
    and ``home_share`` (M, G): chances for those whose own route leads to ``away_from``, and to ``exit``.
    ``last_seconds`` (M). ``whom``/``segment`` as in effects.
    """

    intervention: Ints
    kind: Ints
    at: Ints
    away_from: Ints
    to: Ints
    share: Floats
    home_share: Floats
    last_seconds: Ints
    whom: Ints
    segment: Flags
    hash: Ints
