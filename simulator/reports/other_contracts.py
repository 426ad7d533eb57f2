"""Who would gain and lose under the contracts that are not in force, one organisation after another.

Whoever loses or gains under every contract comes first: that is what no contract settles. Contracts are named
where they are one or two, by their title before the colon, and counted where they are more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from simulator.reports.numbers import count_words, listed

FEW = 2  # contracts that are named
LINES = 4  # what more there is stands in the table


@dataclass(frozen=True, slots=True, kw_only=True)
class Under:
    """The titles of the contracts under which an organisation surely gains, and surely loses."""

    gains: tuple[str, ...] = ()
    loses: tuple[str, ...] = ()

    @property
    def most(self) -> int:
        """Give the larger of both numbers."""
        return max(len(self.gains), len(self.loses))


def under_the_others(found: Mapping[str, Under], *, titles: Sequence[str], surely: str) -> str:
    """Say of each organisation (its title) under how many of the other contracts (``titles``) it gains or
    loses; ``surely`` is the word for gains and losses that chance does not blur, if there is any.
    """
    others = f"{count_words(len(titles))} other contracts" if len(titles) > 1 else "other contract"
    start = f"Under the {others}, for the same care"
    together: dict[Under, list[str]] = {}
    for who, under in found.items():
        if under.most:
            together.setdefault(under, []).append(who)
    nobody = f"obody{' else' if together else ''} {surely}gains or loses"
    if not together:
        return f"{start}, n{nobody}."
    groups = sorted(together.items(), key=lambda one: -one[0].most)
    told = [f"{listed(who)} {_where(under, titles)}" for under, who in groups[:LINES]]
    left = sum(len(who) for _, who in groups[LINES:])
    verb = "gains or loses" if left == 1 else "gain or lose"
    rest = [f"what {count_words(left, 'other')} {verb} is in the table of contracts"] if left else []
    last = "" if left else f" N{nobody}."
    return f"{start}: {'; '.join([*told, *rest])}.{last}"


def _where(under: Under, titles: Sequence[str]) -> str:
    parts = (
        f"{word} off{_under(names, titles)}"
        for word, names in sorted(
            (("worse", under.loses), ("better", under.gains)), key=lambda one: -len(one[1])
        )
        if names
    )
    return listed(parts)


def _under(names: Sequence[str], titles: Sequence[str]) -> str:
    """Say under which contracts: nothing where there is but one, all, their names, or their number."""
    if len(titles) == 1:
        return ""
    if len(names) == len(titles):
        return f" under {'either' if len(names) == FEW else f'all {count_words(len(names))}'}"
    if len(names) > FEW:
        return f" under {count_words(len(names))}"
    return f" under {listed(f'‘{_short(name, titles)}’' for name in names)}"


def _short(title: str, titles: Sequence[str]) -> str:
    """Shorten a title to what stands before its colon, where that tells it from all others."""
    short = title.partition(":")[0]
    return short if sum(one.partition(":")[0] == short for one in titles) == 1 else title
