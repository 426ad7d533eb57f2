"""What a STRESS checklist asks: numbered items, and who answers each."""

from collections.abc import Iterable
from dataclasses import dataclass

from simulator.reports.numbers import count_words, listed

MODEL, PROGRAM, NOBODY = "model", "program", "nobody"
NOT_SAID = "not said by the model file"
MOST_LISTED = 12
PARTS = {
    "1": "Objectives",
    "2": "Logic",
    "3": "Data",
    "4": "Experimentation",
    "5": "Implementation",
    "6": "Code access",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One item of a checklist: its number and name, what is said, and by whom."""

    number: str
    key: str
    title: str
    text: str
    said_by: str

    @property
    def words(self) -> str:
        """Give what a page shows; what nobody says is said to be so, with where to look instead."""
        if self.said_by != NOBODY:
            return self.text
        return f"{NOT_SAID}; {self.text}" if self.text else f"{NOT_SAID}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One checklist, filled."""

    name: str
    items: tuple[Item, ...]


def of_model(heading: tuple[str, str, str], text: str, *, otherwise: str = "") -> Item:
    """Fill an item with what the model says; where that is nothing, nobody does."""
    number, key, title = heading
    by = MODEL if text else NOBODY
    return Item(number=number, key=key, title=title, text=text or otherwise, said_by=by)


def of_program(heading: tuple[str, str, str], text: str) -> Item:
    """Fill an item with what holds of every model that this program runs."""
    number, key, title = heading
    return Item(number=number, key=key, title=title, text=text, said_by=PROGRAM)


def of_nobody(heading: tuple[str, str, str], where: str = "") -> Item:
    """Say that a model file has no words for an item; ``where`` says what does."""
    return of_model(heading, "", otherwise=where)


def some(words: Iterable[str], noun: str, *, plural: str = "") -> str:
    """Count things and name the first of them; nothing where there are none."""
    named = list(words)
    if not named:
        return ""
    more = len(named) - MOST_LISTED
    shown = [*named[:MOST_LISTED], *([f"{more} more"] if more > 0 else [])]
    return f"{count_words(len(named), noun, plural=plural).capitalize()}: {listed(shown)}."
