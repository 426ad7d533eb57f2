"""Where everything stands: the compiled engine keeps its network and its state in one array of whole numbers.

``world`` is that array, ``reals`` the one of real numbers, ``agenda`` the heap of what is to come. An
activity, resource, case, choice … is the place in ``world`` where its row begins, so that
``world[case + KLASS]`` is the class of a case; place 0 is nobody's, and stands for "none". The head of
``world`` holds single numbers and the places where tables begin. Cases, bins of waits and enrolments stand
last, for they grow. People are numbered from 0, -1 is nobody."""

NONE, NOBODY, NEVER = 0, -1, -1
NOT_RUNNING = LONG_AGO = -(1 << 62)

# The head of ``world``.
(
    NO_PLACE,
    NOW,
    END,
    WINDOW,  # the second at which warm-up ends
    SEED,
    REPLICATION,
    EVENTS,
    PAUSE,  # the number of events at which the loop lets the host look in
    NUMBER,  # cases opened so far
    INSIDE,  # cases open now
    MOST_OPEN,  # the most cases that one person has had open at once
    MARGIN,  # events that one person's cases may add to the agenda, each
    AGENDA_END,  # behind the last event on the agenda
    PATIENCE_DAYS,
    HAS_BEGUN,
    PRESENT_AT,  # the next of those whom day one finds
    AGENDA_GAP,  # whether the first event has been taken and nothing has been put in its place
    CASES,
    CASES_NEXT,
    CASES_END,
    CASE_WIDTH,
    FREE_CASE,
    CLOCKS_AT,
    VISITS_AT,
    LOG,
    LOG_NEXT,
    LOG_END,
    OFFERS,
    OFFERS_HEAD,
    OFFERS_COUNT,
    OFFERING,
    MATTERS_HEAD,
    MATTERS_TAIL,
    STATES,
    PEOPLE,
    PEOPLE_COUNT,
    SEGMENTS,
    CLASSES,
    HOMES,  # also the column of nobody's home
    ACTIVITIES,
    ACTIVITY_COUNT,
    RESOURCES,
    RESOURCE_COUNT,
    REAL_RESOURCES,
    ROWS,
    ROW_COUNT,
    BINS,
    BINS_NEXT,
    PROFILE_BORDERS,
    PROFILE_COUNT,
    PROFILE_DAYS,
    PROFILE_BORDER_COUNT,
    PROFILE_REALS,
    YEAR_START,
    NEEDS,
    NEED_COUNT,
    NEED_BASE,
    HAZARDS,
    HAZARD_EFFECTS,
    JOINER_RATES,
    JOINER_EFFECTS,
    REFERRALS,
    SCHEMES,
    SCHEME_COUNT,
    EFFECTS,
    MOVES,
    MOVE_COUNT,
    CLOCKS,
    CLOCK_COUNT,
    CLOCK_STOPS,
    CLOCK_STARTS,
    HOME_LOCALITY,
    EXITS,
    EXIT_SECONDS,
    RING_MOVES,
    RING_FAILS,
    HAPPENED,
    INDUCED,
    DISPLACED,
    AVERTED,
    PULLS,
    LIVING,
    LIVING_AREA,
    TRANSITIONS,
    DEATHS_IN_CARE,
    HOUR_COUNTS,
    DAILY,
    RING,
    ENROLMENTS,
    ENROLMENTS_NEXT,
    ENROLMENTS_END,
    QUARTER,
    YEAR,
    CANDIDATE_ZERO,
    CALENDAR_AT,
    LIFE_AT,
    JOINER_AT,
    NEED_AT,
    REFERRAL_AT,
    FEED_KEY,
    FEED_TIE,
    FEED_SOURCE,
    BROKEN,  # which self-check broke, 0 none
    BROKEN_CASE,
    LONGEST_BATCH,
    LAST_EVENTS,  # where the keys of the last events stand
    ENTRIES_AT,
    FORKED_AT,  # the second at which a fork is taken
    AGENDA_LIMIT,  # beyond these one more event might not find room
    CASES_LIMIT,
    LOG_LIMIT,
    POOLS,  # of heads that cross between stocks and people
    RETURN_POOLS,  # by class: the pool (from 1) that those who exit return to, or none
    BEFALLEN,  # where those befallen by consequences are counted
    PACTS,
    PACT_COUNT,
    SHIFTS,
    SHIFT_COUNT,
    DECISIONS,
    HELP,  # by activity and resource: the first cell of what partners do, or none
    HELP_CELLS,
    HEAD_SIZE,
) = range(122)
REMEMBERED = 16

