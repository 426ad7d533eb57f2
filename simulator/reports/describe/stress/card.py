"""The filled checklists as a section of the page, and as JSON."""

import json

from simulator.definition.model import Model
from simulator.reports.blocks import Block, Group, Paragraph, Section, Table
from simulator.reports.describe.stress.des import des_card
from simulator.reports.describe.stress.items import NOBODY, PARTS, Card
from simulator.reports.describe.stress.sd import sd_card
from simulator.reports.describe.systems import KnownSystem
from simulator.reports.describe.words import has_people
from simulator.reports.numbers import count_words

FORMAT = 1
SOURCE = (
    "Monks, Currie, Onggo, Robinson, Kunc and Taylor (2019), Strengthening the reporting of empirical "
    "simulation studies: introducing the STRESS guidelines. Journal of Simulation 13:55–67"
)

Cards = tuple[Card, ...]


def cards_of(model: Model | None, known: KnownSystem | None) -> Cards:
    """Fill STRESS-DES where there are people or cases, STRESS-SD where there are stocks."""
    des = (des_card(model),) if model is not None and has_people(model) else ()
    return (*des, *((sd_card(model, known),) if known is not None else ()))


def cards_section(cards: Cards) -> Section:
    """Show the filled checklists, item by item."""
    blocks: list[Block] = [
        Paragraph(
            text=f"What a report of a simulation study should say: {SOURCE}. Filled from the model file, or "
            "by what holds of every model that this program runs; what is not said has to be told by whoever "
            "reports a study."
        )
    ]
    return Section(
        id="stress",
        title="Model card: the STRESS checklist",
        short="Model card",
        blocks=(*blocks, *(_table(one) for one in cards)),
    )


def cards_text(cards: Cards, *, title: str, file: str) -> str:
    """Write the filled checklists as JSON."""
    said = {
        "format": FORMAT,
        "title": title,
        "file": file,
        "guideline": SOURCE,
        "cards": [{"checklist": card.name, "parts": _parts(card)} for card in cards],
    }
    return json.dumps(said, ensure_ascii=False, indent=2) + "\n"


def _parts(card: Card) -> list[dict[str, object]]:
    return [
        {
            "number": number,
            "title": title,
            "items": [
                {
                    "number": one.number,
                    "key": one.key,
                    "title": one.title,
                    "said_by": one.said_by,
                    "text": one.words,
                }
                for one in card.items
                if one.number.startswith(f"{number}.")
            ],
        }
        for number, title in PARTS.items()
    ]


def _table(card: Card) -> Table:
    groups = [
        Group(
            header=f"{part} {title}",
            rows=tuple(
                (f"{one.number} {one.title}", one.words, one.said_by)
                for one in card.items
                if one.number.startswith(f"{part}.")
            ),
        )
        for part, title in PARTS.items()
    ]
    unsaid = sum(one.said_by == NOBODY for one in card.items)
    return Table(
        caption=f"{card.name}: {count_words(len(card.items), 'item')}, {unsaid} of them not said",
        columns=("Part", "Item", "What is said", "Said by"),
        groups=tuple(groups),
        texts=("What is said", "Said by"),
    )
