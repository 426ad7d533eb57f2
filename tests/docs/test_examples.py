"""Every example in the README and the tutorials runs."""

import csv
import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from starting import done

from simulator.definition import load_experiment
from simulator.experiment.scenarios import compile_scenario

REPOSITORY = Path(__file__).resolve().parents[2]
TUTORIALS = ("tutorial_planners.md", "tutorial_analysts.md")
FILE = re.compile(r"```(?:toml|csv) file=(\S+)\n(.*?)```", re.DOTALL)
CONSOLE = re.compile(r"```console\n(.*?)```", re.DOTALL)
OUTPUT = re.compile(r"```text shown\n(.*?)```", re.DOTALL)


# What the pages say that their examples show: folder, scenario, measure, sign of the difference (0: none).
SHOWN = {
    "tutorial_planners.md": (
        ("my_question", "more_beds", "four_hour_share", 1),
        ("my_question", "virtual_ward", "four_hour_share", 0),
    ),
    "tutorial_analysts.md": (
        ("clinic_beds", "two_more_beds", "wait_for_a_bed", -1),
        ("town_plans", "care_plans", "attendances", 0),
        ("care_hiring", "hire_sooner", "waiting", -1),
        ("care_hiring", "hire_sooner", "workers", 1),
    ),
}


COMMAND = [sys.executable, "-c", "from simulator.cli import main; main()"]


def downstream(words: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the command as a user would, but that its imports were made before."""
    ended = done([*COMMAND, *words], folder=folder)
    return subprocess.CompletedProcess(words, ended.returncode or 0, *ended.communicate())


def begun_anew(words: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the command as a user would, from the beginning of Python."""
    return subprocess.run([*COMMAND, *words], cwd=folder, capture_output=True, text=True, timeout=900)


@pytest.mark.parametrize("tutorial", TUTORIALS)
def test_every_file_and_command_of_a_tutorial_works(tutorial: str, tmp_path: Path) -> None:
    text = (REPOSITORY / "docs" / tutorial).read_text(encoding="utf-8")
    shutil.copytree(REPOSITORY / "models", tmp_path / "models")
    for name, body in FILE.findall(text):
        (tmp_path / name).write_text(body, encoding="utf-8")

    commands = [line[2:] for block in CONSOLE.findall(text) for line in block.splitlines()]

    assert commands
    said: list[str] = []
    for command in commands:
        program, *words = shlex.split(command)
        assert program == "downstream"
        ended = downstream(words, tmp_path)
        assert ended.returncode == 0, f"{command}\n{ended.stderr}"
        said += ended.stdout.splitlines()
        if words[0] == "run":
            assert (tmp_path / words[words.index("--out") + 1] / "report.html").exists()
    assert set("".join(OUTPUT.findall(text)).splitlines()) <= set(said)
    for name, scenario, measure, sign in SHOWN[tutorial]:
        assert sign_of(tmp_path / "results" / name, scenario, measure) == sign, measure
    if tutorial == "tutorial_analysts.md":
        assert_people_come_less_often_by_themselves(tmp_path / "results" / "town_plans")
        assert_fewer_wait_where_hiring_is_quicker(tmp_path)


def sign_of(folder: Path, scenario: str, measure: str) -> int:
    """Say which way a difference goes; 0 where its interval holds nought."""
    summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    found = summary["differences"][scenario][measure]
    return int(found["low"] > 0) - int(found["high"] < 0)


def assert_people_come_less_often_by_themselves(folder: Path) -> None:
    """Hold that those enrolled come half as often afterwards, with the scheme and without."""
    with (folder / "tables" / "enrolments.csv").open(encoding="utf-8") as opened:
        found = {row["quantity"]: float(row["mean"]) for row in csv.DictReader(opened)}
    assert found["before"] > 3
    assert found["after"] < found["before"] / 2
    assert found["after_without"] < found["before"] / 2


def assert_fewer_wait_where_hiring_is_quicker(folder: Path) -> None:
    """Hold what the page says of home care after two years, and that the exported file gives the same."""
    waiting = {
        name: float((folder / f"{name}.csv").read_text(encoding="utf-8").splitlines()[-1].split(",")[1])
        for name in ("home_care", "hired_sooner", "same_again")
    }
    assert (round(waiting["home_care"]), round(waiting["hired_sooner"])) == (93, 40)
    assert waiting["same_again"] == waiting["home_care"]
    assert all((folder / name).exists() for name in ("home_care.html", "from_xmile.html"))


def test_the_commands_of_the_readme_are_known(tmp_path: Path) -> None:
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    commands = re.findall(r"^    \.venv/bin/downstream (.*?)(?: +#.*)?$", readme, re.MULTILINE)
    shutil.copytree(REPOSITORY / "models", tmp_path / "models")
    shutil.copytree(REPOSITORY / "experiments", tmp_path / "experiments")
    short = ["--set", "horizon='4 weeks'", "--replications", "1"]

    assert len(commands) == 4
    for command in commands:
        words = shlex.split(command)
        ended = begun_anew([*words, *(short if words[0] == "run" else ())], tmp_path)
        assert ended.returncode == 0, f"{command}\n{ended.stderr}"


def test_the_setting_that_the_readme_shows_bites_in_a_fiftieth_of_the_place() -> None:
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    (setting,) = re.findall(r"--set (\S+)", readme)
    experiment = REPOSITORY / "experiments" / "first_look.toml"

    as_it_is = compile_scenario(load_experiment(experiment), "baseline")[1].program
    as_set = compile_scenario(load_experiment(experiment, settings=[setting]), "baseline")[1].program

    place = as_it_is.names.resources.index(setting.split(".")[1])
    assert as_set.resources.capacity[place] > as_it_is.resources.capacity[place]


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

    ended = downstream(["check", *map(str, files)], REPOSITORY)

    assert ended.returncode == 0, ended.stderr
    assert len(files) >= 4
