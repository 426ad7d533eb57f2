"""Why the results that a folder holds are not those about to be made: what its own files say otherwise."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from simulator.experiment.provenance import Manifest

OUTSIDE = (
    "replications",
    "may_fail",
    "title",
    "note",
    "model",
    "schema_version",
)  # these leave a run as it is
MOST = 3
CODE = "the simulator's own code differs, or what it was made with"


def refusal(folder: Path, found: Manifest, *, wanted: Manifest, texts: Mapping[str, str]) -> str:
    """Say whose results a folder holds, and what differs from the design that is wanted.

    ``texts`` are the resolved files of that design, by the names under which the folder keeps its own.
    """
    begun = found.began[:16].replace("T", " ")
    return (
        f"{folder}: holds results of another design ({found.design}; this one is {wanted.design}): "
        f"experiment '{found.experiment}', begun {begun}. {_what_differs(folder, texts)}. "
        "Choose another folder with --out, or remove this one."
    )


def _what_differs(folder: Path, texts: Mapping[str, str]) -> str:
    differences = [one for name, text in texts.items() for one in _between(folder / name, text)]
    if not differences:
        return f"Their files are the same: {CODE}"
    more = f"; and {len(differences) - MOST} more" if len(differences) > MOST else ""
    return f"There and here: {'; '.join(differences[:MOST])}{more}"


def _between(kept: Path, text: str) -> Iterator[str]:
    """List where a file kept in a folder and a text differ."""
    try:
        before, after = (dict(_leaves(tomllib.loads(one))) for one in (kept.read_text("utf-8"), text))
    except (OSError, ValueError):
        return
    for path in dict.fromkeys((*after, *before)):
        if path == "draws" and before.get(path) and after.get(path):
            continue  # how many there are leaves each as it is
        if before.get(path) != after.get(path) and path.split(".")[0] not in OUTSIDE:
            yield f"{path} is {_told(before, path)}, not {_told(after, path)}"


def _told(leaves: Mapping[str, object], path: str) -> str:
    return repr(leaves[path]) if path in leaves else "not said"


def _leaves(raw: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Give every value of a file with its path; a list is one value."""
    if isinstance(raw, Mapping) and raw:
        for key, inner in raw.items():
            yield from _leaves(inner, f"{path}.{key}".lstrip("."))
    else:
        yield path, raw
