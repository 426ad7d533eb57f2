"""The page of a sweep: the answer, how it goes with what was varied, what drives it, what to find out."""

from pathlib import Path

from simulator.analysis.sweep.estimates import SweepEstimates
from simulator.definition.experiment import STOCKS, starts_of
from simulator.reports.amounts import amount
from simulator.reports.answer_page import ENGINES, AnswerPage, provenance_of, write_answer_page
from simulator.reports.assumptions import assumptions_section
from simulator.reports.blocks import Block, Notice, Paragraph, Section, simple_table
from simulator.reports.numbers import count_words, listed
from simulator.reports.sweep.answer import luck_words, sweep_answers
from simulator.reports.sweep.best import best_section
from simulator.reports.sweep.cautions import not_measured, sweep_warnings
from simulator.reports.sweep.drivers import drivers_section
from simulator.reports.sweep.knowing import knowing_section
from simulator.reports.sweep.lenses import lenses_section
from simulator.reports.sweep.response import response_section
from simulator.reports.sweep.together import together_section
from simulator.reports.sweep.words import path_words, replications_words, scenario_words, value_words
from simulator.reports.titles import clean

WITH_DRAWS = (
    "Intervals are over draws of what nobody knows exactly: 95% of the draws lie between the ends, "
    "chance between replications taken out, and none is narrower than that of the mean. The probability is "
    "the share of draws, as far as chance lets it be told."
)
WITHOUT_DRAWS = (
    "Intervals are 95% intervals over replications (Student’s t); what is varied is no part of them."
)
NO_CHANCE = "There is no chance in this engine, and nothing was drawn: figures have no intervals."
MOST_LISTED = 12


def write_sweep_report(found: SweepEstimates) -> Path:
    """Write ``report.html`` into the sweep's folder and give its path."""
    return write_answer_page(sweep_page(found), found.results.folder, subtitle="a sweep")


def sweep_page(found: SweepEstimates) -> AnswerPage:
    """Put the words of a sweep's page together."""
    results = found.results
    sections = (
        best_section(found),
        response_section(found),
        together_section(found),
        lenses_section(found),
        drivers_section(found),
        knowing_section(found),
        _what_section(found),
        assumptions_section(results.plan.model, has_results=not results.drawn),
        _provenance_section(found),
    )
    return AnswerPage(
        title=clean(results.manifest.title),
        scope=_scope(found),
        notices=(
            *sweep_warnings(found),
            *not_measured(found),
            *(Notice(word="Notice", text=clean(note)) for note in results.notes),
        ),
        part=f"{_intervals_words(found)} {luck_words(found)}".rstrip(),
        answers=sweep_answers(found),
        sections=tuple(one for one in sections if one is not None),
    )


def _scope(found: SweepEstimates) -> str:
    plan = found.results.plan
    experiment = plan.experiment
    place = clean(plan.model.title).rstrip(".") if plan.model.title else "A place"
    counts = [count_words(len(plan.points), "point")] if len(plan.points) > 1 else []
    if experiment.draws:
        counts.append(count_words(experiment.draws, "draw") + " of what is uncertain")
    if experiment.engine != STOCKS:
        counts.append(replications_words(plan) + (" of each" if counts else ""))
    worlds = "; ".join(scenario_words(found, one) for one in plan.scenarios)
    share = float(experiment.population_share)
    part = (
        "" if share == 1 else f" A part was run, {share:.3g} of the place; figures have not been scaled up."
    )
    return (
        f"{place}. People are {ENGINES.get(experiment.engine, experiment.engine)} from "
        f"{starts_of(experiment, plan.model.starts):%-d %B %Y} for {amount(experiment.horizon)}. "
        f"{count_words(len(plan.scenarios), 'world').capitalize()}: {worlds}. "
        f"{listed(counts).capitalize()}.{part}"
    )


def _intervals_words(found: SweepEstimates) -> str:
    if found.results.plan.experiment.draws:
        return WITH_DRAWS
    return NO_CHANCE if found.results.plan.experiment.engine == STOCKS else WITHOUT_DRAWS


def _what_section(found: SweepEstimates) -> Section:
    """Say what was varied and drawn."""
    plan = found.results.plan
    blocks: list[Block] = []
    if plan.paths:
        rows = [(path_words(found, path), _range(found, path), path) for path in plan.paths]
        blocks.append(
            simple_table(
                "What was varied",
                columns=("Value", "Over", "Path in the model"),
                rows=tuple(rows),
                texts=("Over", "Path in the model"),
                folded="Show all that was varied" if len(rows) > MOST_LISTED else "",
            )
        )
    if found.results.drawn:
        drawn = len(next(iter(found.results.drawn.values())))
        was = "was" if drawn == 1 else "were"
        said = (
            f"{count_words(drawn, 'value').capitalize()} with an interval {was} drawn "
            f"{plan.experiment.draws:,} times, by the law that has the interval’s ends as 10th and 90th "
            "centiles. The table “draws” has every value; the assumptions below have the intervals."
        )
        blocks.append(Paragraph(text=said))
    return Section(id="varied", title="What was varied", short="What was varied", blocks=tuple(blocks))


def _range(found: SweepEstimates, path: str) -> str:
    values = list(dict.fromkeys(value_words(point[path]) for point in found.results.plan.points))
    if len(values) <= MOST_LISTED:
        return listed(values)
    return f"{len(values):,} values"


def _provenance_section(found: SweepEstimates) -> Section:
    text = (
        "The same design, seed and versions give the same numbers, to the last digit, whatever the number of "
        "workers. The folder of this page holds model and experiment as they were run, every table as CSV "
        "and parquet, and summary.json."
    )
    lines = ("downstream sweep experiment.toml --out .",)
    return provenance_of(found.results.manifest, text=text, lines=lines)
