"""The glossary: the words of the pages that nobody can guess, in the order of the alphabet."""

from pathlib import Path

GLOSSARY = Path(__file__).parents[2] / "docs" / "glossary.md"


def words() -> list[str]:
    rows = [line for line in GLOSSARY.read_text("utf-8").splitlines() if line.startswith("| ")]
    return [row.split("|")[1].strip() for row in rows[1:]]


def test_words_of_money_on_the_pages_are_told() -> None:
    assert {"alliance", "contract", "in force", "left", "peak funding", "refill"} <= set(words())


def test_words_stand_in_the_order_of_the_alphabet() -> None:
    assert words() == sorted(words())
