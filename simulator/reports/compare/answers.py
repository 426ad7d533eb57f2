"""The answer of several folders: every scenario by each measure that decides, the largest named."""

from collections.abc import Iterator, Sequence

from simulator.analysis.folders import Together
from simulator.analysis.intervals import Estimate
from simulator.reports.blocks import Answer, Paragraph
from simulator.reports.compare.ends import ends_words
from simulator.reports.compare.holding import NO_MEAN, PICKED, is_picked, short_words
from simulator.reports.compare.over import are_alike
from simulator.reports.compare.rows import Row, title_of_measure, unit_of_measure
from simulator.reports.compare.side_by_side import deciding
from simulator.reports.numbers import UNKNOWN, count_words
from simulator.reports.tables import title_with_unit
from simulator.reports.wording import change

MOST_NAMED = 8
NOT_KNOWN = "It is not known of any: no run has a number."
NO_INTERVALS = "There are no intervals."
NOT_ALIKE = "is not told: they are not over the same values."
MEET = "is not sure: intervals meet."
UNSURE = "is not sure: some have no interval."
NO_MEANS = "No mean is told of any; between which points each goes is below."


def answers_of(found: Together, rows: Sequence[Row]) -> tuple[Answer, ...]:
    """Answer for every measure that decides, where anything is compared with a baseline."""
    if not rows:
        return ()
    return tuple(
        Answer(
            title=title_with_unit(title_of_measure(found, text), unit_of_measure(found, text)),
            text=_headline(rows, text),
            items=tuple(_items(rows, text, unit=unit_of_measure(found, text))),
        )
        for text in deciding(found)
    )


def line_of(row: Row, text: str, *, unit: str) -> str:
    """Write the difference of a row with its interval; of a mean over points that it is one.

    Of picked points, which have no mean, between which it goes.
    """
    if is_picked(row.stand):
        return f"{NO_MEAN}, {PICKED}: {ends_words(row, text, unit=unit) or UNKNOWN}"
    said, short = change(row.difference(text), unit), short_words(row.stand)
    return f"{said}, {short}" if short else said


def _headline(rows: Sequence[Row], text: str) -> str:
    """Say how many differ, and which most where all are over the same and no interval meets its own."""
    told = [one for one in rows if _is_told(one.difference(text))]
    if not told:
        return NO_MEANS if any(is_picked(one.stand) for one in rows) else NOT_KNOWN
    known = [one for one in rows if _has_interval(one.difference(text))]
    sure = [one for one in known if _is_seen(one.difference(text))]
    largest = max(sure or told, key=lambda one: abs(_mean(one.difference(text))))
    if not _mean(largest.difference(text)):
        where = "" if len(told) == len(rows) else " where a mean is told"
        return f"No difference at all{where}."
    if not known:
        alike = are_alike(told)
        return (
            f"Largest: {largest.title}. {NO_INTERVALS}"
            if alike
            else f"{NO_INTERVALS} Which is largest {NOT_ALIKE}"
        )
    if not sure:
        return "No difference is sure: every 95% interval holds nought."
    if len(rows) == 1:
        return "It differs from its baseline: its 95% interval leaves out nought."
    if len(sure) == 1:
        return f"Only {largest.title} differs from its baseline by its 95% interval."
    of = "" if len(known) == len(rows) else " that have an interval"
    count = count_words(len(known))
    said = f"All {count}{of}" if sure == known else f"{count_words(len(sure)).capitalize()} of {count}{of}"
    return f"{said} differ from their baselines by their 95% intervals{_most(told, text, largest=largest)}"


def _most(told: Sequence[Row], text: str, *, largest: Row) -> str:
    """Name the scenario that does most, or say why none is named."""
    others = [one.difference(text) for one in told if one is not largest]
    if not are_alike(told):
        return f". Which does most {NOT_ALIKE}"
    if not all(_has_interval(one) for one in others):
        return f". Which does most {UNSURE}"
    least, _ = _sizes(largest.difference(text))
    if any(_sizes(one)[1] >= least for one in others):
        return f". Which does most {MEET}"
    return f"; most: {largest.title}."


def _sizes(one: Estimate | None) -> tuple[float, float]:
    """Give the least and the most size, whatever its sign, that an interval holds."""
    assert one is not None
    assert one.low is not None
    assert one.high is not None
    ends = sorted((abs(one.low), abs(one.high)))
    return (ends[0] if one.low * one.high > 0 else 0.0), ends[1]


def _items(rows: Sequence[Row], text: str, *, unit: str) -> Iterator[Paragraph]:
    for one in rows[:MOST_NAMED]:
        yield Paragraph(lead=f"{one.title}:", text=f"{line_of(one, text, unit=unit)}.")
    if len(rows) > MOST_NAMED:
        yield Paragraph(text=f"{len(rows) - MOST_NAMED:,} more are in the table below.")


def _is_told(one: Estimate | None) -> bool:
    return one is not None and one.mean is not None


def _has_interval(one: Estimate | None) -> bool:
    return one is not None and one.low is not None


def _is_seen(one: Estimate | None) -> bool:
    """Say whether a difference has a 95% interval that leaves out nought."""
    return one is not None and one.low is not None and one.high is not None and (one.low > 0 or one.high < 0)


def _mean(one: Estimate | None) -> float:
    return 0.0 if one is None or one.mean is None else one.mean
