"""A page of ours where a user says: what another program or hand wrote is never written over."""

from pathlib import Path

from simulator.errors import OutputError
from simulator.experiment.files import write_whole


def mark_of(command: str) -> bytes:
    """Give the mark in a page by which we know that a command of ours wrote it."""
    return f'<meta name="generator" content="downstream {command}">'.encode()


def write_own_page(html: str, out: Path, *, command: str, noun: str) -> Path:
    """Write a page that a command made; ``noun`` is what an error calls it. Raises ``OutputError``."""
    if out.is_dir():
        raise OutputError(f"{out}: is a folder; name a file for the page with --out.")
    if not out.parent.is_dir():
        raise OutputError(f"{out}: there is no folder {out.parent}.")
    if out.exists() and mark_of(command) not in out.read_bytes():
        raise OutputError(f"{out}: is there already and is no {noun} of ours; name another file with --out.")
    write_whole(out, html.encode("utf-8"))
    return out
