"""A sweep by real processes: the disk fills up, a part is cut short, Ctrl-C comes twice."""

import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from experiment.held import parts_of
from experiment.sweep.conftest import written_sweep
from experiment.sweep.test_failed_runs import swept
from experiment.sweep.test_sweep_faults import MANY, command, held, told
from starting import Started, done
from watching import PATIENCE_SECONDS, until

# So much room there is, in turn: for no manifest, for a few parts, for all of it.
ROOM = ("8k", "40k", "50m")
ON_A_SMALL_DISK = """
import shutil, subprocess, sys
from pathlib import Path
from simulator.cli import main

path, disk, kept, *sizes = sys.argv[1:]
subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={sizes[0]}", "tmpfs", disk], check=True)
sys.argv[1:] = ["sweep", path, "--out", f"{disk}/out", "--workers", "1"]
for size in sizes:
    subprocess.run(["mount", "-o", f"remount,size={size}", disk], check=True)
    try:
        main()
    except SystemExit as ended:
        parts = len(list(Path(disk).rglob("*.parquet")))
        print(ended.code, parts, *(one.name for one in Path(disk).rglob(".*")), flush=True)
shutil.copytree(f"{disk}/out", kept)
"""

pytestmark = pytest.mark.slow


def needs_a_disk_of_its_own() -> None:
    """Skip, saying what is missing, where nobody but an administrator may mount a small disk."""
    if shutil.which("unshare") is None:
        pytest.skip("'unshare' (util-linux) is not installed.")
    words = ["unshare", "-Urm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    found = subprocess.run(words, capture_output=True, text=True, check=False)
    if found.returncode:
        pytest.skip(f"a name space with a disk of its own is not allowed here: {found.stderr.strip()}")


def test_a_disk_that_is_full_ends_it_and_with_room_it_goes_on_to_the_same_tables(tmp_path: Path) -> None:
    needs_a_disk_of_its_own()
    path, (disk, kept) = written_sweep(tmp_path), (tmp_path / "disk", tmp_path / "kept")
    disk.mkdir()
    words = ["unshare", "-Urm", sys.executable, "-c", ON_A_SMALL_DISK, *map(str, (path, disk, kept)), *ROOM]

    ran = subprocess.run(words, capture_output=True, text=True, check=False)

    codes = [line.split() for line in ran.stdout.splitlines() if line[:1].isdigit()]
    assert [code for code, *_ in codes] == ["4", "4", "0"], ran.stderr
    assert [int(parts) > 0 for _, parts, *_ in codes] == [False, True, True]
    assert [hidden for _, _, *hidden in codes] == [[], [], []]
    assert ran.stderr.count("cannot be written: No space left on device") == 2
    assert "Traceback" not in ran.stderr
    assert told(kept) == swept(path, tmp_path / "whole")


def test_a_part_cut_short_is_told_with_5_and_done_again_once_removed(tmp_path: Path) -> None:
    path, out = written_sweep(tmp_path), tmp_path / "out"
    said = swept(path, out)
    part = min((out / "parts").glob("*.parquet"))
    content = part.read_bytes()
    part.write_bytes(content[: len(content) // 2])

    refused = done(command(path, out))
    part.unlink()
    again = done(command(path, out))

    assert (refused.returncode, again.returncode) == (5, 0)
    assert f"{part.name}: its bytes are not those that were written" in refused.communicate()[1]
    assert part.read_bytes() == content
    assert told(out) == said


def test_ctrl_c_twice_ends_a_sweep_with_130_however_soon_the_second_comes(tmp_path: Path) -> None:
    path, out = written_sweep(tmp_path, MANY), tmp_path / "out"
    whole = swept(path, tmp_path / "whole", workers=2)

    for count, seconds in enumerate((0.0, 0.02, 0.2), start=1):
        with Started(held(path, out, at=4 * count + 6)) as started:
            until(lambda count=count: parts_of(out) >= 4 * count)
            started.send_signal(signal.SIGINT)
            time.sleep(seconds)
            started.send_signal(signal.SIGINT)
            said = started.communicate(timeout=PATIENCE_SECONDS)[1]
        assert (started.returncode, "Traceback" in said) == (130, False), said
        assert "Interrupted. What" in said

    assert swept(path, out) == whole
    assert not list(out.rglob(".*"))
