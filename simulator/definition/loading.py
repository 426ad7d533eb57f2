"""From a file to a validated model, and back: ``load_model``, ``change_model``, ``dump_model``."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import tomli_w

from simulator.definition.again import Before, read_again
from simulator.definition.consistency import complaints_of_model
from simulator.definition.datafiles import with_data
from simulator.definition.exchange_references import complaints_of_exchange
from simulator.definition.faults import Path as Way
from simulator.definition.files import Draft, read_draft
from simulator.definition.fitted import CALIBRATION, SET, calibrated_settings, without_settings
from simulator.definition.includes import with_includes
from simulator.definition.model import SCHEMA_VERSION, Model, Origin, with_origin
from simulator.definition.positions import Positions
from simulator.definition.reading import read_noun
from simulator.definition.references import complaints_of_references
from simulator.definition.settings import Changed, Setting, apply_settings, parse_setting
from simulator.definition.systems import complaints_of_system
from simulator.definition.titles import with_ids_of_titles
from simulator.definition.vocabulary import NOT_BUILT
from simulator.definition.which_file import refuse_other_than_model
from simulator.errors import DefinitionError, Fault
from simulator.units import shown

KNOWN_IN_MODEL = {word: word in Model.collections for word in Model.model_fields} | {
    word: False for word in NOT_BUILT if "." not in word
}
SaidSettings = Iterable[str | Setting]


def load_model(path: str | Path, *, settings: SaidSettings = ()) -> Model:
    """Read and check a model file, settings applied. Raises :class:`DefinitionError` with every fault."""
    model, faults = read_model(Path(path), settings)
    if faults:
        raise DefinitionError(in_order(faults))
    return model


def read_model(path: Path, settings: SaidSettings = ()) -> tuple[Model, list[Fault]]:
    """Read a model file as far as it goes, and say everything that is wrong with it."""
    written = read_draft(path)
    refuse_other_than_model(written.raw, path)
    draft = with_includes(written, path)
    of_calibration = calibrated_settings(draft.raw, draft.positions.of((CALIBRATION, SET)))
    changed = apply_settings(draft.raw, [*of_calibration, *parsed(settings)], known=KNOWN_IN_MODEL)
    without_settings(changed.raw)
    return model_of(draft, changed, path=path)


def change_model(model: Model, settings: SaidSettings) -> Model:
    """Give the same model with some values set otherwise, checked again."""
    origin = model.origin
    changed = apply_settings(origin.resolved, parsed(settings), known=KNOWN_IN_MODEL)
    draft = Draft(raw=dict(origin.resolved), sources=origin.positions.sources)
    other, faults = model_of(draft, changed, path=Path(origin.file))
    if faults:
        raise DefinitionError(in_order(faults))
    return other


def set_otherwise(model: Model, settings: SaidSettings) -> Model:
    """Do as ``change_model``, and read only what the settings touch; the model must be as it was read."""
    if not (said := parsed(settings)):
        return model
    changed = apply_settings(model.origin.resolved, said, known=KNOWN_IN_MODEL)
    return _checked_again(model, changed, touched=changed.reached)


def model_of_tables(model: Model, tables: Mapping[str, object], *, touched: Iterable[Way]) -> Model:
    """Give the model of a changed copy of another's plain tables; the ways to what was changed are told."""
    return _checked_again(model, Changed(raw=dict(tables)), touched=touched)


def _checked_again(model: Model, changed: Changed, *, touched: Iterable[Way]) -> Model:
    """Read what was touched of a model's tables, and check all of them."""
    draft = Draft(raw=changed.raw, sources=model.origin.positions.sources)
    before = Before(model=model, touched=tuple(touched))
    other, faults = model_of(draft, changed, path=Path(model.origin.file), before=before)
    if faults:
        raise DefinitionError(in_order(faults))
    return other


