"""Plain tables into nouns: every fault is told at once, and what is right can still be checked."""

from collections.abc import Iterator, Mapping
from types import UnionType
from typing import Annotated, TypeGuard, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from simulator.definition.faults import Path, Wrong
from simulator.definition.vocabulary import is_not_built, not_built
from simulator.definition.words import nearest
from simulator.units import shown

N = TypeVar("N", bound=BaseModel)
Complaint = tuple[Path, str]


def read_noun(noun: type[N], raw: Mapping[str, object]) -> tuple[N, list[Complaint]]:
    """Read a table as a noun; what is wrong is left out of it, and told with its path."""
    try:
        return noun.model_validate(raw), []
    except ValidationError as error:
        return salvaged(noun, raw), list(complaints_of(error, noun))


def salvaged(noun: type[N], raw: Mapping[str, object]) -> N:
    """Make a noun of those parts of a table that are right; what is required may be absent from it."""
    values: dict[str, object] = {}
    for name, field in noun.model_fields.items():
        key = field.alias or name
        if key not in raw:
            continue
        try:
            adapter: TypeAdapter[object] = TypeAdapter(field.rebuild_annotation())
            values[name] = adapter.validate_python(raw[key])
        except ValidationError as error:
            if (right := _right_of(error)) is not None:
                values[name] = right
            elif isinstance(found := raw[key], Mapping):
                values |= _salvaged_inside(field, name=name, found=found)
    return noun.model_construct(_fields_set=None, **values)


def _right_of(error: ValidationError) -> object:
    """Give what the reader of a value could read of it, where the reader says so; else ``None``."""
    faults = error.errors(include_url=False)
    said = [one.get("ctx", {}).get("error") for one in faults if not one["loc"]]
    return next((one.right for one in said if isinstance(one, Wrong) and one.right is not None), None)


def _salvaged_inside(field: FieldInfo, *, name: str, found: Mapping[str, object]) -> dict[str, object]:
    """Keep what is right of a table of nouns, of values, or of one noun."""
    if (inner := _collected(field)) is not None:
        tables = {str(one): table for one, table in found.items() if isinstance(table, Mapping)}
        return {name: {one: read_noun(inner, table)[0] for one, table in tables.items()}}
    if get_origin(field.annotation) is dict:
        adapter: TypeAdapter[object] = TypeAdapter(get_args(field.annotation)[1])
        return {name: dict(_right_ones(adapter, found))}
    alone = _plain(field.annotation)
    return {name: read_noun(alone, found)[0]} if _is_noun(alone) else {}


def _right_ones(adapter: TypeAdapter[object], found: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    for one, value in found.items():
        try:
            yield str(one), adapter.validate_python(value)
        except ValidationError:
            continue


def complaints_of(error: ValidationError, noun: type[BaseModel]) -> Iterator[Complaint]:
    """Say each fault that pydantic found in words of ours, with its path."""
    for found in error.errors(include_url=False):
        path: Path = tuple(part for part in found["loc"] if part != "[key]")
        context = found.get("ctx", {}).get("error")
        if isinstance(context, Wrong):
            yield from (((*path, *below), message) for below, message in context.faults)
        elif found["type"] == "extra_forbidden":
            yield path, _of_unknown(path, noun)
        elif found["type"] == "missing":
            yield path, "is missing; it is required."
        elif found["type"] in ("model_type", "model_attributes_type", "dict_type"):
            yield path, f"{shown(str(found['input']))} is not a table."
        elif found["type"] in ("tuple_type", "list_type"):
            yield path, f"{shown(str(found['input']))} is not a list."
        else:
            yield path, f"{shown(str(found['input']))} is not allowed here: {found['msg'].lower()}."


def words_at(noun: type[BaseModel], path: Path) -> list[str]:
    """List the words that may stand in the table at a path inside a noun."""
    here: object = noun
    for part in path:
        if not _is_noun(here):
            here = _inner(here)
            continue
        fields = {field.alias or name: field for name, field in here.model_fields.items()}
        here = fields[part].annotation if part in fields else None
        here = _plain(here)
    here = _plain(here)
    return [field.alias or name for name, field in here.model_fields.items()] if _is_noun(here) else []


def _of_unknown(path: Path, noun: type[BaseModel]) -> str:
    word = str(path[-1])
    if is_not_built(path):
        return not_built(word)
    known = words_at(noun, path[:-1])
    listed = ", ".join(known) if len(known) <= 12 else ", ".join(known[:12]) + " …"
    return f"unknown key {shown(word)}; allowed are {listed}.{nearest(word, known)}"


def _collected(field: FieldInfo) -> type[BaseModel] | None:
    if get_origin(field.annotation) is not dict:
        return None
    inner = _plain(get_args(field.annotation)[1])
    return inner if _is_noun(inner) else None


def _plain(annotation: object) -> object:
    """Strip what surrounds the type of interest: Annotated, and the None of an optional."""
    if get_origin(annotation) is Annotated:
        return _plain(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        kept = [one for one in get_args(annotation) if one is not type(None)]
        return _plain(kept[0]) if len(kept) == 1 else annotation
    return annotation


def _inner(annotation: object) -> object:
    """Go one step into a dict or a tuple."""
    origin, inside = get_origin(annotation), get_args(annotation)
    if origin is dict:
        return _plain(inside[1])
    return _plain(inside[0]) if origin is tuple and inside else None


def _is_noun(found: object) -> TypeGuard[type[BaseModel]]:
    return isinstance(found, type) and issubclass(found, BaseModel)
