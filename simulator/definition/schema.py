"""The JSON Schema of the files that people write, for editors; a test holds ``schemas/`` equal to it."""

import json
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel

from simulator.definition.experiment import Experiment
from simulator.definition.model import Model
from simulator.definition.stock_design import StockDesign
from simulator.errors import DefinitionError
from simulator.units import shown

NOUNS: dict[str, type[BaseModel]] = {
    "model": Model,
    "experiment": Experiment,
    "stock_design": StockDesign,
}
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_of(kind: str) -> dict[str, object]:
    """Describe the files of a kind, such as ``model`` or ``experiment``, as a JSON Schema."""
    if kind not in NOUNS:
        raise DefinitionError(f"{shown(kind)} has no schema; allowed are {', '.join(NOUNS)}.")
    described = NOUNS[kind].model_json_schema(by_alias=True, mode="validation")
    schema: dict[str, object] = {"$schema": DIALECT, **described}
    if kind == "model":
        include = {"type": "array", "items": {"type": "string", "pattern": r"\.toml$"}}
        include["description"] = "Files to read too, relative to this one."
        properties = described["properties"]
        schema["properties"] = {**properties, "include": include}
    shared: dict[str, object] = {}
    tidy = _tidied(schema, shared)
    definitions = tidy.get("$defs")
    return {**tidy, "$defs": {**(definitions if isinstance(definitions, dict) else {}), **shared}}


def write_schemas(folder: Path) -> Iterator[Path]:
    """Write every schema into a folder, as the repository keeps them."""
    for kind in NOUNS:
        path = folder / f"{kind}.schema.json"
        path.write_text(text_of(kind), encoding="utf-8", newline="\n")
        yield path


def text_of(kind: str) -> str:
    """Write a schema as text, the same every time."""
    return json.dumps(schema_of(kind), indent=2, ensure_ascii=False) + "\n"


def _tidied(schema: dict[str, object], shared: dict[str, object]) -> dict[str, object]:
    """Leave out what no file could hold, and say once what is shared."""
    name = schema.get("x-shared")
    kept = {key: _tidied_inside(one, shared) for key, one in schema.items() if not _is_noise(key, one)}
    if isinstance(name, str):
        shared[name] = kept
        return {"$ref": f"#/$defs/{name}"}
    choices = kept.get("anyOf")
    if isinstance(choices, list) and {"type": "null"} in choices:
        rest = [one for one in choices if one != {"type": "null"}]
        others = {key: one for key, one in kept.items() if key != "anyOf"}
        return {**others, **rest[0]} if len(rest) == 1 else {**others, "anyOf": rest}
    return kept


def _tidied_inside(one: object, shared: dict[str, object]) -> object:
    if isinstance(one, dict):
        return _tidied(one, shared)
    return [_tidied_inside(inner, shared) for inner in one] if isinstance(one, list) else one


def _is_noise(key: str, one: object) -> bool:
    is_made_title = key == "title" and isinstance(one, str)
    return key == "x-shared" or is_made_title or (key == "default" and not isinstance(one, str | bool))
