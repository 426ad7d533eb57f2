"""Both lenses in words: where stocks and people disagree, by how much, and where stocks make people surer."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from simulator.analysis.intervals import Estimate
from simulator.analysis.sweep.estimates import SweepEstimates
from simulator.analysis.sweep.lenses import AGREE, APART, SIGN, UNKNOWN, Helped, Lens, Lenses
from simulator.definition.seek import DIFFERENCE, LEVEL
from simulator.experiment.sweep.plan import CENTRAL
from simulator.reports.blocks import Block, Paragraph, Section, Table, simple_table
from simulator.reports.numbers import count_words
from simulator.reports.sweep.words import (
    finding_at,
    measure_words,
    point_words,
    primary_places,
    replications_words,
    scenario_words,
    unit_words,
)
from simulator.reports.wording import change, everywhere, level

SAYS = (
    "The sweep ran the place as stocks, which is quick and knows no chance; some of it was run person by "
    "person too. “Opposite”: both see a difference, of other signs. “Apart”: the gap between the two is more "
    "than chance among people (or draws) explains, each pair judged by itself at 95%: of pairs that agree "
    "about one in 20 is said to lie apart. “Agree”: no gap can be told. Where they disagree believe people."
)
WORDS = {SIGN: "opposite", APART: "apart", AGREE: "agree", UNKNOWN: "one replication cannot say"}
MOST_ROWS = 40
ORDER = (SIGN, APART, UNKNOWN, AGREE)


def lenses_section(found: SweepEstimates) -> Section | None:
    """Set what decides side by side as both lenses see it; nothing where nothing was confirmed."""
    lenses = found.lenses
    if lenses is None:
        return None
    rows = _deciding(found, lenses)
    blocks: list[Block] = [Paragraph(text=SAYS)]
    blocks += [Paragraph(text=one) for one in lens_sentences(found)]
    shown = sorted(rows, key=lambda one: ORDER.index(one.verdict))[:MOST_ROWS]
    blocks.append(
        simple_table(
            "As stocks and by people",
            columns=("What", "As stocks", "By people (95% interval)", "Stocks less people", "Verdict"),
            rows=tuple(_row(found, one) for one in shown),
            texts=("What", "Verdict"),
        )
    )
    if len(rows) > MOST_ROWS:
        said = f"These are {MOST_ROWS} of {len(rows):,}, disagreements first; the table “lenses” has all."
        blocks.append(Paragraph(text=said))
    if helped := _helped(found, lenses):
        blocks.append(helped_table(found, helped))
    return Section(
        id="lenses", title="Stocks and people side by side", short="Two lenses", blocks=tuple(blocks)
    )


def lens_sentences(found: SweepEstimates) -> Iterator[str]:
    """Say how often the lenses disagree in what decides, and whether stocks made people surer."""
    lenses = found.lenses
    if lenses is None:
        return
    rows = _deciding(found, lenses)
    where = count_words(len(lenses.points), "point")
    parts = []
    for verdict, said in ((SIGN, "have opposite signs"), (APART, "lie apart by more than chance")):
        if count := sum(one.verdict == verdict for one in rows):
            parts.append(f"{count_words(count)} {said}")
    told = sum(one.verdict != UNKNOWN for one in rows)
    people = lenses.people.plan
    often = replications_words(people) + (" of each draw" if people.draws != (CENTRAL,) else "")
    of = f"Of {count_words(len(rows))} pairs of figures that decide, at {where} run by people too ({often}), "
    if not told:
        yield f"{of}none can be compared: one replication cannot say how sure it is."
    elif not parts:
        yield f"{of}none disagree by more than chance."
    else:
        big = sum(_matters(found, one) for one in rows if one.verdict in (SIGN, APART))
        known = (
            f"; {count_words(big)} by as much as matters" if any(_least(found, one) for one in rows) else ""
        )
        yield f"{of}{' and '.join(parts)}{known}."
    if helped := _helped(found, lenses):
        better = sum(one.made.helps for one in helped)
        over = "draws" if helped[0].point is not None else "points"
        yield (
            f"Beside the stocks of the same {over} the mean over all {over} is known better in {better:,} of "
            f"{len(helped):,} figures that decide"
            + ("." if better else ": the stocks do not help, and people's own intervals stand.")
        )


def _deciding(found: SweepEstimates, lenses: Lenses) -> list[Lens]:
    """Take what decides: differences where there are scenarios, levels else; the baseline's levels too."""
    measures = set(primary_places(found))
    return [
        one
        for one in lenses.lenses
        if one.measure in measures and (one.kind == DIFFERENCE or (one.kind == LEVEL and one.scenario == 0))
    ]


