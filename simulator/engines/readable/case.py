"""A case: a need or referral being served, and the stay it is in."""

from dataclasses import dataclass, field

from simulator.engines.readable.network import Entry

NOBODY = -1


@dataclass(slots=True, eq=False)
class Stay:
    """One visit to one activity. ``group`` is the case's when it began, ``visit`` how often it had come there
    before. ``waited`` is how long it waited; ``ready`` the second the activity was over, or -1."""

    activity: int
    group: int
    visit: int
    row: int
    started: int
    waited: int
    ready: int = -1


@dataclass(slots=True, eq=False)
class Case:
    """A need or referral being served.

    ``stay`` is the activity it is in; ``place`` the resource of which it holds a place, taken for
    ``place_stay`` (the same as ``stay`` but where an activity is done in the place already held).
    ``waits_for`` is the activity it queues for, in order of ``key`` = (priority, waiting since, number).
    ``ends`` and ``gives_up`` are the only seconds at which a pending end or loss of patience is still valid.
    ``entry`` is the way onward where it was drawn on entry; ``sent_by`` the effect on a share that sent it
    another way at its last choice, or -1; ``visits`` counts how often it came to each activity before.
    ``partner`` is the resource of a partner that it is sent to, until it starts there, and ``cell`` where
    that is written down until it leaves. ``returns_to`` is the pool that its head comes back to if it exits,
    or -1.
    """

    number: int
    id: int
    person: int
    klass: int
    home: int
    opened: int
    need: int = -1
    returns_to: int = -1
    stay: Stay | None = None
    place: int = -1
    partner: int = -1
    cell: tuple[int, int] | None = None
    place_stay: Stay | None = None
    waits_for: int = -1
    queue: int = -1
    key: tuple[int, int, int] = (0, 0, 0)
    wait_row: int = -1
    keeping: int = 0
    is_resident: bool = False
    ends: int = -1
    gives_up: int = -1
    entry: Entry | None = None
    sent_by: int = -1
    visits: dict[int, int] = field(default_factory=dict)
    clocks: dict[int, int] = field(default_factory=dict)
    is_open: bool = True

    @property
    def holds_a_place(self) -> bool:
        """Whether it has a place of some resource in hand."""
        return self.place >= 0
