"""Files that are no model files say so, at the line."""

from collections.abc import Callable
from pathlib import Path

import pytest

from simulator.definition import Model, load_model, vocabulary
from simulator.errors import DefinitionError

Faults = Callable[..., str]
Load = Callable[..., Model]


def refusal_of(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    with pytest.raises(DefinitionError) as refusal:
        load_model(path)
    return str(refusal.value).replace(f"{path.parent}/", "")


@pytest.mark.parametrize("text", ["", "# only a comment\n", "\n\n"])
def test_an_empty_file_is_told_what_it_lacks(tmp_path: Path, text: str) -> None:
    said = refusal_of(tmp_path / "model.toml", text.encode())

    assert "model.toml:1: schema_version: is missing; it is required." in said
    assert "no activities" in said


def test_a_key_given_twice_is_refused_at_its_line(faults: Faults) -> None:
    said = faults(more='resource = "beds"\n')

    assert said.startswith("model.toml:11: 'resource' is given twice in [activities.ward], first in line 9; ")


def test_a_table_given_twice_is_refused_at_its_line(faults: Faults) -> None:
    said = faults(more="[resources.beds]\ncapacity = 3\n")

    assert said == "model.toml:11: '[resources.beds]' is given twice; keep one of them."


@pytest.mark.parametrize("value", ["nan", "inf", "-inf", "+nan"])
def test_a_number_that_is_not_finite_is_refused(faults: Faults, value: str) -> None:
    said = faults(("capacity = 10", f"capacity = {value}"))

    assert said.startswith("model.toml:4: resources.beds.capacity: ")
    assert "not a finite number" in said


@pytest.mark.parametrize("value", ["1e999", "9" * 5_000, "9" * 4_000, "0x" + "f" * 6_000, "1e" + "9" * 20])
def test_a_monstrous_number_is_refused_at_its_line(faults: Faults, value: str) -> None:
    said = faults(("capacity = 10", f"capacity = {value}"))

    assert said.startswith("model.toml:4: ")
    assert "out of all proportion" in said


def test_a_date_that_does_not_exist_is_refused(faults: Faults) -> None:
    said = faults(("2025-04-01", "2025-04-31"))

    assert said == "model.toml:2: 'starts = 2025-04-31' holds a date that does not exist."


def test_tabs_line_ends_and_a_byte_order_mark_change_nothing(tmp_path: Path, model: Load, ward: str) -> None:
    path = tmp_path / "other.toml"
    path.write_bytes(b"\xef\xbb\xbf" + ward.replace("\n", "\r\n").replace(" = ", "\t=\t").encode())

    assert load_model(path) == model()


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-16", "model.toml:1: the file is UTF-16; save it as UTF-8."),
        ("utf-16-le", "model.toml:1: holds a NUL byte: UTF-16, or no text; save it as UTF-8."),
        ("utf-32", "model.toml:1: the file is UTF-32; save it as UTF-8."),
    ],
)
def test_another_encoding_is_named(tmp_path: Path, ward: str, encoding: str, said: str) -> None:
    assert refusal_of(tmp_path / "model.toml", ward.encode(encoding)) == said


def test_latin_1_is_named_with_its_line(tmp_path: Path, ward: str) -> None:
    said = refusal_of(tmp_path / "model.toml", (ward + 'title = "Café"').encode("latin-1"))

    assert said.startswith("model.toml:11: byte 0xE9 is not UTF-8; the file may be Latin-1")


@pytest.mark.parametrize(
    "deep",
    [
        "[activities.x]\nduration = " + "[" * 500 + "]" * 500,
        "[activities.x]\nduration = " + "{ a = " * 500 + "1" + "}" * 500,
        f"[{'.'.join('a' * 500)}]",
        "x = " + "[" * 100_000,
    ],
)
def test_nesting_500_deep_is_refused(faults: Faults, deep: str) -> None:
    assert "nested too deep; 24 levels are the most." in faults(more=deep)


def test_a_file_of_200_megabytes_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "model.toml"
    with path.open("wb") as opened:
        opened.truncate(200 * 1024 * 1024)

    with pytest.raises(DefinitionError, match="larger than 16 MB"):
        load_model(path)


def test_a_misspelt_key_is_told_the_right_one(faults: Faults) -> None:
    said = faults(("capacity", "capcity"))

    assert "model.toml:4: resources.beds.capcity: unknown key 'capcity'; allowed are " in said
    assert "Did you mean 'capacity'?" in said


def test_an_unknown_table_is_told_the_right_one(faults: Faults) -> None:
    said = faults(more="[resource.chairs]\ncapacity = 3\n")

    assert said.startswith("model.toml:11: resource: unknown key 'resource'; allowed are schema_version, ")
    assert said.endswith("Did you mean 'resources'?")


@pytest.mark.parametrize(
    ("version", "said"),
    [
        ("", "schema_version: is missing; it is required."),
        ("schema_version = 2\n", "2 is newer than this program, which reads 1"),
        ('schema_version = "1"\n', "'1' is not a version; write schema_version = 1."),
        ("schema_version = true\n", "'True' is not a version"),
    ],
)
def test_the_version_of_the_vocabulary_must_be_ours(faults: Faults, version: str, said: str) -> None:
    assert said in faults(("schema_version = 1\n", version))


def test_curly_quotation_marks_are_named(faults: Faults) -> None:
    assert "curly quotation marks" in faults(('"4 days"', "“4 days”"))


def test_a_quantity_without_quotation_marks_is_advised(faults: Faults) -> None:
    assert 'stand in quotation marks: "35 min"' in faults(('"1 per day"', "per day"))


def test_all_faults_are_told_in_one_pass(faults: Faults) -> None:
    said = faults(
        ("capacity = 10", 'capcity = 10\nowner = "nobody"\nroom = -1'),
        ('"beds"', '"bed"'),
        ("1 per day", "1 per dya"),
        ('"ward"', '"wad"'),
    )

    paths = [line.split(": ")[1] for line in said.splitlines()]
    assert paths == [
        "resources.beds.capacity",
        "resources.beds.capcity",
        "resources.beds.owner",
        "resources.beds.room",
        "referrals.stroke.rate",
        "referrals.stroke.starts_at.wad",
        "activities.ward.resource",
    ]
    assert all(line.startswith("model.toml:") for line in said.splitlines())


def test_a_key_of_the_vocabulary_that_is_not_built_says_so(
    faults: Faults, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vocabulary, "_PATTERNS", (("resources", "*", "colour"),))

    said = faults(("capacity = 10", 'capacity = 10\ncolour = "red"'))

    assert said.startswith("model.toml:5: resources.beds.colour: 'colour' is part of the vocabulary")
