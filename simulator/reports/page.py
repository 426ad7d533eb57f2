"""The page: every section in order, one self-contained file that opens without a network."""

import base64
import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from simulator.analysis.compare import compare
from simulator.analysis.comparison import Comparison
from simulator.definition.experiment import starts_of
from simulator.experiment.files import write_whole
from simulator.experiment.results import Results
from simulator.reports.amounts import amount
from simulator.reports.answers import answers, part_words
from simulator.reports.assumptions import assumptions_section
from simulator.reports.averted import averted_section
from simulator.reports.blocks import Answer, Block, Chart, Notice, Paragraph, Section, Table
from simulator.reports.cautions import cautions
from simulator.reports.chance import has_chance
from simulator.reports.changed import changed_notices
from simulator.reports.closing import baseline_section, method_section, notices, provenance_section
from simulator.reports.demand import demand_section
from simulator.reports.enrolled import enrolled_section
from simulator.reports.in_common import common_words
from simulator.reports.money import money_section
from simulator.reports.numbers import count_words, plain
from simulator.reports.over_time import over_time_section
from simulator.reports.places import with_places
from simulator.reports.switches import switches_section
from simulator.reports.titles import as_words, clean, scenario_title

TEMPLATES = Path(__file__).parent / "templates"
PAGE = "report.html"
ENGINES = {
    "people": "followed one by one",
    "readable": "followed one by one, by the readable engine",
    "stocks": "counted as stocks and flows",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """All of a report's words: title, scope, notices, answers and of what part they are, and sections."""

    title: str
    scope: str
    notices: tuple[Notice, ...]
    part: str
    answers: tuple[Answer, ...]
    sections: tuple[Section, ...]

    @property
    def charts(self) -> tuple[Chart, ...]:
        """List the charts in the order of the page."""
        return tuple(
            block for section in self.sections for block in section.blocks if isinstance(block, Chart)
        )


def write_report(found: Results | Comparison) -> Path:
    """Write ``report.html`` into the results folder and give its path."""
    comparison = found if isinstance(found, Comparison) else compare(found)
    path = comparison.results.folder / PAGE
    write_whole(path, report_html(comparison).encode("utf-8"))
    return path


def report_html(comparison: Comparison) -> str:
    """Write the whole report as one HTML page."""
    page = page_of(comparison)
    scripts = (plotly_script(), _text("charts.js")) if page.charts else ()
    return (
        _environment()
        .get_template("page.html.j2")
        .render(
            page=page,
            style=Markup(_text("style.css")),
            scripts=tuple(Markup(script) for script in scripts),
            policy=_policy(scripts),
        )
    )


def page_of(comparison: Comparison) -> Page:
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
        ]
    sections += [
        assumptions_section(comparison.results.model),
        baseline_section(comparison),
        method_section(comparison),
        provenance_section(comparison),
    ]
    return Page(
        title=_title(comparison),
        scope=scope(comparison),
        notices=(*cautions(comparison), *changed_notices(comparison), *notices(comparison)),
        part=part_words(comparison),
        answers=answers(comparison),
        sections=tuple(_without_empty(section) for section in sections),
    )


def scope(comparison: Comparison) -> str:
    """Say in a paragraph what was run: place, people, engine, time, worlds, replications."""
    results = comparison.results
    experiment, model = results.experiment, results.model
    first = starts_of(experiment, model.starts)
    last = first + timedelta(seconds=float(experiment.horizon.value) - 1)
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
    number = count_words(len(results.replications), "replication")
    shared = f"All have {common_words(model)}; each has " if comparison.others else "It has "
    if not has_chance(results):
        number = "one run, for there is no chance in this engine"
    return (
        f"{place}. {who} are {how} from {_day(first)} to {_day(last)} "
        f"({amount(experiment.horizon)}){warm_up}. "
        f"{worlds}: {named}. {shared}{number}."
    )


@cache
def plotly_script() -> str:
    """Give the chart library, whole, as it may stand in a page."""
    from plotly.offline import get_plotlyjs

    return str(get_plotlyjs()).replace("</script", "<\\/script")


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


def _policy(scripts: tuple[str, ...]) -> str:
    """Allow our own scripts by their hashes and nothing else; no request may leave the page."""
    hashes = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(one.encode()).digest()).decode()}'" for one in scripts
    )
    allowed = hashes or "'none'"
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )


@cache
def _text(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    found = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters["as_script"] = (
        Markup  # figure_text has escaped it for a script element; a test holds it to that
    )
    return found
