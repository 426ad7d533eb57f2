"""What an event log says: the codes of its column ``what``."""

(
    OPENED,  # a need or referral becomes a case, or a case is there on day one
    ARRIVES,  # at the activity it really goes to (those in a place on day one only start)
    STARTS,
    READY,  # the activity is over; a place may still be kept
    LEAVES,  # the place (or the activity, where there is none) is left
    REFUSED,
    GAVE_UP,
    INTERRUPTED,
    DIED,  # the case ends because its person dies
    EXITS,
    ENROLLED,
    LEFT_ENROLMENT,
    BECOMES,  # a person's segment changes; ``klass`` holds the new segment
    DEATH,
    JOINS,
    AVERTED,  # a candidate that only an effect kept from happening
) = range(16)

NAMES = (
    "opened",
    "arrives",
    "starts",
    "ready",
    "leaves",
    "refused",
    "gave_up",
    "interrupted",
    "died",
    "exits",
    "enrolled",
    "left_enrolment",
    "becomes",
    "death",
    "joins",
    "averted",
)
