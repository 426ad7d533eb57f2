"""A frozen network of plain arrays: all that an engine reads.

Letters used in shapes: A activities, R resources, N needs, Q referrals, S segments, C classes, G groups (``(S
+ 1) * C``), H homes, P profiles, T traits, I interventions switched on, F effects, W weeks of an
intervention, E route entries. Seconds count from second 0 (warm-up begins). ``-1`` as an index: absent.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from simulator.compiler.aid_arrays import Pacts, Shifts
from simulator.compiler.collaboration_arrays import Collaborations as Collaborations
from simulator.compiler.collaboration_arrays import Feedback as Feedback
from simulator.compiler.exchange_arrays import Exchange as Exchange
from simulator.compiler.harm_arrays import Consequences, Harms
from simulator.compiler.swing_arrays import Swings as Swings
from simulator.compiler.switch_arrays import Effects as Effects
from simulator.compiler.switch_arrays import Interventions as Interventions
from simulator.compiler.switch_arrays import Moves as Moves

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

NO_LIMIT = ABSENT = -1

# Kinds of a route entry's target.
TO_ACTIVITY, TO_EXIT, TO_DIED, TO_FIRST_FREE, TO_SHORTEST_QUEUE = range(5)

# Keeping a place until the next activity.
LEAVES_AT_ONCE, UNTIL_STARTS, UNTIL_ROOM = range(3)

# Points of a case at which a clock may start or stop.
AT_NEED, AT_ARRIVAL, AT_START, AT_READY, AT_END, AT_LEAVE = range(6)

# Kinds of a law's table.
LAW_CONTINUOUS, LAW_STEPS, LAW_IN_ORDER = range(3)

# What an effect acts on.
(
    ON_NEED_RATE,
    ON_REFERRAL_RATE,
    ON_DURATION,
    ON_HAZARD,
    ON_ROUTE_SHARE,
    ON_JOINERS,
    ON_NEED_START,
    ON_REFERRAL_START,
) = range(8)

# Whom an effect touches.
FOR_EVERYONE, FOR_ENROLLED, FOR_SEGMENTS = range(3)

# How an effect acts.
TIMES, PLUS = range(2)

# Whether the number present at the start is stated, or drawn from the stationary law.
STEADY = -2


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Names by index, alphabetical; the only text in a program."""

    segments: tuple[str, ...]
    classes: tuple[str, ...]
    needs: tuple[str, ...]
    referrals: tuple[str, ...]
    activities: tuple[str, ...]
    resources: tuple[str, ...]
    organisations: tuple[str, ...]
    homes: tuple[str, ...]
    localities: tuple[str, ...]
    profiles: tuple[str, ...]
    traits: tuple[str, ...]
    interventions: tuple[str, ...]
    clocks: tuple[str, ...]
    counts: tuple[str, ...]
    routes: tuple[str, ...]
    overheads: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """What the clock on the wall says: all derived from ``starts``, warm-up and horizon.

    ``first_day`` is the proleptic ordinal (``date.toordinal``) of the day that contains second 0 at 00:00.
    ``year_start_second[i]`` is the second of 1 January 00:00 of ``first_year + i`` (negative for the first),
    one more than there are years. ``period_close_second`` ends each reporting period, ascending, the last at
    ``end_second``; one close is exactly at ``warm_up_seconds``. ``quarter_second`` are the boundaries between
    quarters of 13 weeks in (0, end), counted from ``starts`` both ways; the quarter that begins at ``starts``
    has number 0. ``monday_second`` are the Mondays 00:00 in [0, end).
    """

    first_day: int
    first_year: int
    warm_up_seconds: int
    horizon_seconds: int
    end_second: int
    year_start_second: Ints
    period_close_second: Ints
    quarter_second: Ints
    quarter_number: Ints
    monday_second: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Laws:
    """Sampling tables: one row a law, the points of all tables in one array.

    A variate of law ``l`` is ``scale[l] * table_value`` (not yet rounded). Tables may be shared:
    ``first``/``size`` point into ``points`` (values) and, for steps, ``cumulative``. Continuous: ``size = 3 *
    1025`` values at the cell borders of the three levels. ``mean`` is the mean of a variate.
    """

    kind: Ints
    scale: Floats
    first: Ints
    size: Ints
    mean: Floats
    points: Floats
    cumulative: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Profiles:
    """Running integrals of the calendar profiles, in profile seconds (a profile's mean is one).

    ``day_start`` (P, D + 1): profile seconds from 1 January of ``Calendar.first_year`` to each midnight, over
    whole calendar years to 31 December of the last year. ``day_weight`` (P, D) multiplies within-day time.
    Within a day: borders ``border_second`` and the integral at each border ``border_integral``, rows
    ``border_first[p] : border_first[p + 1]``, from (0, 0) to (86400, 86400).
    """

    day_start: Floats
    day_weight: Floats
    border_first: Ints
    border_second: Floats
    border_integral: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """The population before anybody is drawn.

    ``segment_people`` (S): people on the first day (population share applied). ``segment_hash`` and
    ``joiner_hash`` (S): purposes. ``home_cumulative`` (H): running shares of homes. ``home_locality`` (H).
    ``hazard`` (S, S + 1) per year, the last column death. ``hazard_layers`` and ``hazard_bound`` (S, S + 1):
    layers of candidates, and the highest hazard that effects can make, while somebody is in a segment.
    ``route_reach`` (S, S): whether routes alone can lead from a segment to another. ``target_hash`` (S + 1).
    ``joiners`` (S) per year, ``joiner_layers`` (S), ``joiner_stream_hash`` (S): all in one stream a segment.
    ``trait_scores`` (T, K): factor at normal scores from -8 to 8, evenly spaced, mean one;
    ``trait_persistence`` (T); ``trait_hash`` (T).
    """

    segment_people: Ints
    segment_hash: Ints
    home_cumulative: Floats
    home_locality: Ints
    locality_quintile: Ints
    hazard: Floats
    hazard_layers: Ints
    hazard_bound: Floats
    route_reach: Flags
    target_hash: Ints
    joiners: Floats
    joiner_layers: Ints
    joiner_hash: Ints
    trait_scores: Floats
    trait_persistence: Floats
    trait_hash: Ints
    quality_of_life: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """What people come to need. ``rate`` (N, S) per person-year before locality, trait and effects.

    ``locality_times`` (N, L). ``layers`` (N, S): how many layers of candidates reach the highest intensity
    while somebody is in a segment, effects included; ``bound`` (N, S) that intensity itself: a
    candidate whose threshold is not below it can never happen. ``choice`` (N, S): where a case starts.
    ``klass`` (N): its class.
    """

    rate: Floats
    locality_times: Floats
    layers: Ints
    bound: Floats
    trait: Ints
    profile: Ints
    one_at_a_time: Flags
    choice: Ints
    klass: Ints
    hash: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Referrals:
    """Arrivals with no population behind them.

    ``kind`` (Q): 0 Poisson (``rate`` per year before effects, ``profile``; ``layers`` of candidates that
    reach the highest rate with effects, which is ``bound``), 1 renewal (``between_law``), 2 scripted
    (``at_second[at_first[q] : at_first[q + 1]]``, ascending). ``batch_law`` -1 for one at a time. ``choice``
    (Q). ``klass`` (Q).
    """

    kind: Ints
    rate: Floats
    layers: Ints
    bound: Floats
    profile: Ints
    between_law: Ints
    at_first: Ints
    at_second: Ints
    batch_law: Ints
    choice: Ints
    klass: Ints
    hash: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Routes:
    """Every choice of a way onward: choice ``c`` has the entries ``first[c] : first[c + 1]`` with running
    shares.

    Entries of a choice stand in order of route name. ``kind`` is one of ``TO_*``; ``target`` an activity, or
    for first-free and shortest-queue a row of ``list_first`` into ``list_activity``. ``klass``/``segment``:
    what the case or person becomes, or -1. ``law``: the route's own duration law, or -1. ``name``: index in
    ``Names.routes``.
    """

    first: Ints
    cumulative: Floats
    kind: Ints
    target: Ints
    klass: Ints
    segment: Ints
    law: Ints
    name: Ints
    list_first: Ints
    list_activity: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Activities:
    """Steps of care. Two-dimensional arrays are (A, G) unless said otherwise.

    ``resource`` (A, H + 1): by the person's home, last column for nobody's; -1 where it needs none.
    ``route_first`` (A): the route is drawn on entry. ``keeps`` (A, A): one of the keeping rules by the next
    activity. ``alternative_first``/``alternative``: lists for ``if_full``. ``leaving_profile`` (A): profile
    of ``ends_at`` or -1. ``turnaround_law`` (A). ``row`` (A, G): first record row of the pair (one a home
    follows, ``H + 1`` in all), or -1 where such a case can never come.
    """

    resource: Ints
    duration_law: Ints
    patience_law: Ints
    choice: Ints
    gives_up_choice: Ints
    refused_choice: Ints
    interrupted_choice: Ints
    priority: Ints
    row: Ints
    keeps: Ints
    route_first: Flags
    leaving_profile: Ints
    alternative_first: Ints
    alternative: Ints
    holds_previous: Flags
    resident: Flags
    queue_is_resident: Flags
    also_in_bed: Flags
    ends_on_admission: Flags
    turnaround_law: Ints
    hash: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOne:
    """Who is already there at second 0.

    ``present`` and ``waiting`` (A): how many (``STEADY``: drawn, Poisson with mean ``present_mean``).
    ``group_cumulative`` (A, G): running shares of the groups they come from. ``remaining_law`` (A, G) and
    ``patience_law`` (A, G): stationary-excess laws of the stay and of patience. ``waited_law`` (A).
    """

    present: Ints
    present_mean: Floats
    waiting: Ints
    group_cumulative: Floats
    remaining_law: Ints
    patience_law: Ints
    waited_law: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Resources:
    """Capacity. ``capacity`` (R) at second 0 (``NO_LIMIT`` never full); changes ascend by (second, resource).

    A closed resource has capacity 0. ``room`` (R): most that may wait while holding no place. ``free_needed``
    (R, G): a start needs *more* than this free (0 but for reserves). ``family`` (R): resources that came from
    one ``each`` have one family number. ``owner`` (R).
    """

    capacity: Ints
    change_second: Ints
    change_resource: Ints
    change_capacity: Ints
    room: Ints
    free_needed: Ints
    family: Ints
    owner: Ints
    hash: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Clocks:
    """Spans that a standard is about. Points of clock k: rows ``start_first[k] : start_first[k + 1]`` of
    ``start_point``/``start_activity``. Where ``restarts``, a clock that runs begins anew at a start."""

    start_first: Ints
    start_point: Ints
    start_activity: Ints
    stop_first: Ints
    stop_point: Ints
    stop_activity: Ints
    target_first: Ints
    target_seconds: Ints
    restarts: Flags | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Daily counts of places in use and of cases in activities, at ``second_of_day``; and named instants."""

    second_of_day: Ints
    resource_first: Ints
    resource: Ints
    activity_first: Ints
    activity: Ints
    instant_second: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    """Variable cost of activity, in pence: ``contact`` (A, G) a start, ``day`` (A, G) a day in the place;
    ``payer`` (A, R + 1) organisation by resource. Where interventions change it, ``changed`` (K) are the
    activities and ``by_period`` (K, 2, P, G) their mean prices, a contact's and a day's, period by period.
    ``overhead_owner`` (F) and ``overheads`` (P, F): what is spent on each standing line in each period.
    ``shared`` (K) are activities that several pay for, by ``contact_shares`` (K, O) and ``day_shares`` (K, G,
    O); their ``payer`` is the one that pays most."""

    contact: Floats
    day: Floats
    payer: Ints
    changed: Ints
    by_period: Floats
    overhead_owner: Ints
    overheads: Floats
    shared: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    contact_shares: Floats = field(default_factory=lambda: np.zeros((0, 0)))
    day_shares: Floats = field(default_factory=lambda: np.zeros((0, 0, 0)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """One scenario of one model, compiled: arrays, an index of names, and a fingerprint of all that changes a
    run. The last parts are ``None`` where the model has none; ``by_locality`` where no contract asks."""

    fingerprint: str
    names: Names
    calendar: Calendar
    laws: Laws
    profiles: Profiles
    people: People
    needs: Needs
    referrals: Referrals
    routes: Routes
    activities: Activities
    day_one: DayOne
    resources: Resources
    interventions: Interventions
    effects: Effects
    moves: Moves
    clocks: Clocks
    counts: Counts
    prices: Prices
    rows: int
    ring_fails: bool
    exchange: Exchange | None = None
    collaborations: Collaborations | None = None
    feedback: Feedback | None = None
    swings: Swings | None = None
    harms: Harms | None = None
    consequences: Consequences | None = None
    pacts: Pacts | None = None
    shifts: Shifts | None = None
    by_locality: bool | None = None
