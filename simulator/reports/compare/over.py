"""Over what the mean of each folder is taken, in words, where it is not over the same in all."""

from collections.abc import Sequence

from simulator.analysis.folders import Stand, SweepStand, Together
from simulator.analysis.folders.taken_over import are_over_the_same, points_of, value_in
from simulator.reports.blocks import Notice
from simulator.reports.compare.beside import path_words, range_of, range_words
from simulator.reports.compare.holding import is_picked
from simulator.reports.compare.rows import Row
from simulator.reports.numbers import count_words
from simulator.reports.sweep.words import value_words
from simulator.reports.titles import clean

MOST_NAMED = 8
NOT_THE_SAME = "Not over the same values"
NONE_IS_MOST = "So no scenario is named as the one that does most."


def stands_told(rows: Sequence[Row]) -> list[Stand]:
    """List the folders of which differences are told, each once."""
    stands = {row.stand.name: row.stand for row in rows if not is_picked(row.stand)}
    return list(stands.values())


def are_alike(rows: Sequence[Row]) -> bool:
    """Say whether all differences that are told are over the same values."""
    return are_over_the_same(stands_told(rows))


def over_notice(found: Together, rows: Sequence[Row]) -> Notice | None:
    """Say over which ranges each mean is taken, and at which value a run is, where points differ."""
    stands = stands_told(rows)
    if all(points_of(one) == points_of(stands[0]) for one in stands):
        return None
    paths = list(dict.fromkeys(path for one in stands for path in points_of(one)[0]))
    apart = [told for path in paths if (told := _told(found, stands, path=path))]
    if not apart:
        counts = ", ".join(
            f"{count_words(len(points_of(one)), 'point')} in {clean(one.name)}" for one in stands
        )
        said = f"{counts}, over the same ranges"
    else:
        more = f"; and {len(apart) - MOST_NAMED:,} more" if len(apart) > MOST_NAMED else ""
        said = f"{'; '.join(apart[:MOST_NAMED])}{more}"
    return Notice(word=NOT_THE_SAME, text=f"each mean is over {said}. {NONE_IS_MOST}")


def _told(found: Together, stands: Sequence[Stand], *, path: str) -> str:
    """Say where each folder has a value: ``Beds: capacity 8 to 14 in one, at 12 in other``; not if alike."""
    places = [(clean(one.name), _place(one, path)) for one in stands]
    if len({place for _, place in places}) == 1:
        return ""
    said = ", ".join(f"{place} in {name}" for name, place in places if place)
    return f"{path_words(found, path)} {said}"


def _place(stand: Stand, path: str) -> str:
    """Say over what, or at what, a folder has a value; nothing where its model does not say it."""
    if isinstance(stand, SweepStand) and (over := range_of(stand, path)) is not None:
        return range_words(over)
    value = value_in(stand, path)
    return "" if value is None else f"at {value_words(value)}"
