"""The commands that the page on sweeps shows in full run, on a job made small."""

import re
import shlex
import shutil
from pathlib import Path

import pytest
from docs.test_examples import CONSOLE, REPOSITORY, downstream

FEW = "vary={ 'interventions.virtual_ward.adds.0.capacity' = { values = [10, 80] } }"
CONFIRMED = "confirm={ even = 1, replications = 1 }"
SMALL = ["--set", "horizon='2 weeks'", "--set", "warm_up='0 days'", "--set", FEW, "--set", CONFIRMED]


@pytest.mark.slow
def test_the_commands_of_the_page_on_sweeps_run(tmp_path: Path) -> None:
    pytest.importorskip("distributed", reason="The extra 'cluster' is not installed.")
    page = (REPOSITORY / "docs" / "sweeps.md").read_text(encoding="utf-8")
    for folder in ("models", "experiments"):
        shutil.copytree(REPOSITORY / folder, tmp_path / folder)

    (command,) = re.findall(r"^\$ downstream (.*)$", "".join(CONSOLE.findall(page)), re.MULTILINE)
    done = downstream([*shlex.split(command), *SMALL], tmp_path)

    assert "--local-cluster 2" in command
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "results" / "sizes" / "tables" / "measures.csv").exists()
