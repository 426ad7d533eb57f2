"""The description of a model: one page for a reader, a few lines for a terminal."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from simulator.definition.loading import load_model
from simulator.definition.model import Model
from simulator.definition.systems import has_stocks
from simulator.engines.stocks.given import with_values
from simulator.engines.stocks.run import must_compile
from simulator.experiment.stock_command import COMPILING, Tell, say_nothing
from simulator.experiment.stock_files import ENDINGS, StockFile, read_stocks
from simulator.reports.assumptions import assumptions_section
from simulator.reports.blocks import Notice, Section
from simulator.reports.describe.contracts import contracts_section
from simulator.reports.describe.interventions import interventions_section, measures_section
from simulator.reports.describe.pathways import pathways_section, resources_section
from simulator.reports.describe.people import needs_section, people_section
from simulator.reports.describe.stress import Cards, cards_of, cards_section, cards_text
from simulator.reports.describe.system_blocks import system_sections
from simulator.reports.describe.systems import KnownSystem, known_system
from simulator.reports.describe.words import (
    has_people,
    loop_lines,
    model_scope,
    system_counts,
    system_scope,
)
from simulator.reports.hypothesis import HYPOTHESIS
from simulator.reports.own_page import write_own_page
from simulator.reports.rendering import Sheet, rendered
from simulator.reports.titles import as_words, clean

EXCHANGES = (
    "The stocks and the people of this model drive each other. What stocks read of people stands here "
    "as a constant, so loops that go through people are not in the list of loops."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """A description: the page as HTML, what a terminal shows of it, and the model card as JSON."""

    html: str
    lines: tuple[str, ...]
    card: str


def describe_file(path: Path, *, settings: Iterable[str] = (), tell: Tell = say_nothing) -> Described:
    """Describe a model (TOML) or an XMILE file, which runs its stocks once; ``tell`` hears of waits.

    Raises :class:`DefinitionError` with every fault.
    """
    model, file = _read(path, list(settings))
    known = None
    if file is not None:
        system = with_values(file.system, file.given)
        if must_compile(system):
            tell(COMPILING)
        known = known_system(system)
    cards = cards_of(model, known)
    sheet = _sheet(path, model, known=known, cards=cards)
    html = rendered("model.html.j2", sheet, subtitle="what the model says", skip="Skip to the description")
    card = cards_text(cards, title=sheet.title, file=path.name)
    return Described(html=html, lines=(sheet.title, *_lines(model, known)), card=card)


def write_description(described: Described, out: Path) -> None:
    """Write the page; a file that another program or hand wrote is never written over."""
    write_own_page(described.html, out, command="describe", noun="description")


def default_page(path: Path) -> Path:
    """Give the page of a model file where nothing else is said: of its name, in the folder one is in."""
    return Path(f"{path.stem}.html")


def _read(path: Path, settings: list[str]) -> tuple[Model | None, StockFile | None]:
    if path.suffix.lower() in ENDINGS:
        return None, read_stocks(path, settings)
    model = load_model(path, settings=[one for one in settings if "." in one.partition("=")[0]])
    if has_stocks(model):
        file = read_stocks(path, settings)
        return file.model, file
    return load_model(path, settings=settings), None


def _sheet(path: Path, model: Model | None, *, known: KnownSystem | None, cards: Cards) -> Sheet:
    title = (model.title if model is not None else known.system.title if known is not None else "") or ""
    sections = list(_of_people(model)) if model is not None and has_people(model) else []
    notices: tuple[Notice, ...] = ()
    if model is not None and model.collaborations:
        notices = (Notice(word="Hypothesis", text=HYPOTHESIS),)
    if known is not None:
        said = (*known.system.notes, *([EXCHANGES] if model is not None and model.exchange else []))
        notices += tuple(Notice(word="Notice", text=clean(one)) for one in said)
        sections += system_sections(known)
    sections.append(cards_section(cards))
    return Sheet(
        title=clean(title) or as_words(path.stem),
        scope=" ".join(
            [
                *([model_scope(model)] if model is not None and has_people(model) else []),
                *([system_scope(known)] if known is not None else []),
            ]
        ),
        notices=notices,
        sections=tuple(sections),
    )


def _of_people(model: Model) -> Iterator[Section]:
    """Give the sections of a model that has people or cases in it."""
    yield people_section(model)
    yield needs_section(model)
    if model.activities:
        yield pathways_section(model)
    yield resources_section(model)
    yield interventions_section(model)
    if (contracts := contracts_section(model)) is not None:
        yield contracts
    if (measures := measures_section(model)) is not None:
        yield measures
    yield assumptions_section(model, has_results=False)


def _lines(model: Model | None, known: KnownSystem | None) -> list[str]:
    lines = [model_scope(model)] if model is not None and has_people(model) else []
    if known is not None:
        lines += [system_counts(known), *loop_lines(known)]
    return lines
