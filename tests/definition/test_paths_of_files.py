"""Nothing outside the model's folder is read, and nothing that is not a regular file."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from simulator.definition import Model, load_model
from simulator.errors import DefinitionError

Faults = Callable[..., str]
Load = Callable[..., Model]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("../../etc/passwd", "leads out of the model's folder"),
        ("/etc/passwd", "is absolute"),
        ("~/x.csv", "is absolute"),
        ("link.csv", "leads out of the model's folder"),
        ("linked/x.csv", "leads out of the model's folder"),
        ("file:///etc/passwd", "is an address"),
        ("http://example.org/x.csv", "is an address"),
        ("/dev/zero", "is absolute"),
        ("pipe.csv", "is a pipe, not a file"),
        (".", "is a folder, not a file"),
        ("nope.csv", "there is no such file"),
        ("a\\u0000b", "is not the name of a file"),
        ("x" * 5_000, "file name too long"),
    ],
)
def test_a_data_file_is_a_regular_file_inside_the_folder(
    tmp_path: Path, faults: Faults, name: str, said: str
) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "link.csv").symlink_to("/etc/hostname")
    (tmp_path / "linked").symlink_to("/etc")

    found = faults(('duration = "4 days"', f'duration = {{ empirical = "{name}" }}'))

    assert found.startswith("model.toml:10: activities.ward.duration.empirical: ")
    assert said in found
    assert len(found.splitlines()) == 1


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("../*.toml", "leads out of the model's folder"),
        ("/etc/*.toml", "is absolute"),
        ("link.toml", "leads out of the model's folder"),
        ("file://x.toml", "is an address"),
        ("nope/*.toml", "matches no file"),
        ("data.csv", "does not end in .toml"),
        ("pipe.toml", "is a pipe, not a file"),
        ("sub.toml", "is a folder, not a file"),
    ],
)
def test_an_included_file_is_a_regular_file_inside_the_folder(
    tmp_path: Path, faults: Faults, pattern: str, said: str
) -> None:
    os.mkfifo(tmp_path / "pipe.toml")
    (tmp_path / "sub.toml").mkdir()
    (tmp_path / "link.toml").symlink_to("/etc/hostname")

    assert said in faults(first=f'include = ["{pattern}"]\n')


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nope.toml", "there is no such file"),
        (".", "is a folder, not a file"),
        ("pipe.toml", "is a pipe, not a file"),
        ("/dev/zero", "is a device, not a file"),
        ("a\0b", "is not the name of a file"),
    ],
)
def test_a_model_is_a_regular_file(tmp_path: Path, name: str, said: str) -> None:
    os.mkfifo(tmp_path / "pipe.toml")

    with pytest.raises(DefinitionError, match=said):
        load_model(tmp_path / name)


def test_a_file_that_is_not_there_is_told_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "place.toml").touch()

    with pytest.raises(DefinitionError, match=r"there is no such file. Did you mean 'place.toml'\?"):
        load_model(tmp_path / "plase.toml")


def test_where_an_include_fails_nothing_else_is_said(faults: Faults) -> None:
    said = faults(("[resources.beds]\ncapacity = 10\n", ""), first='include = ["../beds.toml"]\n')

    assert said.startswith("model.toml:1: include.0: '../beds.toml' leads out of the model's folder; ")
    assert said.endswith("put the file into that folder.")
    assert "\n" not in said


def test_included_files_join_the_model_in_any_order(tmp_path: Path, model: Load) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "b.toml").write_text("[resources.chairs]\ncapacity = 4\n")
    (tmp_path / "more" / "a.toml").write_text('schema_version = 1\n[organisations.city]\nname = "City"\n')

    joined = model(first='include = ["more/*.toml"]\n')

    assert sorted(joined.resources) == ["beds", "chairs"]
    assert joined.organisations["city"].name == "City"


def test_a_fault_in_an_included_file_is_located_there(tmp_path: Path, faults: Faults) -> None:
    (tmp_path / "more.toml").write_text("\n[resources.chairs]\ncapcity = 4\n")

    said = faults(first='include = ["more.toml"]\n')

    assert "more.toml:3: resources.chairs.capcity: unknown key" in said


def test_a_thing_given_in_two_files_is_refused(tmp_path: Path, faults: Faults) -> None:
    (tmp_path / "more.toml").write_text("[resources.beds]\ncapacity = 4\n")

    said = faults(first='include = ["more.toml"]\n')

    assert said == "more.toml:1: resources.beds: is given twice; the first is at model.toml:4."


def test_an_included_file_may_include_others_and_each_is_read_once(tmp_path: Path, model: Load) -> None:
    (tmp_path / "more.toml").write_text('include = ["model.toml", "more.toml", "even.toml"]\n')
    (tmp_path / "even.toml").write_text('include = ["more.toml"]\n[resources.chairs]\ncapacity = 4\n')

    assert sorted(model(first='include = ["more.toml", "even.toml"]\n').resources) == ["beds", "chairs"]


def test_a_fault_in_what_an_included_file_includes_is_located_there(tmp_path: Path, faults: Faults) -> None:
    (tmp_path / "more.toml").write_text('\ninclude = ["none.toml"]\n')

    assert "more.toml:2: include.0: 'none.toml' matches no file." in faults(first='include = ["more.toml"]\n')


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("", "the data file is empty"),
        ("los_days\n", "a header and no values"),
        ("id,los_days\n1,2\n", 'say which: column = "…", of id, los_days'),
        ("los_days\n1\nx\n", "row 3 of the data file holds 'x'"),
        ("los_days\nnan\n", "row 2 of the data file holds 'nan'"),
        ("los\n1\n", "has no unit"),
        ("los_days\n-1\n", "is not allowed"),
    ],
)
def test_a_data_file_of_another_shape_is_refused(
    tmp_path: Path, faults: Faults, rows: str, said: str
) -> None:
    (tmp_path / "stays.csv").write_text(rows)

    assert said in faults(('duration = "4 days"', 'duration = { empirical = "stays.csv" }'))


@pytest.mark.parametrize(
    ("rows", "law"),
    [
        ("los_days\n1\n2.5\n", '"stays.csv"'),
        ("1 day\n2.5 days\n", '"stays.csv"'),
        ("id,los\n7,24\n8,60\n", '{ file = "stays.csv", column = "los", unit = "hours" }'),
    ],
)
def test_an_empirical_law_reads_its_column(tmp_path: Path, model: Load, rows: str, law: str) -> None:
    (tmp_path / "stays.csv").write_text(rows)

    duration = (
        model(('duration = "4 days"', f"duration = {{ empirical = {law} }}")).activities["ward"].duration
    )

    assert duration.single is not None
    assert [float(value) for value in duration.single.values] == [86_400, 216_000]
