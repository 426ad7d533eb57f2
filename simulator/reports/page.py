"""The report of an experiment: every section in order."""

from datetime import date
from pathlib import Path

from simulator.analysis.compare import compare
from simulator.analysis.comparison import Comparison
from simulator.definition.systems import has_stocks
from simulator.experiment.results import Results
from simulator.reports.amounts import amount
from simulator.reports.answer_page import ENGINES, AnswerPage, answer_html, write_answer_page
from simulator.reports.answers import answers, first_sentence, part_words
from simulator.reports.assumptions import assumptions_section
from simulator.reports.averted import averted_section
from simulator.reports.blocks import Block, Paragraph, Section, Table
from simulator.reports.cautions import cautions
from simulator.reports.chance import has_chance
from simulator.reports.changed import changed_notices
from simulator.reports.closing import baseline_section, method_section, notices, provenance_section
from simulator.reports.collaboration import collaboration_notice, collaboration_sections
from simulator.reports.demand import demand_section
from simulator.reports.enrolled import enrolled_section
from simulator.reports.finance import finance_sections
from simulator.reports.gains import gains_sections
from simulator.reports.harm import harm_section
from simulator.reports.in_common import common_words
from simulator.reports.joint import joint_sections
from simulator.reports.money import money_section
from simulator.reports.numbers import count_words, plain
from simulator.reports.over_time import over_time_section
from simulator.reports.places import with_places
from simulator.reports.scorecard import scorecard_section
from simulator.reports.slow_dynamics import slow_dynamics_section
from simulator.reports.sureness import how_sure
from simulator.reports.switches import switches_section
from simulator.reports.titles import as_words, clean, scenario_title
from simulator.reports.together import together_section
from simulator.reports.window import first_day, last_day
from simulator.reports.without_intervals import as_sure
from simulator.reports.workforce import workforce_section

SUBTITLE = "what happens downstream"


def write_report(found: Results | Comparison) -> Path:
    """Write ``report.html`` into the results folder and give its path."""
    comparison = found if isinstance(found, Comparison) else compare(found)
    return write_answer_page(page_of(comparison), comparison.results.folder, subtitle=SUBTITLE)


def report_html(comparison: Comparison) -> str:
    """Write the whole report as one HTML page."""
    return answer_html(page_of(comparison), subtitle=SUBTITLE)


def page_of(comparison: Comparison) -> AnswerPage:
    """Put the words of a report together."""
    others = comparison.others
    sections = [with_places(switches_section(comparison), comparison)]
    if others:
        sections += [
            demand_section(comparison),
            over_time_section(comparison),
            averted_section(comparison),
            enrolled_section(comparison),
            money_section(comparison),
            *gains_sections(comparison),
            *finance_sections(comparison),
            *filter(
                None,
                (
                    workforce_section(comparison),
                    harm_section(comparison),
                    scorecard_section(comparison),
                    together_section(comparison),
                ),
            ),
            *collaboration_sections(comparison),
            *joint_sections(comparison),
        ]
    if has_stocks(comparison.results.model):
        sections.append(slow_dynamics_section(comparison.results.model))
    sections += [
        assumptions_section(comparison.results.model),
        baseline_section(comparison),
        method_section(comparison),
        provenance_section(comparison),
    ]
    return AnswerPage(
        title=_title(comparison),
        scope=scope(comparison),
        notices=(
            *cautions(comparison),
            *collaboration_notice(comparison),
            *changed_notices(comparison),
            *notices(comparison),
        ),
        part=" ".join(filter(None, (part_words(comparison), how_sure(comparison.results)))),
        answers=answers(comparison),
        first=first_sentence(comparison),
        sections=tuple(as_sure(_without_empty(section), comparison.results) for section in sections),
    )


def scope(comparison: Comparison) -> str:
    """Say in a paragraph what was run: place, people, engine, time, worlds, replications."""
    results = comparison.results
    experiment, model = results.experiment, results.model
    first, last = first_day(results), last_day(results)
    place = clean(model.title).rstrip(".") if model.title else "A place"
    people = (
        sum(int(segment.people.value) for segment in model.segments.values()) * experiment.population_share
    )
    who = f"{plain(float(people), step=1.0)} people and their cases" if people else "Cases"
    how = ENGINES.get(results.manifest.engine, clean(results.manifest.engine))
    warm_up = (
        f", after {amount(experiment.warm_up)} of warm-up that do not count"
        if experiment.warm_up.value
        else ""
    )
    worlds = count_words(len(comparison.scenarios), "world").capitalize()
    named = "; ".join(scenario_title(comparison, one) for one in comparison.scenarios)
    shared = f"All have {common_words(model)}; each has " if comparison.others else "It has "
    return (
        f"{place}. {who} are {how} from {_day(first)} to {_day(last)} "
        f"({amount(experiment.horizon)}){warm_up}. "
        f"{worlds}: {named}. {shared}{_runs(results)}."
    )


def _runs(results: Results) -> str:
    """Say how often a world was run."""
    number = count_words(len(results.replications), "replication")
    if not has_chance(results):
        number = "one run, for there is no chance in this engine"
    if not results.draws:
        return number
    each = f"{number} each" if has_chance(results) else number.replace("one run", "one run each", 1)
    return f"{count_words(results.draws, 'draw')} of what is uncertain, {each}"


def _title(comparison: Comparison) -> str:
    results = comparison.results
    return clean(results.experiment.title or results.manifest.title or as_words(results.manifest.experiment))


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _without_empty(section: Section) -> Section:
    """Leave out tables that have no rows."""
    kept: tuple[Block, ...] = tuple(
        block for block in section.blocks if not isinstance(block, Table) or block.groups
    )
    return Section(
        id=section.id,
        title=section.title,
        short=section.short,
        blocks=kept or (Paragraph(text="There is nothing to show here."),),
    )
