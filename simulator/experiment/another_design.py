"""Why the results that a folder holds are not those about to be made: what its own files say otherwise."""

import tomllib
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from simulator.experiment.provenance import STOCK_SWEEP, Manifest

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


def refusal(
    folder: Path, found: Manifest, *, wanted: Manifest, texts: Mapping[str, str], differs: str = ""
) -> str:
    """Say whose results a folder holds, and what differs from the design that is wanted.

    ``texts`` are the resolved files of that design, by the names under which the folder keeps its own.
    ``differs`` says it where it is known already, and is none of the files.
    """
    begun = found.began[:16].replace("T", " ")
    what = differs or _what_differs(folder, texts, outside=() if wanted.kind == STOCK_SWEEP else OUTSIDE)
    return (
        f"{folder}: holds results of another design ({found.design}; this one is {wanted.design}): "
        f"experiment '{found.experiment}', begun {begun}. {what}. "
        "Choose another folder with --out, or remove this one."
    )


def _what_differs(folder: Path, texts: Mapping[str, str], *, outside: Collection[str]) -> str:
    differences = [
        one for name, text in texts.items() for one in _between(folder / name, text, outside=outside)
    ]
    if not differences:
        return f"Their files are the same: {CODE}"
    more = f"; and {len(differences) - MOST} more" if len(differences) > MOST else ""
    return f"There and here: {'; '.join(differences[:MOST])}{more}"


def _between(kept: Path, text: str, *, outside: Collection[str]) -> Iterator[str]:
    """List where a file kept in a folder and a text differ; of what is no TOML only that it does."""
    try:
        there = kept.read_text("utf-8")
        if kept.suffix != ".toml":
            yield from [f"{kept.name} is another"] if there != text else []
            return
        before, after = (dict(_leaves(tomllib.loads(one))) for one in (there, text))
    except (OSError, ValueError):
        return
    for path in dict.fromkeys((*after, *before)):
        if path == "draws" and before.get(path) and after.get(path):
            continue  # how many there are leaves each as it is
        if before.get(path) != after.get(path) and path.split(".")[0] not in outside:
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
