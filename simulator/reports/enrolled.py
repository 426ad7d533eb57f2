"""Naive beside true: what a before-and-after evaluation would publish, and what the scheme really did."""

from simulator.analysis.comparison import Comparison, EnrolledEffect
from simulator.analysis.intervals import Estimate
from simulator.reports.blocks import Block, Chart, Heading, Paragraph, Section, Table, simple_table
from simulator.reports.chance import has_chance
from simulator.reports.figures.before_after import Three, before_after_figure, before_after_height
from simulator.reports.numbers import plain, step_for
from simulator.reports.sameness import is_constant
from simulator.reports.titles import lower_first, scenario_title, title_of
from simulator.reports.wording import NO_CHANCE, ONE_REPLICATION, change, level

UNIT = "uses a person and year"


def enrolled_section(comparison: Comparison) -> Section:
    """Show before, after, and after without, for every scenario that enrols people."""
    blocks: list[Block] = [
        Paragraph(
            text=(
                "People are chosen for a scheme when they have just had a bad year. Most of them would have "
                "had a better year next anyway: regression to the mean. A before-and-after evaluation "
                "counts that as a success. Here the same people are followed in the world without the "
                "scheme too, so that the two can be told apart."
            )
        )
    ]
    for place, scenario in enumerate(comparison.others):
        if found := _told(comparison, scenario):
            blocks += _scenario_blocks(comparison, scenario, found=found, id=f"chart-enrolled-{place}")
    if len(blocks) == 1:
        blocks.append(
            Paragraph(
                text="In no scenario was anybody followed for a year before and a year after being enrolled."
            )
        )
    return Section(
        id="enrolled",
        title="Before and after, and the true effect",
        short="Before and after",
        blocks=tuple(blocks),
    )


def enrolled_words(comparison: Comparison, one: EnrolledEffect) -> str:
    """Say before, after and without in one sentence, and what the two comparisons make of it."""
    before, after, without = (level(found, UNIT) for found in (one.before, one.after, one.after_without))
    brackets = " (95% intervals in brackets)" if one.before.low is not None else ""
    need = title_of(comparison.results.model, "need", id=one.need)
    people = plain(one.people.mean, step=1.0)
    true = _true(one, has_chance=has_chance(comparison.results))
    return (
        f"{need}, a person and year, of the {people} people enrolled and followed{brackets}: "
        f"{before} in the year before, {after} in the year after. In the world without "
        f"the scheme the same people would have had {without}. A before-and-after evaluation would publish "
        f"{_by_share(one.naive.mean, one.before.mean)}{_interval(one.naive, one.before.mean)}; "
        f"the true effect is {true}."
    )


def _told(comparison: Comparison, scenario: str) -> tuple[EnrolledEffect, ...]:
    """Give what is told of those enrolled. Stocks know every need: of one that nobody has but for the scheme,
    such as a review that it makes itself, there is nothing to be compared."""
    found = comparison.enrolled(scenario)
    if has_chance(comparison.results):
        return found
    return tuple(one for one in found if one.before.mean or one.after_without.mean)


def _scenario_blocks(
    comparison: Comparison, scenario: str, *, found: tuple[EnrolledEffect, ...], id: str
) -> list[Block]:
    title = scenario_title(comparison, scenario)
    sentences = [
        Paragraph(
            lead=f"{title_of(comparison.results.model, 'intervention', id=one.intervention)}.",
            text=enrolled_words(comparison, one),
        )
        for one in found
    ]
    rows = [
        Three(
            title=_row_title(comparison, one),
            before=one.before,
            after=one.after,
            after_without=one.after_without,
        )
        for one in found
    ]
    chart = Chart(
        id=id,
        caption=f"{title}: uses a person and year, of those enrolled, with 95% intervals",
        alternative=" ".join(one.text for one in sentences),
        figure=before_after_figure(rows),
        height=before_after_height([one.title for one in rows]),
        table=_table(comparison, title, found=found),
    )
    return [Heading(text=title), *sentences, chart]


def _table(comparison: Comparison, title: str, *, found: tuple[EnrolledEffect, ...]) -> Table:
    rows = tuple(
        (
            _row_title(comparison, one),
            level(one.people, "people"),
            level(one.before, UNIT),
            level(one.after, UNIT),
            level(one.after_without, UNIT),
            change(one.naive, UNIT),
            change(one.true, UNIT),
        )
        for one in found
    )
    return simple_table(
        f"{title}: uses a person and year of those enrolled",
        columns=(
            "Scheme and need",
            "People followed",
            "Year before",
            "Year after",
            "Year after, without it",
            "Before and after (naive)",
            "True effect",
        ),
        rows=rows,
        folded="Show the numbers of this chart",
    )


def _row_title(comparison: Comparison, one: EnrolledEffect) -> str:
    model = comparison.results.model
    need = lower_first(title_of(model, "need", id=one.need))
    return f"{title_of(model, 'intervention', id=one.intervention)}: {need}"


def _by_share(value: float | None, base: float | None) -> str:
    if value is None or not base:
        return "nothing, for want of numbers"
    way = "a fall" if value < 0 else "a rise"
    return f"{way} of {plain(abs(value / base) * 100, step=1.0)}%"


def _true(one: EnrolledEffect, *, has_chance: bool) -> str:
    found, base = one.true, one.after_without.mean
    if found.mean is None or not base:
        return "not known"
    if found.is_nought:
        return "nothing at all"
    shares = f"{_by_share(found.mean, base)}"
    if found.low is None or found.high is None:
        return f"{shares} ({ONE_REPLICATION if has_chance else NO_CHANCE})"
    if found.low <= 0 <= found.high:
        return f"not to be told from none ({shares}; {_interval(found, base).removeprefix(' (')}"
    return f"{shares}{_interval(found, base)}"


def _interval(found: Estimate, base: float | None) -> str:
    """Write the interval of a difference in per cent of its base, in brackets."""
    if found.low is None or found.high is None or not base or is_constant(found):
        return ""
    ends = [bound / base * 100 for bound in (found.low, found.high)]
    step = max(0.1, step_for((ends[1] - ends[0]) / 2, value=ends[0]))
    low, high = (plain(end, step=step, signed=True) + "%" for end in ends)
    return f" (95% interval {low} to {high})"