# A case, eight words to a line of memory: first three lines that an end and the next start ask for.
(
    CASE_NUMBER,
    PERSON,
    KLASS,
    HOME,
    ENDS,
    ENTRY,
    ROUTE_WORD,
    CASE_ID,
    STAY,  # the present stay: a block of five
) = range(9)
STAY_SIZE = 5
(
    PLACE,  # the resource of which it holds a place
    OWN,  # whether the place was taken for the present stay
    OPENED,
    SLOT,
    IS_OPEN,
    IS_MATTER,
    NEXT_MATTER,
    WAITS_FOR,
    NEED,  # its need's row, or none
    GIVES_UP,
    UNDER,  # the stay for which the place was taken, where that is another one: its first word ends a line
) = range(STAY + STAY_SIZE, STAY + STAY_SIZE + 11)
(
    KEEPING,
    NEXT_OF_PERSON,
    PREVIOUS_OF_PERSON,
    QUEUE,
    PRIORITY,
    SINCE,
    LEVEL,
    NEXT,
    PREVIOUS,
    WAIT_ROW,
    STEPPED,
    NEXT_OF_DAY,  # among those who lose their patience on one day
    PREVIOUS_OF_DAY,
    NEXT_FREE,
    RETURNS_TO,  # the number of a pool, from 1, or none
    HELPED_AT,  # the partner that it is sent to, until it starts there
    HELPED,  # the cell in which a partner's place is written down, or none
    STAY_WAS,  # group and visit of the present stay, where something may follow it; then of that under it
) = range(UNDER + STAY_SIZE, UNDER + STAY_SIZE + 18)
# The effect that sent it another way at its last choice, or none; what it is long, before clocks and visits.
UNDER_WAS, SENT_BY, CASE_SIZE = STAY_WAS + 1, STAY_WAS + 2, STAY_WAS + 3
A_LINE = 8
ACTIVITY, ROW, STARTED, WAITED_BEFORE, READY = range(STAY_SIZE)  # a stay

# A person.
RESIDENT, FIRST_OPEN, LAST_OPEN, OPEN_COUNT, ADDRESS, WILLING, PERSON_SIZE = range(7)
# A person's state, in one word that is quick to read: segment, home, alive, in a bed.
SEGMENT_BITS, HOME_BITS = 8, 24
ALIVE, IN_BED = 1 << (SEGMENT_BITS + HOME_BITS), 1 << (SEGMENT_BITS + HOME_BITS + 1)

# An activity.
(
    ACT_INDEX,
    ACT_HASH,
    GROUPS,
    RESOURCE_OF_HOME,
    KEEPS,
    OPTIONS,
    OPTION_COUNT,
    ROUTE_FIRST,
    LEAVING_PROFILE,
    HOLDS_PREVIOUS,
    IS_RESIDENT,
    QUEUE_IS_RESIDENT,
    ALSO_IN_BED,
    ENDS_ON_ADMISSION,
    TURNAROUND,
    DURATION_TIMES,  # what stocks multiply a drawn time by
    PATIENCE_TIMES,
    DURATION_EFFECTS,
    ROUTE_EFFECTS,
    DIVERSIONS,
    STEP_DOWNS,
    CONSEQUENCES,
    ACTIVITY_SIZE,
) = range(23)
# A group at an activity.
(
    DURATION_LAW,
    PATIENCE_LAW,
    CHOICE,
    GIVES_UP_CHOICE,
    REFUSED_CHOICE,
    INTERRUPTED_CHOICE,
    GROUP_PRIORITY,
    GROUP_ROW,
    GROUP_SIZE,
) = range(9)
# A choice, an entry of one, a list of activities.
ENTRIES, SHARES, ENTRY_COUNT, CHOICE_SIZE = range(4)
ENTRY_KIND, TARGET, AS_KLASS, BECOMES_SEGMENT, ENTRY_LAW, ENTRY_NAME, ENTRY_SIZE = range(7)

