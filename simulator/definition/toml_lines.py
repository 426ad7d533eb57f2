"""On which line of a TOML text each key and each item of a list begins.

``tomllib`` says what a file holds but not where. This scanner reads a text that ``tomllib`` has accepted
and follows only what moves the path: headers, keys, inline tables, lists and strings.
"""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from simulator.definition.faults import Path

BLANK = " \t\r"
VOID = " \t\r\n"
ENDS_OF_VALUE = ",]}\n#"
DEEPEST = 64
# A model and all that it includes, a few times over: an experiment reads them for each of its scenarios.
MOST_KEPT = 128


@lru_cache(maxsize=MOST_KEPT)
def lines_of_paths(text: str) -> Mapping[Path, int]:
    """Map the path of every key and list item to its line, counted from 1; a text is read through once."""
    return MappingProxyType(_Scanner(text).scan())


def deepest_nesting(text: str) -> tuple[int, int]:
    """Give the deepest nesting of brackets outside strings and comments, and its line; never fails."""
    scanner = _Scanner(text)
    depth, deepest, line = 0, 0, 1
    while scanner.at < len(text):
        letter = text[scanner.at]
        if letter in "\"'":
            scanner.skip_string()
            continue
        if letter == "#":
            scanner.skip_comment()
            continue
        if letter in "[{":
            depth += 1
            if depth > deepest:
                deepest, line = depth, scanner.line
        elif letter in "]}":
            depth = max(0, depth - 1)
        scanner.step()
    return deepest, line


class _Scanner:
    """A place in a text, moving forward, and what it has passed."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.line = 1
        self.found: dict[Path, int] = {}
        self.counts: dict[Path, int] = {}

    def scan(self) -> dict[Path, int]:
        """Pass over the whole text."""
        table: Path = ()
        while self.skip(VOID):
            if self.text[self.at] == "#":
                self.skip_comment()
            elif self.text[self.at] == "[":
                table = self.header()
            else:
                self.pair(table)
        return self.found

    def header(self) -> Path:
        """Pass a table header and give the path that follows it."""
        line = self.line
        brackets = 2 if self.text.startswith("[[", self.at) else 1
        self.step(brackets)
        path = self.within_lists(self.key())
        self.step(brackets)
        if brackets == 2:
            place = self.counts[path] = self.counts.get(path, -1) + 1
            self.found.setdefault(path, line)
            path = (*path, place)
        self.mark(path, line)
        return path

    def within_lists(self, keys: Path) -> Path:
        """Follow keys from the top, into the last table of each list of tables on the way."""
        path: Path = ()
        for key in keys[:-1]:
            path = (*path, key)
            if path in self.counts:
                path = (*path, self.counts[path])
        return (*path, *keys[-1:])

    def pair(self, table: Path) -> None:
        """Pass one key with its value."""
        line = self.line
        path = (*table, *self.key())
        self.mark(path, line)
        self.step()
        self.value(path)

    def mark(self, path: Path, line: int) -> None:
        """Keep the line of a path, and of those above it that have none yet."""
        for length in range(1, len(path) + 1):
            self.found.setdefault(path[:length], line)
        self.found[path] = line

    def key(self) -> Path:
        """Pass a dotted key."""
        parts: list[str | int] = []
        while True:
            self.skip(BLANK)
            if self.text[self.at] in "\"'":
                parts.append(self.string())
            else:
                begin = self.at
                while self.text[self.at] not in " \t.=]\r\n":
                    self.step()
                parts.append(self.text[begin : self.at])
            self.skip(BLANK)
            if self.at >= len(self.text) or self.text[self.at] != ".":
                return tuple(parts)
            self.step()

    def value(self, path: Path) -> None:
        """Pass a value, and mark what is inside it."""
        self.skip(BLANK)
        letter = self.text[self.at]
        if letter == "[":
            self.items(path)
        elif letter == "{":
            self.inline_table(path)
        elif letter in "\"'":
            self.skip_string()
        else:
            while self.at < len(self.text) and self.text[self.at] not in ENDS_OF_VALUE:
                self.step()

    def items(self, path: Path) -> None:
        """Pass a list."""
        self.step()
        place = 0
        while self.skip_to_next() != "]":
            self.mark((*path, place), self.line)
            self.value((*path, place))
            place += 1
        self.step()

    def inline_table(self, path: Path) -> None:
        """Pass a table in braces."""
        self.step()
        while self.skip_to_next() != "}":
            self.pair(path)
        self.step()

    def skip_to_next(self) -> str:
        """Pass blanks, commas and comments inside brackets; give the letter that follows."""
        while self.skip(VOID + ","):
            if self.text[self.at] != "#":
                return self.text[self.at]
            self.skip_comment()
        raise ValueError("the text ends inside brackets")

    def string(self) -> str:
        """Pass a string and give what it says, escapes undone."""
        begin = self.at
        self.skip_string()
        said = self.text[begin : self.at]
        if said[0] == "'" or "\\" not in said:
            return said[1:-1]
        return said[1:-1].encode("raw_unicode_escape").decode("unicode_escape")

    def skip_string(self) -> None:
        """Pass a string of any of the four kinds."""
        quote = self.text[self.at]
        ends = quote * 3 if self.text.startswith(quote * 3, self.at) else quote
        self.step(len(ends))
        while self.at < len(self.text) and not self.text.startswith(ends, self.at):
            if len(ends) == 1 and self.text[self.at] == "\n":
                return
            self.step(2 if quote == '"' and self.text[self.at] == "\\" else 1)
        self.step(len(ends))
        while len(ends) == 3 and self.at < len(self.text) and self.text[self.at] == quote:
            self.step()

    def skip_comment(self) -> None:
        """Pass the rest of the line."""
        end = self.text.find("\n", self.at)
        self.at = len(self.text) if end < 0 else end

    def skip(self, letters: str) -> bool:
        """Pass any of these letters; say whether the text goes on."""
        while self.at < len(self.text) and self.text[self.at] in letters:
            self.step()
        return self.at < len(self.text)

    def step(self, count: int = 1) -> None:
        """Pass so many letters, counting lines."""
        self.line += self.text.count("\n", self.at, self.at + count)
        self.at += count
