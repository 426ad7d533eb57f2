"""Files into plain tables: guarded reading and TOML; nothing here knows what the words mean."""

import os
import re
import stat
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from simulator.definition.positions import Positions, Source
from simulator.definition.toml_lines import deepest_nesting
from simulator.definition.words import nearest
from simulator.errors import DefinitionError, Fault
from simulator.units import shown

MOST_BYTES = 16 * 1024 * 1024
MOST_FILES = 1_000
DEEPEST = 24
MOST_BITS = 128
MONSTER = re.compile(r"0[xob][0-9a-fA-F_]{32}|\d[\d_]{38}|[eE][+-]?\d{6}")
ADDRESS = re.compile(r"^[a-zA-Z][a-zA-Z0-9+.-]+:")
COMMENT, ELEMENT = re.compile(r"<!--.*?-->", re.DOTALL), re.compile(r"<([A-Za-z_][\w.:-]*)")
HEAD = 4_000  # letters in which an XML file says what it is
BYTE_ORDER_MARKS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
OPENING = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)

Table = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a file and its includes say, as plain tables, and what was wrong on the way."""

    raw: Table
    sources: tuple[Source, ...]
    faults: tuple[Fault, ...] = ()

    @property
    def positions(self) -> Positions:
        """Say where everything stands."""
        return Positions(sources=self.sources)


def read_draft(path: Path) -> Draft:
    """Read one file, without what it includes. Raises :class:`DefinitionError` where it is no TOML."""
    source = Source(str(path), read_text_file(path, most_bytes=MOST_BYTES))
    raw = parse(source)
    return Draft(raw=raw, sources=(source,))


def read_text_file(path: Path, *, most_bytes: int) -> str:
    """Read a regular file of UTF-8 text within a size; anything else is a located fault."""
    file = str(path)
    try:
        content = _bytes_of(path, most_bytes)
    except (OSError, ValueError) as error:
        raise DefinitionError(Fault(message=_why_unreadable(path, error), file=file)) from None
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            message = f"the file is {encoding}; save it as UTF-8."
            raise DefinitionError(Fault(message=message, file=file, line=1))
    content = content.removeprefix(b"\xef\xbb\xbf")
    if b"\x00" in content:
        line = content.count(b"\n", 0, content.index(b"\x00")) + 1
        raise DefinitionError(
            Fault(message="holds a NUL byte: UTF-16, or no text; save it as UTF-8.", file=file, line=line)
        )
    try:
        return content.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        found = f"byte 0x{content[error.start]:02X} is not UTF-8; the file may be Latin-1 or Windows-1252"
        raise DefinitionError(Fault(message=f"{found}; save it as UTF-8.", file=file, line=line)) from None


def parse(source: Source) -> Table:
    """Parse TOML; decimals stay exact."""
    try:
        raw = tomllib.loads(source.text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise DefinitionError(_syntax_fault(source, str(error))) from None
    except RecursionError:
        raise DefinitionError(_of_depth(source)) from None
    except (ValueError, ArithmeticError):
        raise DefinitionError(_of_digits(source)) from None
    if depth_of(raw) > DEEPEST:
        raise DefinitionError(_of_depth(source))
    if has_monster(raw):
        raise DefinitionError(_of_digits(source))
    return raw


def depth_of(raw: object) -> int:
    """Measure how deep tables and lists are nested, without recursion."""
    return max((depth for _, depth in _everything(raw)), default=0)


def has_monster(raw: object) -> bool:
    """Say whether there is a whole number that no quantity could be, and that cannot even be printed."""
    return any(isinstance(one, int) and one.bit_length() > MOST_BITS for one, _ in _everything(raw))


def _everything(raw: object) -> Iterator[tuple[object, int]]:
    pending = [(raw, 1)]
    while pending:
        here, depth = pending.pop()
        yield here, depth
        inside = here.values() if isinstance(here, dict) else here if isinstance(here, list) else ()
        pending.extend((one, depth + isinstance(one, dict | list)) for one in inside)


def inside(folder: Path, name: str) -> Path:
    """Resolve a name written in a file to a path inside the folder; raises ``ValueError`` saying why not."""
    if ADDRESS.match(name):
        raise ValueError(f"{shown(name)} is an address; only files beside the model are read.")
    if "\x00" in name or not name.strip():
        raise ValueError(f"{shown(name)} is not the name of a file.")
    if name.startswith(("/", "\\", "~")):
        raise ValueError(f"{shown(name)} is absolute; write it relative to the model's folder.")
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        raise ValueError(f"{shown(name)} leads out of the model's folder; put the file into that folder.")
    return path


def _bytes_of(path: Path, most: int) -> bytes:
    if not stat.S_ISREG(os.stat(path).st_mode):
        raise ValueError(_kind_of_file(os.stat(path).st_mode))
    with open(os.open(path, OPENING), "rb") as opened:
        if not stat.S_ISREG(os.fstat(opened.fileno()).st_mode):
            raise ValueError("not a regular file.")
        content = opened.read(most + 1)
    if len(content) > most:
        raise ValueError(f"larger than {most // 1024**2} MB, the most that is read.")
    return content


def _kind_of_file(mode: int) -> str:
    if stat.S_ISDIR(mode):
        return "a folder, not a file."
    if stat.S_ISFIFO(mode):
        return "a pipe, not a file."
    if stat.S_ISCHR(mode) or stat.S_ISBLK(mode):
        return "a device, not a file."
    return "not a regular file."


def _why_unreadable(path: Path, error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        try:
            beside = [one.name for one in path.parent.iterdir()]
        except OSError:
            beside = []
        return f"there is no such file.{nearest(path.name, beside)}"
    if isinstance(error, OSError):
        return f"cannot be read: {(error.strerror or 'unknown reason').lower()}."
    said = str(error)
    return "is not the name of a file." if "null" in said else f"is {said}"


def _of_depth(source: Source) -> Fault:
    _, line = deepest_nesting(source.text)
    return Fault(message=f"nested too deep; {DEEPEST} levels are the most.", file=source.file, line=line)


def _of_digits(source: Source) -> Fault:
    found = MONSTER.search(source.text)
    line = source.text.count("\n", 0, found.start()) + 1 if found else 1
    message = "a number of so many digits is out of all proportion."
    return Fault(message=message, file=source.file, line=line)


def _syntax_fault(source: Source, said: str) -> Fault:
    if _is_xmile(source.text):
        message = (
            "is XMILE, and a TOML file is wanted here. downstream stocks and downstream describe read XMILE, "
            "from a file whose name ends in .xmile or .stmx."
        )
        return Fault(message=message, file=source.file)
    found = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)$", said)
    line = int(found[1]) if found and found[1] else source.text.count("\n") + 1
    message = re.sub(r" \(at [^()]*\)$", "", said)
    lines = source.text.split("\n")
    text = lines[line - 1].strip() if line <= len(lines) else ""
    if message.startswith("Cannot overwrite a value"):
        message = _of_key_twice(lines, line)
        return Fault(message=message, file=source.file, line=line)
    return Fault(message=_plainly(message, text), file=source.file, line=line)


def _is_xmile(text: str) -> bool:
    """Say whether a text is XML whose outermost element is xmile, whatever stands before that."""
    head = text[:HEAD].lstrip()
    found = ELEMENT.search(COMMENT.sub("", head)) if head.startswith("<") else None
    return found is not None and found[1] == "xmile"


def _of_key_twice(lines: list[str], line: int) -> str:
    """Say which key of which table stands in two lines, and where it stands first."""
    key = lines[line - 1].partition("=")[0].strip()
    first, table = 0, ""
    for number, text in enumerate(lines[: line - 1], start=1):
        if text.lstrip().startswith("["):
            first, table = 0, text.partition("#")[0].strip()
        elif not first and text.partition("=")[0].strip() == key:
            first = number
    inside = f" in {table}" if table else ""
    before = f", first in line {first}" if first else ""
    return f"{shown(key)} is given twice{inside}{before}; keep one of them."


def _plainly(message: str, text: str) -> str:
    if message.startswith("Duplicate inline table key"):
        return f"{message[0].lower()}{message[1:]} is given twice; keep one of them."
    if message.startswith(("Cannot declare", "Cannot mutate", "Cannot redefine")):
        return f"{shown(text)} is given twice; keep one of them."
    if message.startswith("Invalid date"):
        return f"{shown(text)} holds a date that does not exist."
    if any(quote in text for quote in "“”„‘’"):
        return f'{shown(text)} holds curly quotation marks; use straight ones, ".'
    if message.startswith(("Illegal character '\\n'", "Unterminated string")):
        return f"{shown(text)} has a quotation mark that is never closed."
    if message.startswith("Invalid value"):
        return f'{shown(text)} cannot be read; text and quantities stand in quotation marks: "35 min".'
    return f"{shown(text)} cannot be read as TOML: {message[:1].lower()}{message[1:]}."
