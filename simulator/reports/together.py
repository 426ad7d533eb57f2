"""Which differences are still told from chance when several are judged at once, in words and a table."""

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.analysis.comparison import Comparison
from simulator.analysis.holm import LEVEL
from simulator.analysis.intervals import Estimate
from simulator.analysis.judged import judged_together
from simulator.reports.answers import deciding, findings
from simulator.reports.blocks import Block, Paragraph, Section, simple_table
from simulator.reports.numbers import count_words
from simulator.reports.titles import scenario_title
from simulator.reports.wording import Finding, change

SAYS = (
    "Whoever looks at many differences will find some by chance: of twenty that are none, one has a 95% "
    "interval that leaves out nought. Here all differences of one measure from the baseline are judged at "
    "once (Holm’s procedure): the chance that any of them is told where there is none is at most 5%. The "
    "plain intervals, each for one difference by itself, stand beside."
)
MOST_ROWS = 60
NOT_ALONE, NOT_TOGETHER, TOLD = "not told, even alone", "told alone, not among all", "told"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One difference with its interval among all: what it is of, ``low`` to ``high``, and Holm's ``p``."""

    of: str
    finding: Finding
    low: float
    high: float
    p: float

    @property
    def is_judged(self) -> bool:
        """Say whether there is chance, and more than one replication to see it by."""
        return self.p == self.p

    @property
    def verdict(self) -> str:
        """Say whether it is told from nought."""
        if self.p <= LEVEL and not self.finding.is_nothing:
            return TOLD
        return NOT_TOGETHER if self.finding.is_seen else NOT_ALONE


def together_section(comparison: Comparison) -> Section | None:
    """Judge the scenarios of a run at once; nothing where there is one, or no chance."""
    measures = deciding(comparison)
    found = judged_together(comparison, [one.name for one in measures])
    judged = [
        Judged(
            of=scenario_title(comparison, scenario),
            finding=finding,
            low=float(found.low[row, column]),
            high=float(found.high[row, column]),
            p=float(found.p[row, column]),
        )
        for row, scenario in enumerate(comparison.others)
        for column, finding in enumerate(findings(comparison, scenario))
    ]
    return judged_section(judged, compared=len(comparison.others), of="Scenario")


def judged_section(judged: Sequence[Judged], *, compared: int, of: str) -> Section | None:
    """Show what is told when so many are compared; nothing where there is one, or nothing to judge."""
    rows = [one for one in judged if one.is_judged]
    if compared < 2 or not rows:
        return None
    blocks: list[Block] = [Paragraph(text=SAYS), Paragraph(text=_summary(rows, compared=compared))]
    blocks.append(
        simple_table(
            "Differences judged one by one, and all at once",
            columns=(of, "Measure", "By itself (95% interval)", "Among all (Holm)", "Told from chance?"),
            rows=tuple(_row(one) for one in rows[:MOST_ROWS]),
            texts=(of, "Measure", "Told from chance?"),
            folded="Show the differences" if len(rows) > MOST_ROWS // 4 else "",
        )
    )
    if len(rows) > MOST_ROWS:
        blocks.append(
            Paragraph(text=f"These are {MOST_ROWS} of {len(rows):,}; the table “differences” has all.")
        )
    return Section(id="together", title="All compared at once", short="All at once", blocks=tuple(blocks))


def _summary(rows: Sequence[Judged], *, compared: int) -> str:
    alone = [one for one in rows if one.finding.is_seen]
    lost = [one for one in alone if one.verdict == NOT_TOGETHER]
    many = f"{count_words(compared)} compared with the baseline"
    if not alone:
        return f"With {many} no difference in what decides is told from chance, one by one or together."
    told = f"With {many} {count_words(len(alone), 'difference')} in what decides can be told from chance"
    if not lost:
        return f"{told}, one by one and also when all are judged at once."
    return (
        f"{told} one by one; {count_words(len(lost))} of them cannot be when all are judged at once, and may "
        "be what chance brings."
    )


def _row(one: Judged) -> tuple[str, ...]:
    plain = one.finding.difference
    among = Estimate(
        mean=plain.mean, sd=plain.sd, low=one.low, high=one.high, low_80=None, high_80=None, n=plain.n
    )
    unit = one.finding.unit
    return one.of, one.finding.title, change(plain, unit), change(among, unit), one.verdict
