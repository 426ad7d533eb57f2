"""A folder of the same model and design, run with other settings: refused, and said so."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from simulator.analysis.table_files import SUMMARY
from simulator.errors import OutputError
from simulator.experiment.another_design import refusal
from simulator.experiment.folder import manifest_of
from simulator.experiment.provenance import Manifest

SETTINGS = "settings"


def refuse_other_settings(
    folder: Path, wanted: Manifest, *, texts: Mapping[str, str], settings: Sequence[str]
) -> None:
    """Raise ``OutputError`` where a folder keeps these very files and was run with other settings.

    Settings are no part of the files that it keeps; its summary has them, once it is finished.
    """
    found = manifest_of(folder)
    if found is None or found.design == wanted.design or not _has_files(folder, texts):
        return
    kept = _settings_of(folder)
    if kept is not None and sorted(kept) == sorted(settings):
        return
    there = "others" if kept is None else _listed(kept)
    differs = f"Their files are the same and the settings differ: there {there}, here {_listed(settings)}"
    raise OutputError(refusal(folder, found, wanted=wanted, texts=texts, differs=differs))


def _has_files(folder: Path, texts: Mapping[str, str]) -> bool:
    try:
        return all((folder / name).read_bytes() == text.encode() for name, text in texts.items())
    except OSError:
        return False


def _settings_of(folder: Path) -> list[str] | None:
    """Read with which settings a folder was made; ``None`` where it does not say so."""
    try:
        said = json.loads((folder / SUMMARY).read_text("utf-8"))[SETTINGS]
    except (OSError, ValueError, LookupError, TypeError):
        return None
    return [str(one) for one in said] if isinstance(said, list) else None


def _listed(settings: Sequence[str]) -> str:
    return " ".join(f"--set {one}" for one in settings) or "none"
