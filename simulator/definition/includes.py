"""Included files: which they are, and how what they say joins the model's own."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from simulator.definition.faults import Path as Way
from simulator.definition.files import Draft, inside, read_draft
from simulator.definition.positions import Positions
from simulator.errors import DefinitionError, Fault
from simulator.units import shown

MOST_FILES = 1_000


def with_includes(draft: Draft, path: Path) -> Draft:
    """Join what the included files say to what the model file says; each thing may be given only once.

    An included file may include others, beside itself: so a model may be another with something more. A file
    that is named twice is read once, where it is named first. Raises :class:`DefinitionError` where one
    cannot be read: what the rest lacks without it is no fault of its own.
    """
    if "include" not in draft.raw:
        return draft
    seen = {path.resolve()}
    files, unread = _included(draft.raw["include"], path, positions=draft.positions, seen=seen)
    twice: list[Fault] = []
    raw = {key: one for key, one in draft.raw.items() if key != "include"}
    whole = replace(draft, raw=raw)
    while files:
        file = files.pop(0)
        try:
            added = read_draft(file)
        except DefinitionError as error:
            unread.extend(error.faults)
            continue
        twice.extend(_clashes(whole, added))
        whole = Draft(raw=_joined(whole, added), sources=whole.sources + added.sources)
        if "include" in added.raw:
            more, wrong = _included(added.raw["include"], file, positions=added.positions, seen=seen)
            files, unread = [*files, *more], [*unread, *wrong]
    if unread:
        raise DefinitionError([*unread, *twice])
    return replace(whole, faults=tuple(twice))


def _included(
    patterns: object, path: Path, *, positions: Positions, seen: set[Path]
) -> tuple[list[Path], list[Fault]]:
    """Give the files that a file includes and that are not ``seen`` yet, and mark them as seen."""
    if not isinstance(patterns, list) or not all(isinstance(one, str) for one in patterns):
        message = 'must be a list of files, such as ["interventions/*.toml"].'
        return [], [positions.fault(("include",), message)]
    files: dict[Path, Path] = {}
    faults: list[Fault] = []
    for place, pattern in enumerate(patterns):
        try:
            found = sorted(_matches(path.parent, pattern))
        except ValueError as error:
            faults.append(positions.fault(("include", place), str(error)))
            continue
        if not found:
            faults.append(positions.fault(("include", place), f"{shown(pattern)} matches no file."))
        files.update((one.resolve(), one) for one in found if one.resolve() not in files)
    if len(files) > MOST_FILES:
        faults.append(positions.fault(("include",), f"{len(files):,} files; {MOST_FILES:,} are the most."))
        return [], faults
    fresh = [one for key, one in files.items() if key not in seen]
    seen.update(files)
    return fresh, faults


def _matches(folder: Path, pattern: str) -> list[Path]:
    if ".." in pattern.replace("\\", "/").split("/"):
        raise ValueError(f"{shown(pattern)} leads out of the model's folder; put the file into that folder.")
    inside(folder, pattern)
    if not pattern.endswith(".toml"):
        raise ValueError(f"{shown(pattern)} does not end in .toml; only such files are included.")
    return [inside(folder, one.relative_to(folder).as_posix()) for one in folder.glob(pattern)]


def _clashes(whole: Draft, added: Draft) -> Iterator[Fault]:
    here, before = added.positions, whole.positions
    for key, one in added.raw.items():
        known = whole.raw.get(key)
        if key == "include":
            continue
        if isinstance(one, dict) and isinstance(known, dict):
            yield from (_given_twice((key, name), before, here=here) for name in one if name in known)
        elif known is not None and (key != "schema_version" or one != known):
            yield _given_twice((key,), before, here=here)


def _joined(whole: Draft, added: Draft) -> dict[str, object]:
    raw: dict[str, object] = dict(whole.raw)
    for key, one in added.raw.items():
        known = raw.get(key)
        if isinstance(one, dict) and isinstance(known, dict):
            raw[key] = {**one, **known}
        elif known is None and key != "include":
            raw[key] = one
    return raw


def _given_twice(way: Way, before: Positions, *, here: Positions) -> Fault:
    first = before.of(way)
    return here.fault(way, f"is given twice; the first is at {first.file}:{first.line}.")
