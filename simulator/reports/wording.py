"""Estimates in words: levels, differences, intervals, and the plain word for nothing found.

Every sentence is about one paired difference, scenario less baseline, and carries its 95% interval.
"""

import math
from dataclasses import dataclass

from simulator.analysis.in_part import counts_a_part, in_part
from simulator.analysis.intervals import Estimate
from simulator.reports.digits import (
    agree,
    end,
    excludes_nought,
    shows,
    spoken,
    spoken_end,
    step_of,
    step_of_level,
    step_of_mean,
)
from simulator.reports.numbers import (
    POUND,
    UNKNOWN,
    Scale,
    count_words,
    per_cent,
    probability,
    scale_of,
    step_as_written,
    step_for,
    with_unit,
)
from simulator.reports.sameness import ROUNDING, is_constant, is_no_money

COUNTS = ("fewer", "more")
TIMES = ("shorter", "longer")
MONEY = ("less", "more")
LEVELS = ("lower", "higher")
NONE = "next to no change"
SURE = 0.99
ONE_REPLICATION = "one replication cannot say how sure this is"
SAME_EVERYWHERE = "no difference at all: every replication came out the same"
NO_CHANCE = "no chance in this engine"
NO_INTERVAL = "(no interval)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One paired difference with what it takes to speak of it.

    ``matters_from`` is said of the whole place; where only a ``share`` of it is run, a count that matters is
    that share of it. ``less_is`` says "better" or "worse" where that is beyond doubt.
    """

    title: str
    unit: str
    baseline: Estimate | None
    difference: Estimate
    matters_from: float | None = None
    share: float = 1.0
    less_is: str = ""
    has_chance: bool = True

    @property
    def without_interval(self) -> str:
        """Say why a difference has no interval."""
        return ONE_REPLICATION if self.has_chance else NO_CHANCE

    @property
    def is_part(self) -> bool:
        """Say whether this counts a part of the place only."""
        return counts_a_part(self.unit, share=self.share)

    @property
    def least(self) -> float | None:
        """Give the smallest difference that would change a decision, in what was run."""
        if self.matters_from is None:
            return None
        return in_part(self.matters_from, self.unit, share=self.share)

    @property
    def is_seen(self) -> bool:
        """Say whether the 95% interval excludes no difference."""
        return excludes_nought(self.difference) and not self.is_nothing

    @property
    def is_nothing(self) -> bool:
        """Say whether no replication differs at all, but for the last digits of the arithmetic."""
        one = self.difference
        if self.unit.startswith(POUND) and is_no_money(one):
            return True
        least = ROUNDING * abs(self.level or 0.0)
        if one.mean is None or abs(one.mean) > least or (one.sd or 0.0) > least:
            return False
        # Draws may differ by chance alone: nothing is left between them, and they are not the same for that.
        return max(abs(one.low or 0.0), abs(one.high or 0.0)) <= least * 1e3

    @property
    def level(self) -> float | None:
        """Give the mean that the difference is from."""
        return None if self.baseline is None else self.baseline.mean

    @property
    def relative(self) -> float | None:
        """Give the difference as a share of the baseline."""
        base = self.level
        if not base or self.difference.mean is None:
            return None
        return self.difference.mean / abs(base)


def level(one: Estimate | None, unit: str, *, beside: Estimate | None = None) -> str:
    """Write a level with its 95% interval, for a table: ``214 (210 to 218)``.

    It is written as finely as its interval bears, in four figures at most: two levels may then look alike
    whose difference is told. Without an interval it is as fine as ``beside``, the difference beside it.
    """
    if one is None or one.mean is None:
        return UNKNOWN
    scale = scale_of(unit, (one.mean,))
    step = step_of_level(one, scale, beside=_step_beside(beside, unit, scale=scale))
    mean = with_unit(one.mean, scale, step=step)
    if one.low is None or one.high is None or agree(one, scale):
        return mean
    low, high = (end(bound, scale, step=step, unit=unit) for bound in (one.low, one.high))
    return f"{mean} ({low} to {high})"


def change(one: Estimate | None, unit: str) -> str:
    """Write a difference with its 95% interval, for a table: ``−2.1 (−3.4 to −0.8)``."""
    if one is None or one.mean is None:
        return UNKNOWN
    if one.is_nought or (unit.startswith(POUND) and is_no_money(one)):
        return f"0, {everywhere(one)}" if one.n > 1 else "0"
    scale = _difference_scale(one, unit)
    step = step_of(one, scale)
    mean = with_unit(one.mean, scale, step=step_of_mean(one, scale, step=step), signed=True)
    if one.low is None or one.high is None:
        return f"{mean} {NO_INTERVAL}"
    if agree(one, scale):
        return f"{mean}, {everywhere(one)}"
    low, high = (end(bound, scale, step=step, unit=unit, signed=True) for bound in (one.low, one.high))
    return f"{mean} ({low} to {high})"


def level_words(one: Estimate | None, unit: str) -> str:
    """Say a level in a sentence, without its interval: ``about 214``.

    It is as fine as in a table, in three figures at most.
    """
    if one is None or one.mean is None:
        return UNKNOWN
    scale = scale_of(unit, (one.mean,))
    step = max(step_of_level(one, scale), step_for(None, value=one.mean * scale.factor))
    return f"about {with_unit(one.mean, scale, step=step)}"


def change_words(finding: Finding) -> str:
    """Say a difference that was seen: ``about 6.1 fewer (95% interval 4.0 to 8.2 fewer)``."""
    one = finding.difference
    assert one.mean is not None
    scale = _difference_scale(one, finding.unit)
    step = step_of_mean(one, scale, step=step_of(one, scale, of=finding.level))
    mean = f"{spoken(abs(one.mean), scale, step=step)} {way_of(one.mean, finding.unit)}"
    if one.low is None or one.high is None:
        return f"about {mean} ({finding.without_interval})"
    if agree(one, scale, of=finding.level):
        return f"{mean}, {everywhere(one)}"
    return f"about {mean} (95% interval {range_words(one, finding.unit)})"


def null_words(finding: Finding) -> str:
    """Say plainly that nothing was seen, and what could hide behind that."""
    one = finding.difference
    if finding.is_nothing:
        if one.draws:
            return "no difference at all: every draw came out the same"
        return SAME_EVERYWHERE if finding.has_chance else "no difference at all"
    if one.low is None:
        return f"{change_words(finding)}"
    return f"no difference that {runs_words(one)} could see: {range_words(one, finding.unit)} (95% interval)"


def sentence(finding: Finding) -> str:
    """Say one finding in full: how much, how sure, against what, and whether it would change a decision."""
    one = finding.difference
    if one.mean is None:
        return "could not be measured, because nothing of the kind happened."
    said = change_words(finding) if finding.is_seen else null_words(finding)
    return _joined(said, *([detail(finding)] if finding.is_seen else _doubts(finding)))


def detail(finding: Finding) -> str:
    """Say what stands behind a difference that was seen: its share, how sure, whether it matters."""
    share, base = finding.relative, finding.baseline
    against = ""
    if base is not None and share is not None and finding.unit != "share":
        against = f"That is {per_cent(abs(share))} {'below' if share < 0 else 'above'} the baseline’s "
        against += f"{_bare_level(finding)}."
    elif base is not None:
        against = f"The baseline has {_bare_level(finding)}."
    return " ".join(one for one in (against, *_doubts(finding)) if one)


def brief(finding: Finding) -> str:
    """Say what a headline leaves out: the detail of what was seen, the interval of what was not."""
    if finding.is_seen:
        return detail(finding)
    if finding.difference.low is None or finding.is_nothing:
        return sentence(finding)
    seen = f"{range_words(finding.difference, finding.unit)} (95% interval)"
    base = finding.baseline
    against = "" if base is None or base.mean is None else f"The baseline has {_bare_level(finding)}."
    return _joined(seen, against, *_doubts(finding))


def range_words(one: Estimate, unit: str) -> str:
    """Say an interval and where its ends point: ``0.8 to 3.4 fewer``, ``between 1.2 fewer and 0.9 more``."""
    assert one.low is not None
    assert one.high is not None
    scale = _difference_scale(one, unit)
    step = step_of(one, scale)
    near, far = sorted((one.low, one.high), key=abs)
    if excludes_nought(one):
        least = spoken_end(near, scale, step=step, unit=unit)
        return f"{least} to {spoken(abs(far), scale, step=step)} {way_of(far, unit)}"
    low, high = (f"{spoken(abs(end), scale, step=step)} {way_of(end, unit)}" for end in (one.low, one.high))
    ends = (
        low if shows(one.low, scale, step=step) else NONE,
        high if shows(one.high, scale, step=step) else NONE,
    )
    return f"between {ends[0]} and {ends[1]}"


def way_of(value: float, unit: str) -> str:
    """Name the way a difference points, in the word that fits its unit."""
    ways = (
        LEVELS if unit == "share" else TIMES if unit == "days" else MONEY if unit.startswith("£") else COUNTS
    )
    return ways[0] if value < 0 else ways[1]


def _doubts(finding: Finding) -> list[str]:
    matter = _seen_matter(finding) if finding.is_seen else _null_matter(finding)
    return [one for one in (_chance_of_reduction(finding), matter) if one]


def of_baseline(finding: Finding) -> str:
    """Write a difference as a share of the baseline, for a table; points speak for themselves."""
    if finding.unit == "share":
        return "–"
    share, one, base = finding.relative, finding.difference, finding.baseline
    if share is None or finding.is_nothing:
        return "–"
    is_same = is_constant(one, is_money=finding.unit.startswith(POUND), of=finding.level)
    if one.low is None or one.high is None or is_same or base is None or not base.mean:
        return per_cent(share, signed=True)
    half = (one.high - one.low) / 2 / abs(base.mean) * 100
    return per_cent(share, signed=True, least=min(1.0, step_for(half, value=share * 100)))


def chance(one: Estimate | None) -> str:
    """Write the probability of a reduction, for a table."""
    if one is None or one.probability_of_reduction is None:
        return "–"
    if one.is_nought:
        return "–"
    return _of_draws(one) or probability(one.probability_of_reduction)


def everywhere(one: Estimate) -> str:
    """Say that it came out the same wherever it was looked at, and how often that was."""
    count, noun = (one.draws, "draw") if one.draws else (one.n, "replication")
    return f"in both {noun}s" if count == 2 else f"in all {count_words(count, noun)}"


def runs_words(one: Estimate) -> str:
    """Say how many replications, or draws, an estimate is over."""
    return count_words(one.draws, "draw") if one.draws else count_words(one.n, "replication")


def _of_draws(one: Estimate) -> str:
    """Say a probability that is surer than so many draws can be: of few draws never as sure as 99%."""
    share, surest = one.probability_of_reduction, one.draws / (one.draws + 1)
    if not one.draws or share is None:
        return ""
    if share in (0.0, 1.0):
        return f"{'all' if share else 'none'} of {count_words(one.draws, 'draw')}"
    if surest >= SURE or 1 - surest <= share <= surest:
        return ""
    most = math.floor(surest * 100)
    return f"over {most}%" if share > surest else f"under {100 - most}%"


def _chance_of_reduction(finding: Finding) -> str:
    share = finding.difference.probability_of_reduction
    if share is None or finding.is_nothing:
        return ""
    which = f", which would be {finding.less_is}" if finding.less_is else ""
    return f"Probability of a reduction{which}: {_of_draws(finding.difference) or probability(share)}."


def _null_matter(finding: Finding) -> str:
    one, least = finding.difference, finding.least
    if least is None or one.low is None or one.high is None or finding.is_nothing:
        return ""
    bar = _bar(finding, least)
    if max(abs(one.low), abs(one.high)) < least:
        return f"Whatever difference there is, it is smaller than the {bar} that would change a decision."
    more = "" if one.draws else ": run more replications"
    return f"The {bar} that would change a decision cannot be ruled out{more}."


def _seen_matter(finding: Finding) -> str:
    one, least = finding.difference, finding.least
    if least is None or one.low is None or one.high is None:
        return ""
    bar = _bar(finding, least)
    nearest, farthest = sorted((abs(one.low), abs(one.high)))
    if nearest >= least:
        return f"It is at least the {bar} that would change a decision."
    if farthest < least:
        return f"It is smaller than the {bar} that would change a decision."
    return f"Whether it reaches the {bar} that would change a decision is not sure."


def _difference_scale(one: Estimate, unit: str) -> Scale:
    return scale_of(unit, (one.mean, one.low, one.high), is_difference=True)


def _step_beside(beside: Estimate | None, unit: str, *, scale: Scale) -> float:
    """Give the step, on the scale of a level, at which the difference beside it is written."""
    if beside is None or not beside.mean:
        return math.inf
    of_difference = _difference_scale(beside, unit)
    step = step_of(beside, of_difference) / of_difference.factor * scale.factor
    return float(10.0 ** round(math.log10(step)))


def _bar(finding: Finding, least: float) -> str:
    """Say the smallest difference that matters, and what it stands for where a part of the place was run."""
    said = _spoken_matter(least, finding.unit)
    if not finding.is_part or finding.matters_from is None:
        return said
    return f"{said} ({_spoken_matter(finding.matters_from, finding.unit)} in the whole place)"


def _spoken_matter(least: float, unit: str) -> str:
    scale = scale_of(unit, (least,), is_difference=True)
    return spoken(least, scale, step=step_as_written(least * scale.factor))


def _bare_level(finding: Finding) -> str:
    return level_words(finding.baseline, finding.unit).removeprefix("about ")


def _joined(first: str, *rest: str) -> str:
    return " ".join([first + ".", *(one for one in rest if one)])
