"""The answer: for every scenario one sentence, and a line for each measure that decides."""

from collections.abc import Sequence

from simulator.analysis.comparison import Comparison, Primary
from simulator.reports.beside import beside, paid_once
from simulator.reports.blocks import Answer, Paragraph
from simulator.reports.cautions import cautions
from simulator.reports.leaving import partings
from simulator.reports.numbers import count_words, listed
from simulator.reports.of_a_part import why_signs_turn
from simulator.reports.ranking import ranking
from simulator.reports.sureness import how_sure
from simulator.reports.tables import finding
from simulator.reports.titles import lower_first, scenario_title
from simulator.reports.verdicts import purses
from simulator.reports.wording import Finding, brief, change_words, runs_words

WHERE_NOTHING_IS_NAMED = 6


def deciding(comparison: Comparison) -> tuple[Primary, ...]:
    """List the measures that the answer is about: the primary ones, else needs and totals."""
    if comparison.primary:
        return comparison.primary
    needs = [name for name in comparison.names if name.startswith("need.") and name.endswith(".per_year")]
    common = ["exits_per_day", "time_in_system_mean_days"]
    found = [name for name in (*needs, *common) if name in comparison.names and ".averted" not in name]
    return tuple(Primary(name=name, matters_from=None) for name in found[:WHERE_NOTHING_IS_NAMED])


def findings(comparison: Comparison, scenario: str) -> tuple[Finding, ...]:
    """Give the deciding differences of a scenario."""
    found = (
        finding(comparison, scenario, name=one.name, matters_from=one.matters_from)
        for one in deciding(comparison)
    )
    return tuple(one for one in found if one is not None)


def answers(comparison: Comparison) -> tuple[Answer, ...]:
    """Answer for every scenario but the baseline."""
    return tuple(_answer(comparison, scenario) for scenario in comparison.others)


def first_sentence(comparison: Comparison) -> str:
    """Say of many scenarios together which differ and which does most; nothing of few."""
    return ranking(
        [
            [
                (scenario_title(comparison, scenario), found)
                for scenario in comparison.others
                if (found := finding(comparison, scenario, name=one.name)) is not None
            ]
            for one in deciding(comparison)
        ]
    )


def part_words(comparison: Comparison) -> str:
    """Say that the figures of the answer are those of a part of the place, or nothing where all was run."""
    share = float(comparison.results.experiment.population_share)
    if share == 1:
        return ""
    return (
        f"All counts and costs here are those of the part that was run, {share:.3g} of the place; "
        "they have not been scaled up."
    )


def _answer(comparison: Comparison, scenario: str) -> Answer:
    """Answer for one scenario: what decides, always what it costs, and what else was seen to differ."""
    found = findings(comparison, scenario)
    also = beside(comparison, scenario, deciding=[one.name for one in deciding(comparison)])
    return Answer(
        title=scenario_title(comparison, scenario),
        text=headline(found, cost=also.cost),
        items=(
            *(Paragraph(lead=f"{one.title}:", text=brief(one)) for one in found),
            *_cost(comparison, scenario, cost=also.cost),
            *purses(comparison, scenario),
            *partings(comparison, scenario),
            *also.items,
        ),
    )


def _cost(comparison: Comparison, scenario: str, *, cost: Finding | None) -> tuple[Paragraph, ...]:
    """Say what stands behind the cost, and how much of it is paid once."""
    if cost is None:
        return ()
    said = (brief(cost), paid_once(comparison, scenario))
    return (Paragraph(lead=f"{cost.title}:", text=" ".join(one for one in said if one)),)


def answer_text(comparison: Comparison) -> str:
    """Write the answers as plain text: many in a sentence, a paragraph a scenario, warnings last."""
    first = [found] if (found := first_sentence(comparison)) else []
    said = [
        "\n".join([f"{one.title}: {one.text}", *(f"  {money.lead} {money.text}" for money in gains)])
        for scenario, one in zip(comparison.others, answers(comparison), strict=True)
        for gains in ((*purses(comparison, scenario), *partings(comparison, scenario)),)
    ]
    told = [f"{one.word}: {one.text}" for one in cautions(comparison)]
    part = [one for one in (part_words(comparison), _signs(comparison)) if one and comparison.others]
    sure = [how_sure(comparison.results)] if comparison.others and comparison.results.draws else []
    return (
        "\n".join([*first, *said, *part, *sure, *told, *(f"Note: {note}" for note in comparison.notes)])
        + "\n"
    )


def _signs(comparison: Comparison) -> str:
    """Say why gains and losses of a part of the place may turn, where any are told."""
    told = any(purses(comparison, scenario) for scenario in comparison.others)
    return why_signs_turn(comparison) if told else ""


def headline(found: Sequence[Finding], *, cost: Finding | None = None) -> str:
    """Say in one breath what was seen of what decides and what was not, and the cost where that was seen."""
    said = _decided(found)
    if cost is None or not cost.is_seen:
        return said
    return f"{said} {cost.title}: {change_words(cost)}."


def _decided(found: Sequence[Finding]) -> str:
    measured = [one for one in found if one.difference.mean is not None]
    if not measured:
        return "Nothing that decides could be measured."
    if all(one.is_nothing for one in measured):
        if not measured[0].has_chance:
            return "No difference at all in what decides."
        run = "draw" if measured[0].difference.draws else "replication"
        return f"No difference at all in what decides: there every {run} is the same as the baseline."
    if measured[0].difference.n == 1:
        shown = "; ".join(
            f"{lower_first(one.title)}: {_single(one)}" for one in measured if not one.is_nothing
        )
        if not measured[0].has_chance:
            return f"Counted as stocks, with no chance in this engine, {shown}."
        return f"In a single replication, which cannot say how sure this is, {shown}."
    seen = [one for one in measured if one.is_seen]
    unseen = [one for one in measured if not one.is_seen]
    said = [f"{one.title}: {change_words(one)}." for one in seen]
    if unseen:
        said.append(_nothing_seen(unseen, is_all=not seen))
    return " ".join(said)


def _nothing_seen(unseen: Sequence[Finding], *, is_all: bool) -> str:
    could = f"that {runs_words(unseen[0].difference)} could see"
    if is_all and len(unseen) > 1:
        which = "either" if len(unseen) == 2 else "any"
        return f"No difference {could} in {which} of the {count_words(len(unseen))} measures that decide."
    return f"No difference {could} in {listed((lower_first(one.title) for one in unseen), last='or')}."


def _single(one: Finding) -> str:
    return change_words(one).removesuffix(f" ({one.without_interval})")
