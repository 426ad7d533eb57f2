"""Every broken file in ``tests/bad_input`` is told all its faults, word for word, in one pass.

``said.txt`` beside the files holds what is said of each; whoever changes a message changes it there.
"""

from pathlib import Path

import pytest

from simulator.definition import check_files

FOLDER = Path(__file__).resolve().parents[1] / "bad_input"
BROKEN = sorted(path.name for path in FOLDER.glob("*.toml"))


def expected() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in (FOLDER / "said.txt").read_text(encoding="utf-8").splitlines():
        name, _, rest = line.partition(" < ")
        found.setdefault(name, []).append(rest)
    return found


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_told_all_its_faults(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FOLDER)

    said = [str(fault) for fault in check_files([name])]

    assert said == expected()[name]


def test_every_broken_file_is_there_for_a_reason() -> None:
    assert sorted(expected()) == BROKEN
