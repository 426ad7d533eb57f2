"""Logs of cases: which of their events are kept."""

from dataclasses import fields

import numpy as np
from numpy.typing import NDArray

from simulator.engines import log
from simulator.engines.records import EventLog

EVERY_CASE = 2**62
OF_PEOPLE = (log.ENROLLED, log.LEFT_ENROLMENT, log.BECOMES, log.DEATH, log.JOINS, log.AVERTED)


def of_cases(events: EventLog) -> NDArray[np.bool_]:
    """Say which events happened to a case rather than to a person."""
    return ~np.isin(events.what, OF_PEOPLE)


def first_cases(events: EventLog | None, first: int) -> EventLog | None:
    """Keep what happened to the first cases to open, and to people."""
    if events is None:
        return None
    kept = (events.number <= first) | ~of_cases(events)
    return EventLog(**{field.name: getattr(events, field.name)[kept] for field in fields(events)})
