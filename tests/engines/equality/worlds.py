"""Worlds: a model as the text of its file, with the window and the scenario of one run."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from unittest import mock

from simulator.compiler import Window, compile_model, shelf
from simulator.compiler.law_tables import LawTable
from simulator.compiler.program import Program
from simulator.compiler.shelf import content_of
from simulator.definition import dump_model, load_model
from simulator.definition.laws import Law

SEED = 20250401
TABULATED: dict[object, LawTable] = {}
table_of = shelf.table_of


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """All that a run is made of but the engine."""

    text: str
    window: Window
    on: tuple[str, ...] = ()
    replication: int = 0

    def __repr__(self) -> str:
        """Show the file as it would be read."""
        return f"World on={self.on} replication={self.replication} {self.window}\n{self.text}"

    def compiled(self) -> Program:
        """Compile it, or give what it was compiled to a moment ago: nobody writes to a program."""
        return program_of(self)


@lru_cache(maxsize=8)
def program_of(world: World) -> Program:
    """Compile a world; a law that another model wrote too is tabulated once."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.toml"
        path.write_text(world.text, encoding="utf-8")
        model = load_model(path)
    with mock.patch.object(shelf, "table_of", tabulated):
        return compile_model(model, window=world.window, on=world.on)


def tabulated(law: Law) -> LawTable:
    """Tabulate a law, once in a session."""
    content = content_of(law)
    if content not in TABULATED:
        TABULATED[content] = table_of(law)
    return TABULATED[content]


@cache
def text_of(path: Path, settings: Sequence[str] = ()) -> str:
    """Give a model file as one text: includes joined, data read, settings applied."""
    return dump_model(load_model(path, settings=settings))