def model_of(
    draft: Draft, changed: Changed, *, path: Path, before: Before | None = None
) -> tuple[Model, list[Fault]]:
    """Make a model of plain tables, and say everything that is wrong with it.

    Of what a model said ``before`` only what was touched is read again.
    """
    positions = Positions(sources=draft.sources, settings=changed.reached)
    below = None if before is None else [_thing(way) for way in before.touched]
    resolved, of_data = with_data(changed.raw, path.parent, below=below)
    model, of_parts = read_noun(Model, resolved) if before is None else read_again(before, resolved)
    unread = [way for way, _ in of_data]
    complaints = of_data + complaints_of_version(resolved)
    of_parts = list(with_ids_of_titles(of_parts, resolved))
    complaints += [(way, said) for way, said in of_parts if not any(one[: len(way)] == way for one in unread)]
    complaints += complaints_of_references(model, resolved)
    complaints += complaints_of_model(model, resolved)
    complaints += complaints_of_exchange(model, resolved)
    complaints += complaints_of_system(model, resolved)
    faults = [*draft.faults, *changed.faults, *located(complaints, positions)]
    origin = Origin(file=str(path), folder=path.parent, resolved=resolved, positions=positions)
    return with_origin(model, origin), faults


def _thing(way: Way) -> Way:
    """Give the way to the named thing that a way leads into, or to the table at the top."""
    return way[:2] if way[0] in Model.collections else way[:1]


def dump_model(model: Model) -> str:
    """Write the resolved file of a model: includes joined, settings applied, data read, in one order."""
    return dump(model.origin.resolved, tuple(Model.model_fields))


def dump(resolved: Mapping[str, object], words: tuple[str, ...]) -> str:
    """Write plain tables as TOML, the top in the order of these words and everything below by name.

    Only scenarios and contracts keep the order they were written in: readers see them in it, and the first
    contract is the one in force.
    """
    top = sorted(resolved, key=lambda word: (words.index(word) if word in words else len(words), word))
    return tomli_w.dumps({word: _in_one_order(word, resolved[word]) for word in top}, multiline_strings=False)


def complaints_of_version(raw: Mapping[str, object]) -> list[tuple[Way, str]]:
    """Say what is wrong with the version of a file's vocabulary."""
    said = raw.get("schema_version", SCHEMA_VERSION)
    if isinstance(said, bool) or not isinstance(said, int) or said < 1:
        return [
            (
                ("schema_version",),
                f"{shown(str(said))} is not a version; write schema_version = {SCHEMA_VERSION}.",
            )
        ]
    if said > SCHEMA_VERSION:
        newer = (
            f"{said} is newer than this program, which reads {SCHEMA_VERSION}; bring the program up to date."
        )
        return [(("schema_version",), newer)]
    return []


def parsed(settings: SaidSettings) -> list[Setting]:
    """Read those settings that are still text."""
    return [parse_setting(one) if isinstance(one, str) else one for one in settings]


def located(complaints: Iterable[tuple[Way, str]], positions: Positions) -> list[Fault]:
    """Find the place of each complaint; the same one is said once."""
    return list(dict.fromkeys(positions.fault(way, message) for way, message in complaints))


def in_order(faults: Iterable[Fault]) -> list[Fault]:
    """Put faults in the order of the files they are in, each once."""
    unique = list(dict.fromkeys(faults))
    files = list(dict.fromkeys(fault.file for fault in unique))
    return sorted(unique, key=lambda fault: (files.index(fault.file), fault.line or 0))


def _in_one_order(word: str, one: object) -> object:
    if word in ("scenarios", "contracts") and isinstance(one, Mapping):
        return {name: _sorted(inner) for name, inner in one.items()}
    return _sorted(one)


def _sorted(one: object) -> object:
    if isinstance(one, Mapping):
        return {key: _sorted(one[key]) for key in sorted(one)}
    return [_sorted(inner) for inner in one] if isinstance(one, list) else one