# A law.
LAW_KIND, POINTS, LAW_SIZE_OF, CUMULATIVE, SCALE, LAW_SIZE = range(6)

# A resource; its areas in the order of the records.
(
    RESOURCE_INDEX,
    IS_REAL,
    CAPACITY,
    USED,
    KEPT,
    TURNING,
    WAITING,
    METERED,  # the second up to which areas are added up
    ROOM,
    WITHOUT_PLACE,
    KEEPING_UNTIL_ROOM,
    IN_OWN_PLACE,
    ON_OFFER,
    RESERVES,
    LEVELS,
    LEVEL_COUNT,
    HOUR_SUMS,
    OWN_CAPACITY,  # before places are moved
    MOVED_IN,  # places moved here, less those moved away
    PLANNED,  # of them and of those on notice
    PARTNERS,  # a list, or none
    PACTS_OF,  # a list of pact and purpose, in turn
    AREAS,
) = range(23)
AREA_COUNT = 8
RESOURCE_SIZE = AREAS + AREA_COUNT
# A level of a queue: those of one priority and one reserve, in order; none waits since later than LATEST.
LEVEL_PRIORITY, RESERVE, LEVEL_HEAD, LEVEL_TAIL, LATEST, LEVEL_SIZE = range(6)

# A record row: the fields of ``records``, then how many are in it, then its block of bins (from 1).
FIELDS = 16
ROW_WAITING, ROW_ACTIVE, ROW_KEPT, ROW_BINS, ROW_SIZE = FIELDS, FIELDS + 1, FIELDS + 2, FIELDS + 3, FIELDS + 4

# A need, a referral.
(
    NEED_INDEX,
    NEED_HASH,
    ONE_AT_A_TIME,
    NEED_KLASS,
    NEED_CHOICES,
    NEED_EFFECTS,
    NEED_FIRST_EFFECTS,
    TRACKED,
    NEED_SIZE,
) = range(9)
REFERRAL_HASH, REFERRAL_KLASS, REFERRAL_CHOICE, REFERRAL_EFFECTS, REFERRAL_FIRST_EFFECTS = range(5)
REFERRAL_BASE, TAKES_FROM, REFERRAL_SIZE = range(5, 8)  # it takes from a row of a pool, or none
# A pool: whole heads it has to give, and how many were taken and came back so far.
POOL_HEADS, POOL_TAKEN, POOL_RETURNED, POOL_SIZE = range(4)

# A list: its length, then what is in it; of the cases of a day, the first.
COUNT, FIRST, DAY_SIZE = range(3)

