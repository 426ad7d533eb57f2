"""Staff: posts by places and time by what is done, by organisation and kind, beside the baseline."""

from simulator.analysis.comparison import Comparison
from simulator.analysis.workforce import ALL_YEARS, Staff
from simulator.analysis.workforce_read import POSTS, TIME, USUAL, hours_a_year
from simulator.definition.model import Model
from simulator.definition.staff import StaffKind
from simulator.reports.blocks import Block, Group, Notice, Paragraph, Section, Table, simple_table
from simulator.reports.numbers import listed, plain
from simulator.reports.titles import as_words, clean, scenario_title, title_of
from simulator.reports.wording import change, level

WTE = "whole-time equivalents"
HOURS = "hours a year"
FIRST = (
    "Posts and time are two views of the same people, and are never added up. Posts follow the places that "
    "there are: so many whole-time equivalents to a place, taken or not, on average while it is open. Time "
    "follows what is done: minutes at each start of an activity. A world with less to do has as many posts "
    "until somebody changes the places. Time is before any freed bed fills again, and wards that bookkeeping "
    "releases are not taken off the posts."
)
CAPTIONS = {
    POSTS: "Posts by places, a year on average: the baseline, and the change with its 95% interval",
    TIME: "Time by what is done, a year on average: the baseline, and the change with its 95% interval",
}


def workforce_section(comparison: Comparison) -> Section | None:
    """Show what each scenario changes for staff; nothing where the model says nothing of them."""
    if not comparison.workforce or not comparison.others:
        return None
    blocks: list[Block] = [Notice(word="Read this first", text=FIRST), _a_year(comparison)]
    blocks += [_table(comparison, basis=basis) for basis in (POSTS, TIME)]
    blocks.append(_years(comparison))
    return Section(
        id="workforce", title="Staff: posts, and where time goes", short="Staff", blocks=tuple(blocks)
    )


def _a_year(comparison: Comparison) -> Paragraph:
    """Say what a whole-time equivalent is, by kind where a kind has hours of its own, and where from."""
    model, kinds = comparison.results.model, sorted({one.kind for one in comparison.workforce})
    own = [kind for kind in kinds if _has_own(model, kind)]
    said = [
        f"{_hours(model, kind)} a year for {_kind(comparison, kind)}{_source(model.staff[kind])}"
        for kind in own
    ]
    if len(own) < len(kinds):
        who = " a year for all others" if own else " a year"
        said.append(
            f"{_hours(model, '')}{who} (37.5 in each of 52 weeks, less 22% for leave, sickness and study)"
        )
    return Paragraph(text=f"A whole-time equivalent is at work for {listed(said)}.")


def _has_own(model: Model, kind: str) -> bool:
    """Say whether a kind of staff works longer or shorter than others."""
    return kind in model.staff and model.staff[kind].works_a_year.value != USUAL.works_a_year.value


def _hours(model: Model, kind: str) -> str:
    return f"{plain(hours_a_year(model, kind), step=1.0)} hours"


def _source(kind: StaffKind) -> str:
    source = kind.works_a_year.source
    return f" ({clean(source)})" if source else ""


def _table(comparison: Comparison, *, basis: str) -> Table:
    groups = tuple(
        Group(
            header=scenario_title(comparison, scenario),
            rows=tuple(
                (
                    _team(comparison, one),
                    level(_in_baseline(comparison, one).equivalents.level, WTE),
                    change(one.equivalents.change, WTE),
                    change(one.hours.change, HOURS),
                )
                for one in comparison.workforce
                if (one.scenario, one.basis, one.starts) == (scenario, basis, ALL_YEARS)
            ),
        )
        for scenario in comparison.others
    )
    return Table(
        caption=CAPTIONS[basis],
        columns=(
            "Scenario",
            "Whose, what staff",
            f"In the baseline, {WTE}",
            f"Change, {WTE}",
            "Change, hours a year",
        ),
        groups=tuple(group for group in groups if group.rows),
    )


def _years(comparison: Comparison) -> Table:
    """List every year of what differs somewhere, posts and time, folded."""
    changed = (
        (one, one.starts, one.equivalents.change)
        for one in comparison.workforce
        if one.equivalents.change is not None and not one.equivalents.change.is_nought
    )
    rows = tuple(
        (
            scenario_title(comparison, one.scenario),
            _team(comparison, one),
            one.basis,
            f"{starts.day} {starts:%B %Y}",
            level(one.equivalents.level, WTE),
            change(found, WTE),
            level(one.hours.level, "hours"),
        )
        for one, starts, found in changed
        if starts is not None
    )
    return simple_table(
        "Year by year, where they differ from the baseline: whole-time equivalents, and hours worked",
        columns=("Scenario", "Whose, what staff", "Basis", "Year from", "There are", "Change", "Hours"),
        rows=rows,
        texts=("Whose, what staff", "Basis", "Year from"),
        folded="Show the years of staff that differ",
    )


def _in_baseline(comparison: Comparison, one: Staff) -> Staff:
    """Find the same team and year in the baseline."""
    baseline = comparison.results.scenarios[0]
    asked = (baseline, one.basis, one.organisation, one.kind, one.starts)
    return next(
        other
        for other in comparison.workforce
        if (other.scenario, other.basis, other.organisation, other.kind, other.starts) == asked
    )


def _team(comparison: Comparison, one: Staff) -> str:
    kind = _kind(comparison, one.kind)
    if not one.organisation:
        return kind
    return f"{title_of(comparison.results.model, 'organisation', id=one.organisation)}: {kind}"


def _kind(comparison: Comparison, kind: str) -> str:
    """Say what a kind of staff is called."""
    named = comparison.results.model.staff.get(kind)
    return clean(named.title) if named is not None and named.title else as_words(kind).lower()
