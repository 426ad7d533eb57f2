"""The results folder: made, found again, or refused."""

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from simulator.errors import OutputError
from simulator.experiment.another_design import refusal
from simulator.experiment.files import make_folder, write_whole
from simulator.experiment.parts import PARTS, part_path
from simulator.experiment.provenance import Manifest, manifest_text, read_manifest

MANIFEST = "manifest.json"
EXPERIMENT = "experiment.toml"
MODEL = "model.toml"


def default_folder(name: str) -> Path:
    """Name the folder of an experiment's results where none is asked for."""
    return Path("results") / name


@contextmanager
def results_folder(folder: Path, manifest: Manifest, *, texts: Mapping[str, str]) -> Iterator[Manifest]:
    """Open a results folder for one design and give the manifest that stands in it.

    A new folder gets its manifest and ``texts`` (the resolved files); one of the same design is taken up
    again; anything else raises ``OutputError`` before it is touched. Leaving by an error before any
    replication is done takes a new folder away again.
    """
    found = manifest_of(folder)
    if found is not None and found.design != manifest.design:
        raise OutputError(refusal(folder, found, wanted=manifest, texts=texts))
    made = _make(folder)
    try:
        for name, text in texts.items():
            write_whole(folder / name, text.encode())
        if found is None:
            write_whole(folder / MANIFEST, manifest_text(manifest).encode())
        yield manifest if found is None else found
    except BaseException:
        if found is None and not any((folder / PARTS).glob("*.parquet")):
            _unmake(folder, made=made, texts=texts)
        raise


def done(folder: Path, replications: Iterable[int]) -> tuple[int, ...]:
    """List those of these replications whose parts are there."""
    return tuple(number for number in replications if part_path(folder, number).exists())


def left_over(folder: Path, replications: Iterable[int]) -> int:
    """Count the parts of other replications than these."""
    asked_for = {part_path(folder, number).name for number in replications}
    return sum(path.name not in asked_for for path in (folder / PARTS).glob("*replication_*.parquet"))


def manifest_of(folder: Path) -> Manifest | None:
    """Read the manifest of a folder; ``None`` if it is absent or empty, ``OutputError`` if anything else."""
    try:
        if not folder.is_dir():
            if folder.exists():
                raise OutputError(f"{folder}: is a file; results need a folder. Choose another with --out.")
            return None
        if (folder / MANIFEST).is_file():
            return read_manifest((folder / MANIFEST).read_text("utf-8"), where=str(folder / MANIFEST))
        if any(folder.iterdir()):
            raise OutputError(
                f"{folder}: is not empty and holds no results. Choose another folder with --out, or empty it."
            )
    except (OSError, UnicodeDecodeError) as fault:
        raise OutputError(f"{folder}: cannot be read: {fault}.") from fault
    return None


def finished_manifest(folder: Path) -> Manifest:
    """Read the manifest of finished results; raise ``OutputError`` where there are none to read."""
    if not folder.exists():
        raise OutputError(f"{folder}: there is no such folder.")
    if folder.is_dir() and not (folder / MANIFEST).exists():
        raise OutputError(
            f"{folder}: holds no results; name a folder that downstream run has written, such as results/…"
        )
    manifest = manifest_of(folder)
    if manifest is None or manifest.ended is None:
        raise OutputError(f"{folder}: is not finished; run the experiment again to go on.")
    return manifest


def _make(folder: Path) -> tuple[Path, ...]:
    """Make the folder and its parts' folder; give those that were not there, outermost first."""
    wanted = (folder / PARTS, folder, *folder.parents)
    made = tuple(reversed([one for one in wanted if not one.exists()]))
    make_folder(folder / PARTS)
    return made


def _unmake(folder: Path, *, made: tuple[Path, ...], texts: Mapping[str, str]) -> None:
    """Take away what was made, and nothing else."""
    shutil.rmtree(folder / PARTS, ignore_errors=True)
    for name in (*texts, MANIFEST):
        (folder / name).unlink(missing_ok=True)
    for one in reversed(made):
        if one.is_dir() and not any(one.iterdir()):
            one.rmdir()


def sweep(folder: Path) -> None:
    """Take away scratch files of processes that were killed while they wrote."""
    for scratch in (folder / PARTS).glob(".*.part"):
        writer = int(scratch.suffixes[-2][1:])
        if writer != os.getpid() and not _is_alive(writer):
            scratch.unlink(missing_ok=True)


def _is_alive(process: int) -> bool:
    """Say whether a process is there."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
