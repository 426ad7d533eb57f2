"""Results that this code would misread: which code made them, why they are refused, what to do."""

from collections.abc import Sequence
from pathlib import Path

from simulator.errors import OutputError
from simulator.experiment.provenance import COMMANDS, THEN, Manifest, versions

LAYOUT = "its parts are laid out in another way"
DESIGN = (
    "what its files come to here is not what was run there (the code was changed since, or a file of the "
    "folder was)"
)


def made_by_other_code(folder: Path, manifest: Manifest, *, why: str) -> OutputError:
    """Make the error that refuses a folder: of another version, or of the same in another state."""
    there, here = _versions_of(manifest), versions()["simulator"]
    if there == [here]:
        whose = f"another state of the code of version {here}"
    else:
        named = THEN.join(there) or "that is not told"
        whose = f"version {named} of the simulator, and this is version {here}"
    again = f"run it again ({COMMANDS[manifest.kind]}, into another folder)"
    return OutputError(f"{folder}: was made by {whose}: {why}; {again}, or use the code that made it.")


def _versions_of(manifest: Manifest) -> Sequence[str]:
    said = manifest.versions.get("simulator")
    return said.split(THEN) if said else []
