"""Folders of which nothing can be compared: why, said first."""

from simulator.analysis.folders import Together
from simulator.reports.numbers import listed
from simulator.reports.titles import clean

NOTHING = "Nothing in these folders can be compared"
NO_SCENARIO = "no folder has a scenario besides its baseline"
NO_MEASURE = "no measure means the same in all of them"
MOST_NAMED = 8


def nothing_words(found: Together) -> str:
    """Say that nothing can be compared, and why; nothing where something can be."""
    if not any(one.scenarios[1:] for one in found.stands):
        return f"{NOTHING}: {NO_SCENARIO}."
    return "" if found.measures else f"{NOTHING}: {NO_MEASURE}.{_left_out(found)}"


def _left_out(found: Together) -> str:
    """Name the measures that files ask for, by why each is not compared."""
    by_reason: dict[str, list[str]] = {}
    for text, why in found.left_out.items():
        by_reason.setdefault(why, []).append(clean(text))
    return "".join(f" {why[:1].upper()}{why[1:]}: {_named(texts)}." for why, texts in by_reason.items())


def _named(texts: list[str]) -> str:
    more = f", and {len(texts) - MOST_NAMED:,} more" if len(texts) > MOST_NAMED else ""
    return ", ".join(texts[:MOST_NAMED]) + more if more else listed(texts)
