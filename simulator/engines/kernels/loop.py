"""The loop that moves time: the next event is always the least (second, kind, tie) that is to come.

Kinds are the phases of a second (design §5): counts and closes, the calendar, capacity, ends of activities,
turnarounds, patience, life events, needs and referrals. After each event cases that have moved are seen to,
then the list of resources with something to offer is emptied. The loop comes back when it has reached its
end, when a table might not hold what one more event adds, or when the host has something to do; it goes on
from there as if it had never stopped.
"""

from simulator.compiler.program import Floats, Ints
from simulator.engines.candidates import COLUMN_BITS, PERSON_BITS, column_of, person_of
from simulator.engines.compiled import kernel
from simulator.engines.fetching import fetch
from simulator.engines.kernels.agenda import ROOT, close_gap, take_first
from simulator.engines.kernels.aid import first_to_start
from simulator.engines.kernels.beginning import begin
from simulator.engines.kernels.calendar import happens_by_calendar
from simulator.engines.kernels.care import gives_up, starts_from_queue
from simulator.engines.kernels.ending import is_due
from simulator.engines.kernels.enrolling import END_OF_STAY
from simulator.engines.kernels.feeds import (
    Feeds,
    joiner_comes,
    life_comes,
    may_come,
    need_comes,
    referral_comes,
    write_down,
)
from simulator.engines.kernels.folk import person_row
from simulator.engines.kernels.layout import (
    AT_CALENDAR,
    AT_ENDS,
    AT_LIFE,
    AT_NEEDS,
    AT_PATIENCE,
    AT_TURNAROUNDS,
    BEGIN_DAY,
    BROKEN,
    CALENDAR_AT,
    CANDIDATE_ZERO,
    CASE_NUMBER,
    CASE_WIDTH,
    CASES,
    ENROL,
    EVENTS,
    FAR,
    FEED_KEY,
    FEED_SOURCE,
    FEED_TIE,
    FROM_CALENDAR,
    FROM_JOINERS,
    FROM_LIFE,
    FROM_REFERRALS,
    JOINER_AT,
    KINDS,
    LAST_EVENTS,
    LIFE_AT,
    NEED_AT,
    NEED_KLASS,
    NEED_SIZE,
    NEEDS,
    NONE,
    NOW,
    OFFERING,
    PEOPLE_COUNT,
    PERSON,
    REACHED,
    REFERRAL_AT,
    REFERRAL_KLASS,
    REFERRAL_SIZE,
    REFERRALS,
    REMEMBERED,
    SLOT_BITS,
    STATES,
    TIME_WENT_BACK,
)
from simulator.engines.kernels.leaving import is_turned_round
from simulator.engines.kernels.limits import (
    set_limits,
    what_is_short,
    what_is_short_to_begin,
    what_is_short_to_enrol,
)
from simulator.engines.kernels.places import next_offer
from simulator.engines.kernels.schemes import scheme_at, stay_is_over
from simulator.engines.kernels.seeing import see_to_matters

# How many candidates before its turn a person's state is fetched, for which most are passed; and their row.
STATES_AHEAD, PEOPLE_AHEAD = 12, 6


@kernel
def run_until(world: Ints, reals: Floats, agenda: Ints, feeds: Feeds, stop: int) -> int:
    """Let everything happen whose key is below ``stop``; say why the loop came back."""
    set_limits(world, agenda)
    status = begin(world, reals, agenda, feeds.present)
    if status != REACHED:
        return status
    find_least(world, feeds)
    while True:
        status = settle(world, reals, agenda)
        if status != REACHED:
            return status
        need = need_key(world, feeds)
        least = min(need, world[FEED_KEY])
        close_gap(world, agenda)
        key, tie = agenda[2 * ROOT], agenda[2 * ROOT + 1]
        if key < least or (key == least and key != FAR and tie < world[FEED_TIE]):
            if key >= stop:
                return REACHED
            take_first(world, agenda)
            begin_second(world, key)
            happens_by_agenda(world, reals, agenda, key % KINDS, tie)
        elif least >= stop:
            return REACHED
        elif need < world[FEED_KEY] or (need == world[FEED_KEY] and need_is_first(world, feeds)):
            begin_second(world, need)
            at = world[NEED_AT]
            world[NEED_AT] = at + 1
            fetch_people(world, feeds.needs, at)
            if may_come(world, reals, feeds.needs[at]):
                became = need_comes(world, reals, agenda, feeds.needs[at])
                if became != 0:
                    write_down(world, feeds, at, became)
        else:
            status = happens_by_feed(world, reals, agenda, feeds)
            if status != REACHED:
                return status


@kernel
def fetch_people(world: Ints, needs: Ints, at: int) -> None:
    """Fetch those whose candidates for needs come a little later: people come up in no order of memory."""
    last = needs.shape[0] - 1
    fetch(world, world[STATES] + person_of(needs[min(at + STATES_AHEAD, last)]))
    fetch(world, person_row(world, person_of(needs[min(at + PEOPLE_AHEAD, last)])))


@kernel
def begin_second(world: Ints, key: int) -> None:
    """Move the clock to an event's second."""
    second = key // KINDS
    if second < world[NOW]:
        world[BROKEN] = TIME_WENT_BACK
    world[NOW] = second
    world[world[LAST_EVENTS] + world[EVENTS] % REMEMBERED] = key
    world[EVENTS] += 1


