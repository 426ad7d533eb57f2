"""Many scenarios in one sentence: which of them differ in what decides, and which most, if that can be told.

Each stands by its difference from the baseline. One does most only where its 95% interval lies beyond the
intervals of all others, those included that cannot be told from nought; and one does least only where its
interval lies nearer to nought than those of all others that differ in that direction.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from simulator.reports.numbers import count_words, sentence
from simulator.reports.titles import lower_first
from simulator.reports.wording import Finding, change_words, range_words, way_of

MANY = 4  # scenarios, from which on a reader wants them ranked
Row = tuple[str, Finding]


def ranking(by_measure: Sequence[Sequence[Row]]) -> str:
    """Say in a sentence how scenarios stand to each other; nothing where they are few.

    ``by_measure``: of every measure that decides, the main one first, the title of each scenario with its
    difference. The first measure is told, and where nothing differs in it the next in which anything does.
    """
    known = [rows for of in by_measure if (rows := [one for one in of if one[1].difference.mean is not None])]
    if not known or len(known[0]) < MANY:
        return ""
    main, number = known[0], count_words(len(known[0]))
    if main[0][1].difference.n == 1:
        if main[0][1].has_chance:
            return f"One replication cannot tell which of the {number} scenarios does most."
        return _as_counted(known)
    telling = next((rows for rows in known if any(one.is_seen for _, one in rows)), None)
    if telling is main:
        return f"{main[0][1].title}: {_told(main)}."
    nothing = (
        f"{main[0][1].title}: none of the {number} scenarios can be told from the baseline{_within(main)}"
    )
    if telling is not None:
        return f"{nothing}; {lower_first(telling[0][1].title)}: {_told(telling)}."
    others = {1: "", 2: ", nor in the other measure that decides"}.get(
        len(known), f", nor in any other of the {count_words(len(known))} measures that decide"
    )
    return f"{nothing}{others}: every 95% interval holds nought."


def _within(rows: Sequence[Row]) -> str:
    """Say between which ends the intervals of all lie, where none of them leaves out nought."""
    found = [one.difference for _, one in rows]
    low, high = min(one.low or 0.0 for one in found), max(one.high or 0.0 for one in found)
    if not low < high:
        return ""
    return f" ({range_words(replace(found[0], low=low, high=high), rows[0][1].unit)})"


def _told(rows: Sequence[Row]) -> str:
    """Say how many differ from the baseline, and for either direction between which two they lie."""
    seen = [one for one in rows if one[1].is_seen]
    count = "all" if len(seen) == len(rows) else f"{count_words(len(seen))} of"
    verb = "differs" if len(seen) == 1 else "differ"
    start = f"{count} the {count_words(len(rows))} scenarios {verb} from the baseline by the 95% intervals"
    return "; ".join([start, *_directions(seen, rows)])


def _directions(seen: Sequence[Row], rows: Sequence[Row]) -> Iterator[str]:
    for sign in (-1, 1):
        those = sorted((one for one in seen if _mean(one) * sign > 0), key=lambda one: -abs(_mean(one)))
        if not those:
            continue
        first, last = those[0], those[-1]
        way = f"{count_words(len(those))} {way_of(sign, first[1].unit)}"
        if len(those) == 1:
            yield f"{way}: {_named(first)}"
        elif _is_apart(first, rows, sign=sign):
            least = f", least {_named(last)}" if _is_apart(last, those, sign=-sign) else ""
            yield f"{way}: most {_named(first)}{least}"
        else:
            start, between = ("", ", and ") if len(those) == 2 else ("from ", ", to ")
            yield (
                f"{way}: {start}{_named(last)}{between}{_named(first)}; which of them does most cannot be "
                "told, for intervals meet"
            )


def _is_apart(first: Row, rows: Sequence[Row], *, sign: int) -> bool:
    """Say whether an interval lies beyond all others in a direction."""
    near = _ends(first, sign=sign)[0]
    return all(_ends(one, sign=sign)[1] < near for one in rows if one is not first)


def _ends(one: Row, *, sign: int) -> tuple[float, float]:
    """Give both ends of an interval, measured in a direction, the lesser first; a constant is its own."""
    found = one[1].difference
    assert found.mean is not None
    ends = (found.mean if end is None else end for end in (found.low, found.high))
    low, high = sorted(end * sign for end in ends)
    return low, high


def _as_counted(known: Sequence[Sequence[Row]]) -> str:
    """Say between which two scenarios all lie where there is no chance, and so no interval."""
    rows = next((rows for rows in known if not all(one.is_nothing for _, one in rows)), None)
    number = count_words(len(known[0]))
    if rows is None:
        return f"Counted as stocks, none of the {number} scenarios differs from the baseline in what decides."
    differing = sorted((one for one in rows if not one[1].is_nothing), key=_mean)
    title = sentence(rows[0][1].title)
    if len(differing) == 1:
        return f"{title}, counted as stocks: only one of the {number} differs, {_named(differing[0])}."
    return (
        f"{title}, counted as stocks, with no chance and no intervals: {count_words(len(differing))} of the "
        f"{number} scenarios differ from the baseline, from {_named(differing[0])}, to "
        f"{_named(differing[-1])}."
    )


def _named(one: Row) -> str:
    title, found = one
    return f"‘{title}’, {change_words(found).removesuffix(f' ({found.without_interval})')}"


def _mean(one: Row) -> float:
    return one[1].difference.mean or 0.0
