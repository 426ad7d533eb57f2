"""The page of several designs over stocks: each outcome in each folder, curves, what drives it."""

from collections.abc import Iterator
from pathlib import Path

from simulator.analysis.stock_sweep.together import StockStand, StocksTogether
from simulator.reports.blocks import Answer, Notice, Paragraph, Section, simple_table
from simulator.reports.compare.beside import range_words
from simulator.reports.compare.nothing import NOTHING
from simulator.reports.compare.over import NOT_THE_SAME
from simulator.reports.compare.page import TogetherPage
from simulator.reports.compare_stocks.curves import curves_section
from simulator.reports.compare_stocks.drivers import drivers_section
from simulator.reports.compare_stocks.words import holds_words, outcome_words, said_of, value_words
from simulator.reports.numbers import count_words, sentence
from simulator.reports.own_page import write_own_page
from simulator.reports.rendering import rendered
from simulator.reports.stock_sweep.words import note_words, time_words
from simulator.reports.titles import clean

MOST_LISTED = 12
BETWEEN = "From its least to its most over the points of each folder, and what drives it there:"
NO_OUTCOME = "no outcome means the same in all of them"
SCOPE = (
    "{designs} over stocks and flows by themselves. There is no chance in equations: a point is what it is, "
    "and nothing is a difference from a baseline. An outcome is compared where it is the same of a "
    "variable of the same name, in the same unit, in all folders."
)


def write_stocks_together(found: StocksTogether, out: Path) -> Path:
    """Write the page; a file that another program or hand wrote is never written over."""
    html = rendered("compare.html.j2", page_of(found), subtitle="side by side", skip="Skip to the comparison")
    return write_own_page(html, out, command="compare", noun="comparison")


def page_of(found: StocksTogether) -> TogetherPage:
    """Put the words of the page together; where nothing can be compared, that and what the folders hold."""
    designs = count_words(len(found.stands), "design").capitalize()
    compared = (curves_section(found), drivers_section(found)) if found.outcomes else ()
    sections = (*compared, _varied(found), _left_out(found), _folders(found))
    return TogetherPage(
        title=f"{designs} over stocks side by side",
        scope=SCOPE.format(designs=designs),
        answers=_answers(found),
        over=_over(found),
        notices=tuple(Notice(word="Notice", text=text) for text in _noted(found)),
        sections=tuple(one for one in sections if one is not None),
    )


def stocks_together_text(found: StocksTogether) -> str:
    """Say on a terminal how far each outcome goes in each folder, and what drives it most."""
    lines = [] if found.outcomes else [_nothing(found)]
    lines += [f"{one.word}: {one.text}" for one in _over(found)]
    lines += _noted(found)
    for text in found.outcomes:
        lines.append(f"{outcome_words(found, text)}:")
        lines += [f"  {name}: {said}" for name, said in said_of(found, text)]
    lines += [f"Not compared: {clean(text)} ({clean(why)})." for text, why in found.left_out.items()]
    return "\n".join(lines)


def _answers(found: StocksTogether) -> tuple[Answer, ...]:
    if not found.outcomes:
        return (Answer(title="Nothing to compare", text=_nothing(found)),)
    return tuple(
        Answer(
            title=outcome_words(found, text),
            text=BETWEEN,
            items=tuple(Paragraph(lead=f"{name}:", text=said) for name, said in said_of(found, text)),
        )
        for text in found.outcomes[:MOST_LISTED]
    )


def _nothing(found: StocksTogether) -> str:
    left = "".join(
        f" {clean(text)}: {clean(why)}." for text, why in list(found.left_out.items())[:MOST_LISTED]
    )
    return f"{NOTHING}: {NO_OUTCOME}.{left}"


def _over(found: StocksTogether) -> tuple[Notice, ...]:
    """Say over what each folder varies a value, where that is not the same in all."""
    told = []
    for key in dict.fromkeys(key for one in found.stands for key in one.ranges):
        ranges = [(clean(one.name), one.ranges.get(key)) for one in found.stands]
        if len({over for _, over in ranges}) > 1:
            said = (f"{range_words(over) if over else 'not varied'} in {name}" for name, over in ranges)
            told.append(f"{value_words(found, key, with_unit=True)}: {', '.join(said)}")
    if not told or not found.outcomes:
        return ()
    more = f"; and {len(told) - MOST_LISTED:,} more" if len(told) > MOST_LISTED else ""
    text = f"{'; '.join(told[:MOST_LISTED])}{more}. Ends that lie further apart may come of that alone."
    return (Notice(word=NOT_THE_SAME, text=text),)


def _noted(found: StocksTogether) -> Iterator[str]:
    """Say in what folders differ, and what must be known of each."""
    yield from (clean(note) for note in found.notes)
    for one in found.stands:
        yield from (f"{clean(one.name)}: {note_words(clean(note))}" for note in one.found.manifest.notes)


def _varied(found: StocksTogether) -> Section:
    """Say over what each folder varied each value."""
    ranges = {clean(one.name): one.ranges for one in found.stands}
    keys = list(dict.fromkeys(key for one in ranges.values() for key in one))
    rows = tuple(
        (
            value_words(found, key, with_unit=True),
            *(range_words(one.get(key)) for one in ranges.values()),
        )
        for key in keys
    )
    table = simple_table(
        "What was varied, and over what",
        columns=("Value", *ranges),
        rows=rows,
        texts=tuple(ranges),
        folded="Show all that was varied" if len(rows) > MOST_LISTED else "",
    )
    return Section(id="varied", title="What was varied", short="What was varied", blocks=(table,))


def _left_out(found: StocksTogether) -> Section | None:
    """Say which outcomes are not compared, and why."""
    if not found.left_out:
        return None
    table = simple_table(
        "Outcomes that do not mean the same in all folders",
        columns=("Outcome", "Why it is not compared"),
        rows=tuple((clean(text), clean(why)) for text, why in found.left_out.items()),
        texts=("Why it is not compared",),
    )
    return Section(id="left-out", title="What is not compared", short="Not compared", blocks=(table,))


def _folders(found: StocksTogether) -> Section:
    """Say what each folder holds."""
    columns = ("Folder", "Design", "Model", "Time", "Seed", "Hash of the design", "Run")
    table = simple_table(
        "The folders",
        columns=columns,
        rows=tuple(_folder_row(one) for one in found.stands),
        texts=tuple(one for one in columns[1:] if one != "Seed"),
    )
    text = "Each folder has a page of its own, with everything that is not here."
    return Section(
        id="folders",
        title="Where these numbers come from",
        short="Folders",
        blocks=(Paragraph(text=text), table),
    )


def _folder_row(stand: StockStand) -> tuple[str, ...]:
    manifest, plan = stand.found.manifest, stand.found.plan
    return (
        clean(stand.name),
        f"{clean(manifest.title)}: {holds_words(stand)}",
        clean(plan.file.system.title) or Path(plan.file.file).name,
        sentence(time_words(stand.found)),
        str(manifest.seed),
        manifest.design,
        manifest.ended or "",
    )
