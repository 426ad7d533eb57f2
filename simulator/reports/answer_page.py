"""A page that begins with answers: what it holds, where it is kept, and where its numbers come from."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from simulator.experiment.files import write_whole
from simulator.experiment.provenance import Manifest
from simulator.reports.blocks import Answer, Code, Paragraph, Section, simple_table
from simulator.reports.rendering import Sheet, rendered
from simulator.reports.titles import clean

PAGE = "report.html"
ENGINES = {
    "people": "followed one by one",
    "readable": "followed one by one, by the readable engine",
    "stocks": "counted as stocks and flows",
}
Rows = Iterable[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPage(Sheet):
    """All of such a page's words: besides what every page has, the answers and of what part they are.

    ``first`` answers in a sentence where there are many answers.
    """

    part: str
    answers: tuple[Answer, ...]
    first: str = ""


def answer_html(page: AnswerPage, *, subtitle: str) -> str:
    """Write the page as HTML."""
    return rendered("page.html.j2", page, subtitle=subtitle, skip="Skip to the answer")


def write_answer_page(page: AnswerPage, folder: Path, *, subtitle: str) -> Path:
    """Write ``report.html`` into a results folder and give its path."""
    path = folder / PAGE
    write_whole(path, answer_html(page, subtitle=subtitle).encode("utf-8"))
    return path


def provenance_of(
    manifest: Manifest, *, text: str, lines: tuple[str, ...], counts: Rows = (), last: Rows = ()
) -> Section:
    """Say what produced the numbers and how to produce them again, by which ``lines``.

    ``counts`` stand behind the seed, ``last`` behind the versions.
    """
    ended = f" to {clean(manifest.ended)}" if manifest.ended else " (not finished)"
    rows = (
        ("Experiment", clean(manifest.experiment)),
        ("Design", manifest.design),
        ("Seed", str(manifest.seed)),
        *counts,
        ("Run", clean(manifest.began) + ended),
        *((f"Version: {clean(name)}", clean(version)) for name, version in sorted(manifest.versions.items())),
        *last,
    )
    return Section(
        id="provenance",
        title="Where these numbers come from",
        short="Provenance",
        blocks=(
            Paragraph(text=text),
            Paragraph(text="To run it again, in the folder of this page:"),
            Code(lines=lines),
            simple_table("What was run", columns=("What", "Value"), rows=rows, texts=("Value",)),
        ),
    )
