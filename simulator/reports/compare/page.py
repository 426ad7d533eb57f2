"""The page of several results folders: what decides side by side, largest first; money by organisation."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from simulator.analysis.folders.together import Stand, Together
from simulator.reports.blocks import Block, Notice, Paragraph, Section, simple_table
from simulator.reports.calibration.section import calibration_blocks
from simulator.reports.cautions import cautions
from simulator.reports.compare.effects import effects_section
from simulator.reports.compare.money import money_section
from simulator.reports.compare.rows import rows_of, title_of_measure, unit_of_measure
from simulator.reports.compare.side_by_side import largest_section, multiples_section, table_section
from simulator.reports.hypothesis import hypothesis_notice
from simulator.reports.numbers import count_words, listed
from simulator.reports.own_page import write_own_page
from simulator.reports.rendering import Sheet, rendered
from simulator.reports.titles import clean, scenario_title
from simulator.reports.wording import change

PAGE = "comparison.html"
HERE = (
    "Every difference is between a scenario and the baseline of its own folder, run by run, with its "
    "95% interval. "
    "Two scenarios of different folders may be set beside each other as far as the notices here "
    "allow; whether one "
    "beats the other is only sure where their intervals do not meet, for they were not paired."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TogetherPage(Sheet):
    """All the words of the page."""


def write_together(found: Together, out: Path) -> Path:
    """Write the page; a file that another program or hand wrote is never written over."""
    html = rendered("compare.html.j2", page_of(found), subtitle="side by side", skip="Skip to the comparison")
    return write_own_page(html, out, command="compare", noun="comparison")


def page_of(found: Together) -> TogetherPage:
    """Put the words of the page together."""
    folders = count_words(len(found.stands), "results folder")
    rows = rows_of(found)
    sections = (
        table_section(found, rows),
        multiples_section(found, rows),
        largest_section(found, rows),
        money_section(found, rows),
        effects_section(found),
        _left_out_section(found),
        _folders_section(found),
    )
    return TogetherPage(
        title=f"{folders.capitalize()} side by side",
        scope=f"{count_words(len(rows), 'scenario').capitalize()} of {folders}. {HERE}",
        notices=(*_warnings(found), *(Notice(word="Notice", text=clean(note)) for note in found.notes)),
        sections=tuple(section for section in sections if section is not None),
    )


def together_text(found: Together) -> str:
    """Say on a terminal what decides, a line a scenario and measure."""
    lines = [*(f"{one.word}: {one.text}" for one in _warnings(found)), *found.notes]
    for text in found.primary or found.measures[:4]:
        lines.append(f"{title_of_measure(found, text)}:")
        lines += [
            f"  {one.title}: {change(one.difference(text), unit_of_measure(found, text))}"
            for one in rows_of(found)
        ]
    lines += [f"Not compared: {text} ({why})." for text, why in found.left_out.items()]
    return "\n".join(lines)


def _warnings(found: Together) -> tuple[Notice, ...]:
    """Say what must be read first: claims that nobody has seen, and what rests on the hypothesis."""
    rest_on_it = [words for stand in found.stands if (words := _resting(stand))]
    claims = (cautions(stand.comparison, folder=clean(stand.name)) for stand in found.stands)
    return (*(one for those in claims for one in those), *hypothesis_notice(rest_on_it))


def _resting(stand: Stand) -> str:
    """Name the scenarios of a folder that rest on the hypothesis; together where they are all and many."""
    comparison = stand.comparison
    found = list(dict.fromkeys(one.scenario for one in comparison.collaborating))
    if len(found) > 1 and set(found) >= set(comparison.others):
        return f"all scenarios of {clean(stand.name)}"
    named = listed(scenario_title(comparison, one) for one in found)
    return f"{named} ({clean(stand.name)})" if found else ""


def _left_out_section(found: Together) -> Section | None:
    """Say which measures that a folder asks for are not compared, and why."""
    if not found.left_out:
        return None
    rows = tuple((clean(text), why) for text, why in found.left_out.items())
    table = simple_table(
        "Measures that a folder asks for and that do not mean the same in all",
        columns=("Measure", "Why it is not compared"),
        rows=rows,
        texts=("Why it is not compared",),
    )
    return Section(id="left-out", title="What is not compared", short="Not compared", blocks=(table,))


def _folders_section(found: Together) -> Section:
    """Say what each folder holds."""
    rows = tuple(
        _folder_row(stand.name, found=found, place=place) for place, stand in enumerate(found.stands)
    )
    columns = ("Folder", "Experiment", "Engine", "Seed", "Replications", "Design", "Run")
    blocks: list[Block] = [
        Paragraph(text="Each folder has a report of its own, with everything that is not here."),
        simple_table("The folders", columns=columns, rows=rows, texts=columns[1:]),
        *_calibrations(found),
    ]
    return Section(id="folders", title="Where these numbers come from", short="Folders", blocks=tuple(blocks))


def _calibrations(found: Together) -> Iterator[Block]:
    """Say of every calibrated model how far off it was, once where several folders have the same."""
    known = [(one.name, one.comparison.results.model.calibration) for one in found.stands]
    for place, (name, calibration) in enumerate(known):
        if calibration is None or any(calibration == other for _, other in known[:place]):
            continue
        yield Paragraph(lead=f"{clean(name)}:", text="its model is calibrated.")
        yield from calibration_blocks(calibration)


def _folder_row(name: str, *, found: Together, place: int) -> tuple[str, ...]:
    results = found.stands[place].comparison.results
    manifest = results.manifest
    return (
        clean(name),
        clean(manifest.title or manifest.experiment),
        manifest.engine,
        str(manifest.seed),
        str(len(results.replications)),
        manifest.design,
        manifest.ended or "",
    )
