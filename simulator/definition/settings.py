"""Settings: single values of a model set otherwise, on the command line or by a scenario."""

import copy
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from simulator.definition.faults import Path
from simulator.definition.files import depth_of, has_monster
from simulator.definition.positions import Position, dotted
from simulator.definition.words import nearest
from simulator.errors import DefinitionError, Fault
from simulator.units import shown

LONGEST = 10_000
DEEPEST = 12
ANY = "*"


@dataclass(frozen=True, slots=True)
class Setting:
    """One value to be set: the way to it (``*`` for every id), the value, and where it was said."""

    path: Path
    value: object
    position: Position

    def fault(self, message: str) -> Fault:
        """Locate a fault at the setting."""
        return Fault(
            message=message, path=dotted(self.path), file=self.position.file, line=self.position.line
        )


@dataclass(slots=True)
class Changed:
    """A raw table after settings, what each setting reached, and what was wrong with them."""

    raw: dict[str, object]
    reached: dict[Path, Position] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def parse_setting(text: str) -> Setting:
    """Read ``needs.illness.rate="0.3 per year"``; the value is TOML, or else text as it stands."""
    path, equals, value = text.partition("=")
    position = Position(f"--set {shown(text, longest=80)[1:-1]}")
    if not equals or not path.strip():
        raise DefinitionError(Fault(message="write it as path.to.field=value.", file=position.file))
    if len(text) > LONGEST:
        raise DefinitionError(Fault(message="is too long to be a setting.", file=position.file))
    return Setting(path_of(path), value_of(value.strip()), position)


def option_setting(name: str, value: str) -> Setting:
    """Make a setting of an option of the command line that has a name of its own, such as ``--seed 7``."""
    return Setting((name,), value_of(value), Position(f"--{name} {shown(value, longest=80)[1:-1]}"))


def path_of(text: str) -> Path:
    """Split a dotted path; whole numbers are places in a list."""
    return tuple(int(part) if part.isascii() and part.isdigit() else part for part in text.strip().split("."))


def value_of(text: str) -> object:
    """Read a value as TOML would, or as text where TOML cannot."""
    if "\n" in text or "\r" in text:
        return text
    try:
        value: object = tomllib.loads(f"value = {text}", parse_float=Decimal)["value"]
    except (ValueError, ArithmeticError, RecursionError):
        return text
    return text if depth_of(value) > DEEPEST or has_monster(value) else value


def settings_of(table: Mapping[str, object], position: Position) -> tuple[Setting, ...]:
    """Make settings of a table of dotted paths, as a scenario holds it."""
    return tuple(Setting(path_of(path), value, position) for path, value in table.items())


def apply_settings(
    raw: Mapping[str, object], settings: Iterable[Setting], *, known: Mapping[str, bool]
) -> Changed:
    """Set values in a copy of a raw table.

    ``known`` says of each word at the top whether it is a collection of named things, whose ids must exist.
    """
    changed = Changed(raw=copy.deepcopy(dict(raw)))
    for setting in settings:
        ways = _ways(changed.raw, setting, known=known)
        if isinstance(ways, Fault):
            changed.faults.append(ways)
            continue
        for way in ways:
            if fault := _put(changed.raw, way, setting=setting):
                changed.faults.append(fault)
                break
            changed.reached[way] = setting.position
    return changed


def _ways(raw: Mapping[str, object], setting: Setting, *, known: Mapping[str, bool]) -> list[Path] | Fault:
    first, *rest = setting.path
    if not isinstance(first, str) or first not in known:
        return setting.fault(f"nothing is called {shown(str(first))}.{nearest(str(first), known)}")
    if not known[first]:
        return [setting.path]
    ids = raw.get(first, {})
    if not isinstance(ids, Mapping):
        return setting.fault(f"'{first}' is not a table.")
    if len(rest) < 2:
        return setting.fault(f"names no field; write {first}.<id>.<field>.")
    if "@" in str(rest[0]):
        return _of_member(ids, setting)
    if rest[0] != ANY:
        if rest[0] not in ids:
            return setting.fault(f"{first} has no {shown(str(rest[0]))}.{nearest(str(rest[0]), ids)}")
        return [setting.path]
    if not ids:
        return setting.fault(f"there are no {first} to set it for.")
    return [(first, name, *rest[1:]) for name in sorted(ids)]


def _of_member(ids: Mapping[str, object], setting: Setting) -> list[Path] | Fault:
    """Find where the capacity of one of each site or locality is written: ``capacity_at`` of the resource."""
    first, said, *rest = setting.path
    name, _, place = str(said).partition("@")
    if first != "resources" or rest[0] != "capacity":
        return setting.fault(
            "of one place only the capacity can be set; write resources.<id>@<place>.capacity."
        )
    if name not in ids:
        return setting.fault(f"{first} has no {shown(name)}.{nearest(name, ids)}")
    return [(first, name, "capacity_at", place, *rest[1:])]


def _put(raw: dict[str, object], way: Path, *, setting: Setting) -> Fault | None:
    here: object = raw
    for depth, part in enumerate(way[:-1]):
        if isinstance(here, list):
            if not isinstance(part, int) or part >= len(here):
                return setting.fault(f"{dotted(way[:depth])} is a list of {len(here)}, counted from 0.")
            here = here[part]
        elif isinstance(here, dict):
            here = here.setdefault(str(part), {})
        else:
            return setting.fault(
                f"{dotted(way[:depth])} is {shown(str(here))}, which has nothing inside to set."
            )
    last = way[-1]
    if isinstance(here, dict):
        here[str(last)] = copy.deepcopy(setting.value)
    elif isinstance(here, list) and isinstance(last, int) and last < len(here):
        here[last] = copy.deepcopy(setting.value)
    else:
        return setting.fault(f"{dotted(way[:-1])} has nothing inside called {shown(str(last))}.")
    return None
