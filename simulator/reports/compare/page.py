"""The page of several results folders: what decides side by side, largest first; money by organisation."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from simulator.analysis.folders import RunStand, Stand, Together
from simulator.reports.blocks import Answer, Block, Items, Notice, Paragraph, Section, simple_table
from simulator.reports.calibration.section import calibration_blocks
from simulator.reports.cautions import cautions
from simulator.reports.compare.answers import answers_of, line_of
from simulator.reports.compare.beside import path_words, range_words, ranges_of
from simulator.reports.compare.effects import effects_section
from simulator.reports.compare.holding import holds_words
from simulator.reports.compare.money import money_section
from simulator.reports.compare.nothing import nothing_words
from simulator.reports.compare.over import over_notice
from simulator.reports.compare.responses import responses_section
from simulator.reports.compare.rows import count_scenarios, rows_of, title_of_measure, unit_of_measure
from simulator.reports.compare.side_by_side import (
    deciding,
    largest_section,
    multiples_section,
    table_section,
)
from simulator.reports.compare.tornado import drivers_section
from simulator.reports.hypothesis import hypothesis_notice
from simulator.reports.numbers import count_words, listed
from simulator.reports.own_page import write_own_page
from simulator.reports.rendering import Sheet, rendered
from simulator.reports.sweep.cautions import not_measured, resting, sweep_cautions
from simulator.reports.titles import clean, title_of_scenario

MOST_LISTED = 12
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
    """All the words of the page: besides what every page has, the answers, and over what they are taken."""

    answers: tuple[Answer, ...]
    over: tuple[Notice, ...]


def write_together(found: Together, out: Path) -> Path:
    """Write the page; a file that another program or hand wrote is never written over."""
    html = rendered("compare.html.j2", page_of(found), subtitle="side by side", skip="Skip to the comparison")
    return write_own_page(html, out, command="compare", noun="comparison")


def page_of(found: Together) -> TogetherPage:
    """Put the words of the page together; where nothing can be compared, that and what the folders hold."""
    folders = count_words(len(found.stands), "results folder")
    rows, nothing = rows_of(found), nothing_words(found)
    where_from = (effects_section(found), _left_out_section(found), _folders_section(found))
    sections = where_from if nothing else (*_compared(found), *where_from)
    remarks = [] if nothing else [Notice(word="Notice", text=clean(note)) for note in found.notes]
    return TogetherPage(
        title=f"{folders.capitalize()} side by side",
        scope=f"{count_words(count_scenarios(rows), 'scenario').capitalize()} in {folders}. {HERE}",
        answers=(Answer(title="Nothing to compare", text=nothing),) if nothing else answers_of(found, rows),
        over=() if nothing else _over(found),
        notices=(*_warnings(found), *remarks, *_not_measured(found)),
        sections=tuple(section for section in sections if section is not None),
    )


def _compared(found: Together) -> tuple[Section | None, ...]:
    """Give the sections in which folders are compared."""
    rows = rows_of(found)
    return (
        table_section(found, rows),
        multiples_section(found, rows),
        drivers_section(found),
        responses_section(found),
        largest_section(found, rows),
        money_section(found, rows),
    )


def together_text(found: Together) -> str:
    """Say on a terminal what decides, a line a scenario and measure."""
    nothing = nothing_words(found)
    said_first = (*_warnings(found), *(() if nothing else _over(found)))
    lines = [nothing] if nothing else []
    lines += [*(f"{one.word}: {one.text}" for one in said_first), *found.notes]
    for text in () if nothing else deciding(found):
        lines.append(f"{title_of_measure(found, text)}:")
        lines += [
            f"  {one.title}: {line_of(one, text, unit=unit_of_measure(found, text))}"
            for one in rows_of(found)
        ]
    lines += [f"Note: {one.text}" for one in _not_measured(found)]
    lines += [f"Not compared: {text} ({why})." for text, why in found.left_out.items()]
    return "\n".join(lines)


def _over(found: Together) -> tuple[Notice, ...]:
    """Say over what each mean is taken, where that is not the same."""
    notice = over_notice(found, rows_of(found))
    return () if notice is None else (notice,)


def _warnings(found: Together) -> tuple[Notice, ...]:
    """Say what must be read first: claims that nobody has seen, and what rests on the hypothesis."""
    rest_on_it = [words for stand in found.stands if (words := _resting(stand))]
    claims = (_claims(stand) for stand in found.stands)
    return (*(one for those in claims for one in those), *hypothesis_notice(rest_on_it))


def _claims(stand: Stand) -> tuple[Notice, ...]:
    """Warn of what the scenarios of a folder claim, at any of its points."""
    folder = clean(stand.name)
    if isinstance(stand, RunStand):
        return cautions(stand.comparison, folder=folder)
    return tuple(sweep_cautions(stand.estimates, folder=folder))


def _not_measured(found: Together) -> Iterator[Notice]:
    """Say of which sweeps nobody looked whether they claim too much."""
    for one in found.sweeps:
        for notice in not_measured(one.estimates):
            yield Notice(word=notice.word, text=f"{clean(one.name)}: {notice.text}")


def _resting(stand: Stand) -> str:
    """Name the scenarios of a folder that rest on the hypothesis; together where they are all and many."""
    if isinstance(stand, RunStand):
        found = list(dict.fromkeys(one.scenario for one in stand.comparison.collaborating))
    else:
        found = list(resting(stand.estimates))
    if len(found) > 1 and set(found) >= set(stand.scenarios[1:]):
        return f"all scenarios of {clean(stand.name)}"
    named = listed(title_of_scenario(stand.footing.experiment, one) for one in found)
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
    holds = ("Holds",) if found.sweeps else ()
    columns = ("Folder", *holds, "Experiment", "Engine", "Seed", "Replications", "Design", "Run")
    words = tuple(one for one in columns[1:] if one not in ("Seed", "Replications"))
    blocks: list[Block] = [
        Paragraph(text="Each folder has a report of its own, with everything that is not here."),
        simple_table("The folders", columns=columns, rows=rows, texts=words),
        *_differ(found),
        *_varied(found),
        *_calibrations(found),
    ]
    return Section(id="folders", title="Where these numbers come from", short="Folders", blocks=tuple(blocks))


def _differ(found: Together) -> Iterator[Block]:
    """Say in what the folders differ, where that is no notice since nothing is compared."""
    if nothing_words(found):
        yield Items(items=tuple(Paragraph(text=clean(note)) for note in found.notes))


def _varied(found: Together) -> Iterator[Block]:
    """Say over what each sweep varied each value."""
    ranges = {one.name: ranges_of(one) for one in found.sweeps}
    paths = list(dict.fromkeys(path for one in ranges.values() for path in one))
    if not paths:
        return
    rows = tuple(
        (path_words(found, path), *(range_words(one.get(path)) for one in ranges.values()), path)
        for path in paths
    )
    names = tuple(clean(one) for one in ranges)
    yield simple_table(
        "What was varied, and over what",
        columns=("Value", *names, "Path in the model"),
        rows=rows,
        texts=(*names, "Path in the model"),
        folded="Show all that was varied" if len(rows) > MOST_LISTED else "",
    )


def _calibrations(found: Together) -> Iterator[Block]:
    """Say of every calibrated model how far off it was, once where several folders have the same."""
    known = [(one.name, one.footing.model.calibration) for one in found.stands]
    for place, (name, calibration) in enumerate(known):
        if calibration is None or any(calibration == other for _, other in known[:place]):
            continue
        yield Paragraph(lead=f"{clean(name)}:", text="its model is calibrated.")
        yield from calibration_blocks(calibration)


def _folder_row(name: str, *, found: Together, place: int) -> tuple[str, ...]:
    stand = found.stands[place]
    manifest, (least, most) = stand.manifest, stand.counts
    return (
        clean(name),
        *((holds_words(stand),) if found.sweeps else ()),
        clean(manifest.title or manifest.experiment),
        manifest.engine,
        str(manifest.seed),
        str(most) if least == most else f"{least:,} to {most:,}",
        manifest.design,
        manifest.ended or "",
    )
