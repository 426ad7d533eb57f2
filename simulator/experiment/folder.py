"""The results folder: made, found again, or refused."""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from simulator.errors import OutputError
from simulator.experiment.another_design import refusal
from simulator.experiment.files import SCRATCH, write_whole
from simulator.experiment.lock import NAME as LOCK
from simulator.experiment.lock import alone_in, take_away
from simulator.experiment.parts import PARTS, part_path
from simulator.experiment.provenance import COMMANDS, RUN, Manifest, manifest_text, read_manifest

MANIFEST = "manifest.json"
EXPERIMENT = "experiment.toml"
MODEL = "model.toml"


def default_folder(name: str) -> Path:
    """Name the folder of an experiment's results where none is asked for."""
    return Path("results") / name


@contextmanager
def results_folder(folder: Path, manifest: Manifest, *, texts: Mapping[str, str]) -> Iterator[Manifest]:
    """Open a results folder for one design, alone, and give the manifest that stands in it.

    A new folder gets its manifest and ``texts`` (the resolved files); one of the same design is taken up
    again; anything else raises ``OutputError`` before it is touched, and so does one that another process is
    at work on. Leaving by an error before any replication is done takes a new folder away again.
    """
    _manifest_of_design(folder, manifest, texts=texts)
    made = _not_there(folder)
    try:
        with alone_in(folder / PARTS, asked=folder):
            # Only now does nobody else make it or take it away.
            found = _manifest_of_design(folder, manifest, texts=texts)
            sweep(folder)
            try:
                if found is None:
                    write_whole(folder / MANIFEST, manifest_text(manifest).encode())
                for name, text in texts.items():
                    write_whole(folder / name, text.encode())
                yield manifest if found is None else found
            except BaseException:
                if found is None:
                    _empty(folder, texts)
                raise
            sweep(folder)
    except BaseException:
        _take_away_empty(made)
        raise


def done(folder: Path, replications: Iterable[int]) -> tuple[int, ...]:
    """List those of these replications whose parts are there."""
    return tuple(number for number in replications if part_path(folder, number).exists())


def left_over(folder: Path, replications: Iterable[int]) -> int:
    """Count the parts of other replications than these."""
    asked_for = {part_path(folder, number).name for number in replications}
    return sum(path.name not in asked_for for path in (folder / PARTS).glob("*replication_*.parquet"))


def manifest_of(folder: Path) -> Manifest | None:
    """Read the manifest of a folder; ``None`` if it is absent or empty, ``OutputError`` if anything else.

    Empty is also what is left of one that was killed before its manifest was there.
    """
    try:
        # The manifest is there before any part is: a part seen first has one, unless it is not ours.
        parts = [one for one in (folder / PARTS).glob("*") if one.name != LOCK and not _writer_of(one.name)]
        there = {one.name for one in folder.iterdir()}
        if MANIFEST in there:
            return read_manifest((folder / MANIFEST).read_text("utf-8"), where=str(folder / MANIFEST))
        if parts or any(name != PARTS and not _writer_of(name) for name in there):
            raise OutputError(
                f"{folder}: is not empty and holds no results. Choose another folder with --out, or empty it."
            )
    except FileNotFoundError:
        return None
    except NotADirectoryError:
        if folder.exists():
            raise OutputError(
                f"{folder}: is a file; results need a folder. Choose another with --out."
            ) from None
        return None
    except (OSError, UnicodeDecodeError) as fault:
        raise OutputError(f"{folder}: cannot be read: {fault}.") from fault
    return None


def finished_manifest(folder: Path) -> Manifest:
    """Read the manifest of finished results; raise ``OutputError`` where there are none to read."""
    if not folder.exists():
        raise OutputError(f"{folder}: there is no such folder.")
    if folder.is_dir() and not (folder / MANIFEST).exists():
        raise OutputError(
            f"{folder}: holds no results; name a folder that downstream run or sweep has written, "
            "such as results/…"
        )
    manifest = manifest_of(folder)
    if manifest is None or manifest.ended is None:
        by = COMMANDS.get(RUN if manifest is None else manifest.kind, "downstream")
        raise OutputError(
            f"{folder}: is not finished; the command that began it ({by}) goes on with it where it was."
        )
    return manifest


def sweep(folder: Path) -> None:
    """Take away scratch files of processes that were killed while they wrote, wherever they are in it."""
    for here, _, names in os.walk(folder):
        for name in names:
            writer = _writer_of(name)
            if writer and writer != os.getpid() and not _is_alive(writer):
                (Path(here) / name).unlink(missing_ok=True)


def _manifest_of_design(folder: Path, manifest: Manifest, *, texts: Mapping[str, str]) -> Manifest | None:
    """Read the manifest of a folder, if it has one; raise ``OutputError`` if it is of another design."""
    found = manifest_of(folder)
    if found is not None and found.design != manifest.design:
        raise OutputError(refusal(folder, found, wanted=manifest, texts=texts))
    return found


def _not_there(folder: Path) -> tuple[Path, ...]:
    """List the parts' folder, the folder and those above it that are not there, innermost first."""
    return tuple(one for one in (folder / PARTS, folder, *folder.parents) if not one.exists())


def _has_results(folder: Path, texts: Mapping[str, str]) -> bool:
    """Say whether a folder holds a part, or anything else than what it was made with."""
    made_with = {*texts, MANIFEST, PARTS}
    others = (one.name for one in folder.iterdir() if one.name not in made_with)
    return any((folder / PARTS).glob("*.parquet")) or not all(map(_writer_of, others))


def _empty(folder: Path, texts: Mapping[str, str]) -> None:
    """Take away what a folder without results was made with, the lock last.

    Killed at any step, it can be begun again. Where something cannot be taken away, its manifest stays too:
    the error that began this is the one to be told.
    """
    with suppress(OSError):
        if _has_results(folder, texts):
            return
        for name in texts:
            (folder / name).unlink(missing_ok=True)
        for one in (folder / PARTS).iterdir():
            if one.name != LOCK:
                one.unlink(missing_ok=True)
        (folder / MANIFEST).unlink(missing_ok=True)
        take_away(folder / PARTS)
        _take_away_empty((folder / PARTS,))


def _take_away_empty(folders: Iterable[Path]) -> None:
    """Take away those of these folders that are there and empty."""
    for one in folders:
        with suppress(OSError):
            one.rmdir()


def _writer_of(name: str) -> int | None:
    """Give the process that writes, or wrote, a scratch file of such a name; ``None`` if it is none."""
    found = SCRATCH.fullmatch(name)
    return int(found[1]) if found else None


def _is_alive(process: int) -> bool:
    """Say whether a process is there."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
