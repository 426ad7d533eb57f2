"""Every key and list item of a TOML text is found on its line."""

import tomllib
from pathlib import Path

import pytest

from simulator.definition.toml_lines import deepest_nesting, lines_of_paths

REPOSITORY = Path(__file__).resolve().parents[2]

TEXT = '''\
title = "a # no comment [x]"   # a comment = 3
[a.b]
c = { d = 1, "e.f" = [1,
  2, { g = """
x = 1
[not.a.table]
""" }], h.i = 2 }
\tj.k = 'it''s' # [
'quoted key' = 2025-04-01
[[list]]
x = 1
[list.under]
y = [
  # comment
  [1, 2],
  "]",
]
[[list]]
x = "\\"\\\\"
'''.replace("'it''s'", "'its'")


def test_every_path_is_on_its_line() -> None:
    found = lines_of_paths(TEXT)

    assert {
        ("title",): 1,
        ("a",): 2,
        ("a", "b"): 2,
        ("a", "b", "c", "d"): 3,
        ("a", "b", "c", "e.f", 0): 3,
        ("a", "b", "c", "e.f", 1): 4,
        ("a", "b", "c", "e.f", 2, "g"): 4,
        ("a", "b", "c", "h", "i"): 7,
        ("a", "b", "j", "k"): 8,
        ("a", "b", "quoted key"): 9,
        ("list",): 10,
        ("list", 0, "x"): 11,
        ("list", 0, "under", "y"): 13,
        ("list", 0, "under", "y", 0, 1): 15,
        ("list", 0, "under", "y", 1): 16,
        ("list", 1): 18,
        ("list", 1, "x"): 19,
    }.items() <= found.items()


@pytest.mark.parametrize("path", sorted(REPOSITORY.glob("models/**/*.toml")), ids=lambda path: path.stem)
def test_every_path_of_a_shipped_file_has_a_line(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    found = lines_of_paths(text)

    assert set(paths_of(tomllib.loads(text), ())) == set(found)


def test_nesting_is_measured_in_any_text() -> None:
    assert deepest_nesting("a = 1\nb = [[{\n") == (3, 2)
    assert deepest_nesting('a = "[[[[" # [[[') == (0, 1)
    assert deepest_nesting('a = "unfinished [[\n[b]')[0] == 1


def paths_of(found: object, above: tuple[str | int, ...]) -> list[tuple[str | int, ...]]:
    inside = found.items() if isinstance(found, dict) else enumerate(found) if isinstance(found, list) else ()
    return [path for key, one in inside for path in ((*above, key), *paths_of(one, (*above, key)))]
