"""What a page is made of: plain text in blocks, escaped where it is written out and nowhere before."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading inside a section."""

    kind: ClassVar[str] = "heading"
    text: str
    level: int = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph; ``lead`` comes before the text, in bold."""

    kind: ClassVar[str] = "paragraph"
    text: str
    lead: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer about one scenario: its name, one sentence, and what stands behind it."""

    kind: ClassVar[str] = "answer"
    title: str
    text: str
    items: tuple[Paragraph, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something a reader must not miss; ``word`` says what sort it is."""

    kind: ClassVar[str] = "notice"
    word: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """A list."""

    kind: ClassVar[str] = "items"
    items: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """Commands to type."""

    kind: ClassVar[str] = "code"
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A cell whose words come from somewhere: ``small`` says by what id, in small print."""

    text: str
    small: str


Cell = str | Cited


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Rows of a table that share a first heading; each row begins with its own heading."""

    header: str
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with a caption and headed columns.

    ``columns`` heads all columns, those of the headings of groups (where ``grouped``) and rows included.
    ``texts`` names columns that hold words; the others hold numbers. ``folded`` is the line to open it by.
    """

    kind: ClassVar[str] = "table"
    caption: str
    columns: tuple[str, ...]
    groups: tuple[Group, ...]
    grouped: bool = True
    texts: tuple[str, ...] = ()
    folded: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart, the words that stand for it, and the table that holds its numbers.

    ``figure`` is Plotly's JSON; ``height`` in CSS pixels. A diagram has a ``width`` of its own, at which its
    words fit, and scrolls where there is less room; a chart without is as wide as the page.
    """

    kind: ClassVar[str] = "chart"
    id: str
    caption: str
    alternative: str
    figure: str
    height: int
    table: Table | None
    width: int = 0


Block = Heading | Paragraph | Answer | Notice | Items | Code | Table | Chart


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the page with a heading of its own; ``short`` is its name in the contents."""

    id: str
    title: str
    short: str
    blocks: tuple[Block, ...]


def simple_table(
    caption: str,
    *,
    columns: tuple[str, ...],
    rows: tuple[tuple[Cell, ...], ...],
    texts: tuple[str, ...] = (),
    folded: str = "",
) -> Table:
    """Make a table without groups; the first cell of a row is its heading."""
    group = (Group(header="", rows=rows),) if rows else ()
    return Table(caption=caption, columns=columns, groups=group, grouped=False, texts=texts, folded=folded)
