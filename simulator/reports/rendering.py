"""From the words of a page to one self-contained HTML file that opens without a network."""

import base64
import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from simulator.reports.blocks import Chart, Notice, Section

NOTICE = "Notice"
WORD_JOINER = "\u2060"
SIGN_AND_POUND = re.compile(r"([−+])(£)")
TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What every page has: a title, a paragraph that says what it is about, notices and sections."""

    title: str
    scope: str
    notices: tuple[Notice, ...]
    sections: tuple[Section, ...]

    @property
    def warnings(self) -> tuple[Notice, ...]:
        """List what must be read before the answer."""
        return tuple(one for one in self.notices if one.word != NOTICE)

    @property
    def remarks(self) -> tuple[Notice, ...]:
        """List what stands after the answer: what is worth knowing of it."""
        return tuple(one for one in self.notices if one.word == NOTICE)

    @property
    def charts(self) -> tuple[Chart, ...]:
        """List the charts in the order of the page."""
        return tuple(
            block for section in self.sections for block in section.blocks if isinstance(block, Chart)
        )


def rendered(template: str, page: Sheet, *, subtitle: str, skip: str) -> str:
    """Write a page with one of the templates; ``skip`` is what the link past the header says."""
    scripts = (plotly_script(), _text("charts.js")) if page.charts else ()
    return (
        _environment()
        .get_template(template)
        .render(
            page=page,
            subtitle=subtitle,
            skip=skip,
            style=Markup(_text("style.css")),
            scripts=tuple(Markup(script) for script in scripts),
            policy=_policy(scripts),
        )
    )


def keep_together(value: object) -> object:
    """Let no line end between a sign and its pound: browsers break between two prefixes."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return SIGN_AND_POUND.sub(rf"\1{WORD_JOINER}\2", value)


@cache
def plotly_script() -> str:
    """Give the chart library, whole, as it may stand in a page."""
    from plotly.offline import get_plotlyjs

    return str(get_plotlyjs()).replace("</script", "<\\/script")


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
        finalize=keep_together,
    )
    found.filters["as_script"] = (
        Markup  # figure_text has escaped it for a script element; a test holds it to that
    )
    return found
