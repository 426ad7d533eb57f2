"""The page of a calibration: how far off, the figures and the model by month, what was fitted."""

import math
from collections.abc import Iterator
from pathlib import Path

from simulator.analysis.calibration.asked import Calibrated
from simulator.analysis.calibration.folder import CALIBRATED
from simulator.analysis.calibration.written import settings_of_fit, unit_of
from simulator.analysis.intervals import known
from simulator.reports.answer_page import AnswerPage, write_answer_page
from simulator.reports.blocks import Answer, Chart, Code, Notice, Paragraph, Section, simple_table
from simulator.reports.calibration.text import error_lines, note_words
from simulator.reports.figures.curves import HEIGHT, Curve, curves_figure
from simulator.reports.figures.look import BASELINE_STYLE, style_of
from simulator.reports.numbers import count_words
from simulator.reports.titles import as_words, clean

PART = (
    "An error is the mean of |model − figure| ÷ figure over months; the bias keeps its sign. Months held "
    "back had no part in the fit."
)


def write_calibration_report(found: Calibrated) -> Path:
    """Write ``report.html`` into the calibration's folder and give its path."""
    page = AnswerPage(
        title=clean(found.plan.experiment.title or "Calibration"),
        scope=_scope(found),
        notices=tuple(Notice(word="Notice", text=clean(one)) for one in note_words(found)),
        part=PART,
        answers=tuple(Answer(title="How far off", text=clean(line)) for line in error_lines(found)),
        sections=(_months_section(found), _values_section(found)),
    )
    return write_answer_page(page, found.folder, subtitle="a calibration")


def _scope(found: Calibrated) -> str:
    place = clean(found.plan.model.title).rstrip(".") if found.plan.model.title else "A place"
    first, last, apart = (found.months[place] for place in (0, -1, found.plan.fitted_months))
    return (
        f"{place}, as stocks and flows, fitted to {count_words(len(found.plan.columns), 'figure')} by month "
        f"from {first:%B %Y} to {last:%B %Y}; from {apart:%B %Y} on held back."
    )


def _months_section(found: Calibrated) -> Section:
    return Section(
        id="months", title="Figures and model by month", short="By month", blocks=tuple(_charts(found))
    )


def _charts(found: Calibrated) -> Iterator[Chart]:
    """Draw each column: figures, model before, model after, and by people where there is such a run."""
    years = [one.year + (one.month - 1) / 12 for one in found.months]
    for place, column in enumerate(found.plan.columns):
        lines = [
            ("Figures", BASELINE_STYLE, found.plan.figures),
            ("Before fitting", style_of(1), found.before),
        ]
        lines.append(("Fitted", style_of(0), found.after))
        if found.people is not None:
            lines.append(("Fitted, by people", style_of(2), found.people))
        curves = []
        for title, style, values in lines:
            line = [known(one) for one in values[place]]
            curves.append(Curve(title=title, style=style, mean=line, low=line, high=line))
        rows = tuple(
            (
                f"{month:%B %Y}",
                *("" if math.isnan(v[place, at]) else f"{v[place, at]:.4g}" for _, _, v in lines),
            )
            for at, month in enumerate(found.months)
        )
        title = as_words(column)
        yield Chart(
            id=f"months-{place + 1}",
            caption=f"{title}: by month ({unit_of(found, place)})",
            alternative=f"Lines of {title} by month: figures, the model before and after fitting.",
            figure=curves_figure(years, curves, titles=("year", unit_of(found, place))),
            height=HEIGHT,
            table=simple_table(
                f"{title} by month", columns=("Month", *(one for one, _, _ in lines)), rows=rows
            ),
        )


def _values_section(found: Calibrated) -> Section:
    rows = tuple((path, str(value)) for path, value in settings_of_fit(found))
    return Section(
        id="values",
        title="Fitted values",
        short="Fitted values",
        blocks=(
            Paragraph(
                text=(
                    f"The file {CALIBRATED} beside this page has them. A model that includes it is run with "
                    "them, and its reports say how far off the months held back were."
                )
            ),
            Code(lines=(f'include = ["{CALIBRATED}"]',)),
            simple_table("Fitted values", columns=("Path", "Value"), rows=rows, texts=("Value",)),
        ),
    )
