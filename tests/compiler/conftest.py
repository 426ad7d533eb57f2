"""Models written in a few lines, loaded and compiled as any other."""

from collections.abc import Callable, Collection
from pathlib import Path

import pytest
from compiler.models import window

from simulator.compiler import Compiled, Program, compile_and_check
from simulator.definition.loading import load_model
from simulator.definition.model import Model

Load = Callable[..., Model]
Check = Callable[..., Compiled]
Compile = Callable[..., Program]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Give a function from the text of a model to the model."""

    def read(text: str) -> Model:
        file = tmp_path / "place.toml"
        file.write_text(f"schema_version = 1\nstarts = 2025-04-01\n{text}", encoding="utf-8")
        return load_model(file)

    return read


@pytest.fixture
def check(load: Load) -> Check:
    """Give a function from the text of a model to its program and notes."""

    def compiled(text: str, *, on: Collection[str] = (), **days: float) -> Compiled:
        return compile_and_check(load(text), window=window(**days), on=on)

    return compiled


@pytest.fixture
def compile_text(check: Check) -> Compile:
    """Give a function from the text of a model to its program."""

    def compiled(text: str, *, on: Collection[str] = (), **days: float) -> Program:
        return check(text, on=on, **days).program

    return compiled
