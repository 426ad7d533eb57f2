"""The page of a search: the answer, a curve over what was tried, a table, where it comes from."""

from pathlib import Path

from simulator.analysis.labels import label
from simulator.analysis.measures import unit
from simulator.analysis.seek.asked import Sought
from simulator.reports.answer_page import ENGINES, AnswerPage, provenance_of, write_answer_page
from simulator.reports.assumptions import assumptions_section
from simulator.reports.blocks import Answer, Chart, Notice, Paragraph, Section, Table, simple_table
from simulator.reports.figures.curves import HEIGHT, Curve, curves_figure
from simulator.reports.figures.look import BASELINE_STYLE, style_of
from simulator.reports.numbers import count_words, probability, scale_of, unit_on
from simulator.reports.seek.cautions import seek_warnings
from simulator.reports.seek.text import (
    answer_words,
    beside_words,
    is_certain,
    is_difference,
    mean_words,
    note_words,
    target_words,
)
from simulator.reports.sweep.words import path_title
from simulator.reports.titles import clean

BY_DRAWS = "The probability is the share of draws of what nobody knows exactly in which the target is met."
BY_STUDENT = (
    "The probability that the true mean meets the target is read off Student’s t over replications; "
    "intervals are 95% intervals. Doubt about the assumptions is in neither."
)


def write_seek_report(found: Sought) -> Path:
    """Write ``report.html`` into the search's folder and give its path."""
    return write_answer_page(seek_page(found), found.folder, subtitle="a search")


def seek_page(found: Sought) -> AnswerPage:
    """Put the words of a search's page together."""
    details = tuple(Paragraph(text=one) for one in beside_words(found))
    what = path_title(found.model, found.seek.vary)
    return AnswerPage(
        title=clean(found.manifest.title),
        scope=_scope(found),
        notices=(
            *seek_warnings(found),
            *(Notice(word="Notice", text=one) for one in note_words(found)),
        ),
        part=BY_DRAWS if found.manifest.draws else "" if is_certain(found) else BY_STUDENT,
        answers=(Answer(title=what, text=answer_words(found), items=details),),
        sections=(_tried_section(found), assumptions_section(found.model), _provenance_section(found)),
    )


def _scope(found: Sought) -> str:
    seek = found.seek
    place = clean(found.model.title).rstrip(".") if found.model.title else "A place"
    engine = ENGINES.get(found.manifest.engine, found.manifest.engine)
    step = "" if seek.step == 1 else f" by {seek.step}"
    return (
        f"{place}. People are {engine}. Sought: the smallest of {seek.values[0]} to {seek.values[-1]}{step} "
        f"with which {target_words(found)}. {count_words(len(found.tried), 'value').capitalize()} were "
        "tried, every one with the same people and the same chances."
    )


def _tried_section(found: Sought) -> Section:
    what, along = clean(label(found.measure, found.model)), path_title(found.model, found.seek.vary)
    known = [one.mean for one in found.tried]
    scale = scale_of(unit(found.measure), known, is_difference=is_difference(found))
    values = [(one.mean, one.low, one.high) for one in found.tried]
    mean, low, high = (
        [None if one[part] is None else float(one[part] or 0.0) * scale.factor for one in values]
        for part in range(3)
    )
    limit = float(found.seek.target.limit) * scale.factor
    flat = [limit] * len(values)
    unit_said = unit_on(scale, unit(found.measure))
    target = Curve(title="Target", style=BASELINE_STYLE, mean=flat, low=flat, high=flat)
    curve = Curve(title=what, style=style_of(0), mean=mean, low=low, high=high)
    table = (
        _certain_table(found, what, along=along) if is_certain(found) else _table(found, what, along=along)
    )
    band = "" if is_certain(found) else " with its 95% band"
    chart = Chart(
        id="tried",
        caption=f"{what}, by {along}",
        alternative=f"A curve of “{what}” over {along}{band}, and the target as a level line.",
        figure=curves_figure(
            [float(one.value) for one in found.tried], [target, curve], titles=(along, unit_said)
        ),
        height=HEIGHT,
        table=table,
    )
    return Section(id="tried-values", title="What was tried", short="What was tried", blocks=(chart,))


def _table(found: Sought, what: str, *, along: str) -> Table:
    rows = tuple(
        (str(one.value), mean_words(found, one), probability(one.probability), "yes" if one.meets else "no")
        for one in found.tried
    )
    return simple_table(
        f"What was tried of “{along}”",
        columns=(along, f"{what} (95% interval)", "Probability that the target is met", "Sure enough"),
        rows=rows,
        texts=("Sure enough",),
    )


def _certain_table(found: Sought, what: str, *, along: str) -> Table:
    """Give the table of a search without chance or doubt: the target is met or not."""
    rows = tuple(
        (str(one.value), mean_words(found, one), "yes" if one.meets else "no") for one in found.tried
    )
    columns = (along, what, "Target met")
    return simple_table(f"What was tried of “{along}”", columns=columns, rows=rows, texts=columns[2:])


def _provenance_section(found: Sought) -> Section:
    text = (
        "Every value that was tried is a sweep of one point in the folder “tried” beside this page. The same "
        "command goes on with a search that was broken off."
    )
    lines = ("downstream seek experiment.toml --out .",)
    return provenance_of(found.manifest, text=text, lines=lines)
