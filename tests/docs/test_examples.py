"""Every example in the README and the tutorials runs."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
TUTORIALS = ("tutorial_planners.md", "tutorial_analysts.md")
FILE = re.compile(r"```toml file=(\S+)\n(.*?)```", re.DOTALL)
CONSOLE = re.compile(r"```console\n(.*?)```", re.DOTALL)


def downstream(words: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the command as a user would."""
    command = [sys.executable, "-c", "from simulator.cli import main; main()", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=900)


@pytest.mark.parametrize("tutorial", TUTORIALS)
def test_every_file_and_command_of_a_tutorial_works(tutorial: str, tmp_path: Path) -> None:
    text = (REPOSITORY / "docs" / tutorial).read_text(encoding="utf-8")
    shutil.copytree(REPOSITORY / "models", tmp_path / "models")
    for name, body in FILE.findall(text):
        (tmp_path / name).write_text(body, encoding="utf-8")

    commands = [line[2:] for block in CONSOLE.findall(text) for line in block.splitlines()]

    assert commands
    for command in commands:
        program, *words = shlex.split(command)
        assert program == "downstream"
        done = downstream(words, tmp_path)
        assert done.returncode == 0, f"{command}\n{done.stderr}"
        if words[0] == "run":
            assert (tmp_path / words[words.index("--out") + 1] / "report.html").exists()


def test_the_example_of_the_readme_is_the_shipped_experiment() -> None:
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    shipped = (REPOSITORY / "experiments" / "first_look.toml").read_text(encoding="utf-8")

    said = re.findall(r"```toml\n(.*?)```", readme, re.DOTALL)[0]

    for line in filter(None, said.splitlines()):
        assert line in shipped


def test_the_files_that_the_readme_and_the_docs_link_to_exist() -> None:
    for page in (REPOSITORY / "README.md", *sorted((REPOSITORY / "docs").glob("*.md"))):
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_every_shipped_model_and_experiment_passes_the_check() -> None:
    files = sorted([*(REPOSITORY / "models").glob("*.toml"), *(REPOSITORY / "experiments").glob("*.toml")])

    done = downstream(["check", *map(str, files)], REPOSITORY)

    assert done.returncode == 0, done.stderr
    assert len(files) >= 4
