"""Units of an XMILE file: they run whatever they are, so what does not agree is a note and no fault."""

from collections.abc import Iterator
from dataclasses import replace

from simulator.equations.measure import parse_unit
from simulator.equations.system import Complaint, System
from simulator.equations.tokens import Misread
from simulator.equations.unit_check import complaints_of_units
from simulator.xmile.reading import Drawn

MOST_NOTES = 10


def unit_notes(drawn: Drawn) -> tuple[str, ...]:
    """Say which units of a file that can be run do not agree, or are none that can be read."""
    unread = dict(_unread(drawn.system))
    known = {
        key: replace(one, unit=None) if one.way in unread else one
        for key, one in drawn.system.variables.items()
    }
    system = replace(drawn.system, variables=known)
    found = [*unread.items(), *(_of_units(system) if _is_unit(system.timing.unit) else ())]
    faults = sorted((drawn.fault(way, message) for way, message in found), key=lambda one: one.line or 0)
    notes = [f"line {one.line}: {one.path.removeprefix('variables.')}: {one.message}" for one in faults]
    more = len(notes) - MOST_NOTES
    return (
        *notes[:MOST_NOTES],
        *([f"{more} more units do not agree or cannot be read."] if more > 0 else ()),
    )


def _of_units(system: System) -> Iterator[Complaint]:
    for way, message in complaints_of_units(system):
        yield way, f"{message} It is run all the same."


def _unread(system: System) -> Iterator[Complaint]:
    for one in system.variables.values():
        if one.unit is None:
            continue
        try:
            parse_unit(one.unit)
        except Misread as found:
            yield one.way, f"{found} It is not checked."


def _is_unit(text: str) -> bool:
    try:
        parse_unit(text)
    except Misread:
        return False
    return True