def _helped(found: SweepEstimates, lenses: Lenses) -> list[Helped]:
    measures = set(primary_places(found))
    wanted = DIFFERENCE if found.others else LEVEL
    return [one for one in lenses.helped if one.measure in measures and one.kind == wanted]


def _row(found: SweepEstimates, one: Lens) -> tuple[str, ...]:
    unit = unit_words(found, one.measure)
    write = change if one.kind == DIFFERENCE else level
    verdict = WORDS[one.verdict] + (", by as much as matters" if _matters(found, one) else "")
    return (
        _what(found, one.scenario, measure=one.measure, kind=one.kind, point=one.point),
        _mean(_over(found, one.stocks), unit, kind=one.kind),
        write(_over(found, one.people), unit),
        change(_over(found, one.gap), unit),
        verdict,
    )


def _over(found: SweepEstimates, one: Estimate) -> Estimate:
    """Give an estimate that says of what its count is: of draws, where a sweep has any."""
    return one if found.results.plan.draws == (CENTRAL,) else replace(one, draws=one.n)


def _mean(one: Estimate, unit: str, *, kind: str) -> str:
    """Write what stocks say: without draws it has no interval, for there is no chance in it."""
    write = change if kind == DIFFERENCE else level
    return write(one, unit).removesuffix(f", {everywhere(one)}")


def _what(found: SweepEstimates, scenario: int, *, measure: int, kind: str, point: int | None) -> str:
    title = (
        f"{measure_words(found, measure)}, {scenario_words(found, found.results.plan.scenarios[scenario])}"
    )
    where = "" if point is None else point_words(found, point)
    said = f"{title}: difference from the baseline" if kind == DIFFERENCE else title
    return f"{said}, {where}" if where else said


def _least(found: SweepEstimates, one: Lens) -> float | None:
    """Give from which difference on a measure matters."""
    if not found.others:
        return None
    return finding_at(found, one.point, scenario=0, measure=one.measure).least


def _matters(found: SweepEstimates, one: Lens) -> bool:
    least = _least(found, one)
    return (
        one.verdict in (SIGN, APART)
        and least is not None
        and one.gap.mean is not None
        and abs(one.gap.mean) >= least
    )


def helped_table(found: SweepEstimates, rows: Sequence[Helped]) -> Table:
    """Set means by people alone beside those that stocks helped with, levels as levels."""
    made = []
    for one in rows:
        unit = unit_words(found, one.measure)
        write = change if one.kind == DIFFERENCE else level
        plain, helped = (
            Estimate(mean=mean, sd=None, low=low, high=high, low_80=None, high_80=None, n=one.made.n)
            for mean, low, high in (one.made.plain, one.made.helped)
        )
        made.append(
            (
                _what(found, one.scenario, measure=one.measure, kind=one.kind, point=one.point),
                f"{one.made.n:,} of {one.made.of:,}",
                write(plain, unit),
                write(helped, unit),
                "yes" if one.made.helps else "no",
            )
        )
    return simple_table(
        "The mean over all: by people alone, and helped by the stocks",
        columns=("What", "Run by people", "People alone (95%)", "Helped by stocks (95%)", "Surer?"),
        rows=tuple(made),
        texts=("What", "Surer?"),
    )