# An intervention.
(
    SCHEME_INDEX,
    SCHEME_HASH,
    IS_RUNNING,
    RUNS_FROM,
    WEEK,
    STRENGTH,
    STRENGTHS,
    WEEK_COUNT,
    ENROLS,
    ENROLLED,
    ENROLLED_AREA,
    PLACES,
    WEEKLY_NUMERATOR,
    WEEKLY_DENOMINATOR,
    STAY_LAW,
    BY_LOT,
    USE_AT_LEAST,
    USE_QUARTERS,
    USE_NEEDS,
    ELIGIBLE_SEGMENTS,
    ELIGIBLE_LOCALITIES,
    UPTAKES,
    MEMBERS,
    SCHEME_SIZE,
) = range(24)
# An effect; a move begins alike.
(
    EFFECT_SCHEME,
    EFFECT_WHOM,
    EFFECT_SEGMENTS,
    EFFECT_HASH,
    EFFECT_ACTS,
    SECOND_TARGET,
    INSTEAD,
    SINCE_ENROLMENT,
    FULL_STRENGTH,
    VALUES,
    VALUE_COUNT,
    EFFECT_SENT,  # cases sent away from its route, then cases brought to it
    EFFECT_BROUGHT,
    EFFECT_SIZE,
) = range(14)
(
    MOVE_INDEX,
    MOVE_AWAY_FROM,
    MOVE_TO,
    MOVE_SHARES,
    MOVE_HOME_SHARES,
    MOVE_LAST,
    MOVE_OFFERED,
    MOVE_MOVED,
    MOVE_SIZE,
) = range(EFFECT_HASH + 1, EFFECT_HASH + 10)

# A clock.
STOPPED, STOPPED_SECONDS, CLOCK_BINS, TARGETS, TARGET_COUNT, CLOCK_PERIOD, CLOCK_OPEN = range(7)
CLOCK_RESTARTS, CLOCK_SIZE = 7, 8
# A target of a clock.
TARGET_SECONDS, WITHIN, WITHIN_PERIOD, TARGET_SIZE = range(4)

# An enrolment.
ENROLLED_PERSON, ENROLLED_SCHEME, ENROLLED_SECOND, LEFT_SECOND, NTH, ENROLMENT_SIZE = range(6)

# A pact, a shift of places, a decision about one (what each member has, must keep, gives or gets); a cell.
PACT_SCHEME, PACT_MEMBERS, PACT_WAITED, PACT_GROUPS, PACT_ACCEPTS, PACT_POOLED = range(6)
PACT_NUMERATOR, PACT_DENOMINATOR, PACT_USED, PACT_SIZE = range(6, 10)
SHIFT_SCHEME, SHIFT_MEMBERS, SHIFT_TOWARDS, SHIFT_PLACES, SHIFT_BEYOND = range(5)
SHIFT_WEIGHTS, SHIFT_MADE, SHIFT_PLANNED, SHIFT_SIZE = range(5, 9)
DECIDED_SHIFT, DECIDED_OWN, DECIDED_LEAST, DECIDED, DECISION_SIZE = range(5)
CELL_STARTS, CELL_AREA, CELL_INSIDE, CELL_SIZE = range(4)

# Kinds of events within a second, in order: phases of design §5, turnarounds after the ends.
KINDS = 8
(
    AT_COUNTS,
    AT_CALENDAR,
    AT_CAPACITY,
    AT_ENDS,
    AT_TURNAROUNDS,
    AT_PATIENCE,
    AT_LIFE,
    AT_NEEDS,
) = range(KINDS)
SLOT_BITS, FAR = 24, (1 << 63) - 1

# Sources of events known beforehand.
FROM_CALENDAR, FROM_LIFE, FROM_JOINERS, FROM_REFERRALS = range(4)

# What the calendar says.
READ_HOUR, READ_COUNT, READ_INSTANT, READ_OPEN, CLOSE_PERIOD, EXCHANGE, PASS_LINE, BEGIN_DAY = range(8)
BEGIN_QUARTER, BEGIN_WEEK, BEGIN_SCHEME, END_SCHEME, ENROL, SET_CAPACITY = range(8, 14)
LOOK_ROUND, DECIDE_SHIFT, MAKE_SHIFT = range(14, 17)

# Why the loop came back; at the host it reads something, or closes a period.
REACHED, PAUSED, AGENDA_FULL, CASES_FULL, LOG_FULL, ENROLMENTS_FULL, AT_HOST = range(7)
RING_CLOSED, CHECK_BROKE = range(7, 9)

# What a self-check found.
ALL_WELL, NO_PLACE_FREE, IMPOSSIBLE_ROW, TIME_WENT_BACK, TOO_MANY_VISITS, NOT_ENOUGH_IN_USE = range(6)