@kernel
def need_key(world: Ints, feeds: Feeds) -> int:
    """Return the key of the next candidate for a need."""
    at = world[NEED_AT]
    if at >= feeds.needs.shape[0]:
        return FAR
    second = world[CANDIDATE_ZERO] + (feeds.needs[at, 0] >> (COLUMN_BITS + PERSON_BITS))
    return second * KINDS + AT_NEEDS


@kernel
def need_is_first(world: Ints, feeds: Feeds) -> bool:
    """Say whether, of a need and a referral of one second, the need comes first by name."""
    need = world[NEEDS] + column_of(feeds.needs[world[NEED_AT]]) * NEED_SIZE
    return world[need + NEED_KLASS] < world[FEED_TIE]


@kernel
def settle(world: Ints, reals: Floats, agenda: Ints) -> int:
    """See to cases that have moved, then empty the list of offers: the head offers until nobody may start."""
    while True:
        see_to_matters(world, reals, agenda)
        status = what_is_short(world)
        if status != REACHED:
            return status
        if world[OFFERING] == NONE:
            world[OFFERING] = next_offer(world)
            if world[OFFERING] == NONE:
                return REACHED
        case, pact = first_to_start(world, reals, world[OFFERING])
        if case == NONE:
            world[OFFERING] = NONE
        else:
            starts_from_queue(world, reals, agenda, case, world[OFFERING], pact)


@kernel
def happens_by_agenda(world: Ints, reals: Floats, agenda: Ints, kind: int, tie: int) -> None:
    """Let an event from the agenda happen, if it still holds."""
    if kind == AT_TURNAROUNDS:
        is_turned_round(world, tie & ((1 << SLOT_BITS) - 1))
    elif kind == AT_CALENDAR:
        person = (tie - END_OF_STAY) % world[PEOPLE_COUNT]
        stay_is_over(world, scheme_at(world, (tie - END_OF_STAY) // world[PEOPLE_COUNT]), person)
    else:
        case = world[CASES] + (tie & ((1 << SLOT_BITS) - 1)) * world[CASE_WIDTH]
        if world[case + CASE_NUMBER] == tie >> SLOT_BITS:
            fetch(world, person_row(world, world[case + PERSON]))
            if kind == AT_ENDS:
                is_due(world, reals, agenda, case)
            elif kind == AT_PATIENCE:
                gives_up(world, reals, agenda, case)


@kernel
def happens_by_feed(world: Ints, reals: Floats, agenda: Ints, feeds: Feeds) -> int:
    """Let the next thing happen that was known beforehand, needs apart; say if the host has to look in."""
    source, status = world[FEED_SOURCE], REACHED
    if source == FROM_CALENDAR:
        at = world[CALENDAR_AT]
        if feeds.calendar[at, 2] == ENROL:
            status = what_is_short_to_enrol(world, agenda)
        elif feeds.calendar[at, 2] == BEGIN_DAY:
            status = what_is_short_to_begin(world, agenda, world[FEED_KEY] // KINDS)
        if status != REACHED:
            return status
        begin_second(world, world[FEED_KEY])
        world[CALENDAR_AT] = at + 1
        status = happens_by_calendar(world, reals, agenda, feeds, at)
    else:
        begin_second(world, world[FEED_KEY])
        if source == FROM_LIFE:
            world[LIFE_AT] += 1
            life_comes(world, reals, agenda, feeds, world[LIFE_AT] - 1)
        elif source == FROM_JOINERS:
            world[JOINER_AT] += 1
            joiner_comes(world, reals, feeds, world[JOINER_AT] - 1)
        elif source == FROM_REFERRALS:
            world[REFERRAL_AT] += 1
            referral_comes(world, reals, agenda, feeds, world[REFERRAL_AT] - 1)
    find_least(world, feeds)
    return status


@kernel
def find_least(world: Ints, feeds: Feeds) -> None:
    """Find the least of what is known beforehand, needs apart."""
    key, tie, source = FAR, FAR, FROM_CALENDAR
    at = world[CALENDAR_AT]
    if at < feeds.calendar.shape[0]:
        key, tie = feeds.calendar[at, 0], feeds.calendar[at, 1]
    at = world[LIFE_AT]
    if at < feeds.life.shape[0]:
        second = world[CANDIDATE_ZERO] + (feeds.life[at, 0] >> (COLUMN_BITS + PERSON_BITS))
        if second * KINDS + AT_LIFE < key:
            key, tie, source = second * KINDS + AT_LIFE, FAR, FROM_LIFE
    at = world[JOINER_AT]
    if at < feeds.joiners.shape[0] and feeds.joiners[at, 0] * KINDS + AT_LIFE < key:
        key, tie, source = feeds.joiners[at, 0] * KINDS + AT_LIFE, FAR, FROM_JOINERS
    at = world[REFERRAL_AT]
    if at < feeds.referrals.shape[0] and feeds.referrals[at, 0] * KINDS + AT_NEEDS < key:
        key, source = feeds.referrals[at, 0] * KINDS + AT_NEEDS, FROM_REFERRALS
        tie = world[world[REFERRALS] + feeds.referrals[at, 1] * REFERRAL_SIZE + REFERRAL_KLASS]
    world[FEED_KEY], world[FEED_TIE], world[FEED_SOURCE] = key, tie, source
