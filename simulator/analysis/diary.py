"""The diary of one person in one world: their cases step by step, and what else happened to them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from simulator.analysis.bills import Bills
from simulator.compiler.program import Program
from simulator.definition.paid_by import PaidBy
from simulator.engines import log
from simulator.engines.records import EventLog
from simulator.units import SECONDS_A_DAY

ENDS = (log.REFUSED, log.GAVE_UP, log.INTERRUPTED)
NOBODY = -1


@dataclass(slots=True)
class Step:
    """One activity of a case: seconds of arriving, starting and leaving, and how it ended if otherwise.

    ``pence`` is what it cost, by who pays (an organisation's index, -1 for nobody).
    """

    activity: int
    arrives: int
    starts: int | None = None
    leaves: int | None = None
    ended: int | None = None
    resource: int = NOBODY
    pence: dict[int, float] = field(default_factory=dict)


@dataclass(slots=True)
class CaseDiary:
    """One case: its id, the same in every world; what it is; when it opened and closed; its steps."""

    case: int
    klass: int
    opened: int
    closed: int | None = None
    died: bool = False
    steps: list[Step] = field(default_factory=list)

    @property
    def pence(self) -> float:
        """Add up what the steps cost."""
        return sum(sum(step.pence.values()) for step in self.steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class Diary:
    """A person's cases by id, in order of opening; needs averted (second, class); and other events.

    ``others`` are (second, what, klass): enrolments (``klass`` the intervention), changes of segment, death.
    """

    cases: dict[int, CaseDiary]
    averted: tuple[tuple[int, int], ...]
    others: tuple[tuple[int, int, int], ...]

    @property
    def days_in(self) -> dict[int, float]:
        """Add up days in a place by activity."""
        found: dict[int, float] = {}
        for case in self.cases.values():
            for step in case.steps:
                if step.starts is not None and step.leaves is not None:
                    days = (step.leaves - step.starts) / SECONDS_A_DAY
                    found[step.activity] = found.get(step.activity, 0.0) + days
        return found


def read_diary(
    events: EventLog, program: Program, *, segment: int, paid: Mapping[int, PaidBy] | None = None
) -> Diary:
    """Read a person's events, in order of happening; ``segment`` is their first one.

    ``paid`` says who pays for each activity that several pay for, from which week of a stay on.
    """
    bills = Bills(program, paid or {})
    cases: dict[int, CaseDiary] = {}
    averted, others = [], []
    now = segment
    for second, what, case, activity, resource, klass in _rows(events):
        if what == log.AVERTED:
            averted.append((second, klass))
        elif what in (log.ENROLLED, log.LEFT_ENROLMENT, log.BECOMES, log.DEATH, log.JOINS):
            others.append((second, what, klass))
            now = klass if what in (log.BECOMES, log.JOINS) else now
        elif what == log.OPENED:
            cases.setdefault(case, CaseDiary(case=case, klass=klass, opened=second))
        elif case in cases:
            _goes_on(cases[case], (second, what, activity, resource), bills=bills, segment=now)
    return Diary(cases=cases, averted=tuple(averted), others=tuple(others))


def _rows(events: EventLog) -> Iterator[tuple[int, int, int, int, int, int]]:
    columns = (events.second, events.what, events.case, events.activity, events.resource, events.klass)
    return zip(*(column.tolist() for column in columns), strict=True)


def _goes_on(case: CaseDiary, event: tuple[int, int, int, int], *, bills: Bills, segment: int) -> None:
    """Add one event to a case."""
    second, what, activity, resource = event
    step = next((one for one in reversed(case.steps) if one.activity == activity), None)
    if what == log.ARRIVES:
        case.steps.append(Step(activity=activity, arrives=second))
    elif what == log.STARTS:
        if step is None or step.starts is not None:
            step = Step(activity=activity, arrives=second)
            case.steps.append(step)
        step.starts, step.resource = second, resource
    elif what == log.LEAVES and step is not None:
        step.leaves = second
        group = segment * bills.classes + case.klass
        step.pence = bills.of(activity, group, resource=step.resource, span=(step.starts, second))
    elif what in ENDS and step is not None:
        step.ended = what
    elif what in (log.EXITS, log.DIED):
        case.closed, case.died = second, what == log.DIED
