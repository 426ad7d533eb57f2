"""XML into elements that know their lines; what could do harm is refused before anything is read.

No DOCTYPE, so no entities; no more than 16 MB; not too deep. A prefix ``isee:`` that a file uses and does not
declare, as some programs write it, is declared for it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from simulator.definition.files import read_text_file
from simulator.errors import DefinitionError, Fault

MOST_BYTES = 16 * 1024 * 1024
DEEPEST = 100
MOST_ELEMENTS = 1_000_000
ISEE = "http://iseesystems.com/XMILE"
ROOT = re.compile(r"<(?:\w+:)?xmile\b")
UNBOUND = re.compile(r"unbound prefix")


@dataclass(slots=True)
class Element:
    """One element: its tag without its namespace, what it says, what is in it, and its line."""

    tag: str
    line: int
    namespace: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    text: str = ""
    inner: list["Element"] = field(default_factory=list)

    def all(self, *tags: str) -> Iterator["Element"]:
        """Yield the elements of these tags directly inside."""
        return (one for one in self.inner if one.tag in tags)

    def first(self, tag: str) -> "Element | None":
        """Give the first element of a tag directly inside."""
        return next(self.all(tag), None)

    @property
    def words(self) -> str:
        """Give the text without space round it."""
        return self.text.strip()


def read_elements(path: Path) -> Element:
    """Read a file. Raises :class:`DefinitionError` with the line where it is no XMILE."""
    text = read_text_file(path, most_bytes=MOST_BYTES)
    root = parsed(text, str(path))
    if root.tag != "xmile":
        found = f"the file begins with <{root.tag[:40]}>, not with <xmile>; it is no XMILE file."
        raise DefinitionError(Fault(message=found, file=str(path), line=root.line))
    return root


def parsed(text: str, file: str) -> Element:
    """Parse XML text."""
    builder = _Builder()
    parser: Any = DefusedXMLParser(target=builder, forbid_dtd=True)
    builder.expat = parser.parser
    try:
        parser.feed(_repaired(text).encode("utf-8"))
        root: Element = parser.close()
    except DefusedXmlException:
        line = text[: max(0, text.find("<!"))].count("\n") + 1
        said = "holds a DOCTYPE or an entity, which could make it read other files; take it out."
        raise DefinitionError(Fault(message=said, file=file, line=line)) from None
    except _TooMuch as found:
        raise DefinitionError(
            Fault(message=str(found), file=file, line=parser.parser.CurrentLineNumber)
        ) from None
    except ParseError as found:
        raise DefinitionError(_of_syntax(found, file)) from None
    return root


class _TooMuch(Exception):
    """Say that a file is nested too deep or has too many elements."""


class _Builder:
    """What the parser tells, made into elements."""

    def __init__(self) -> None:
        self.expat: Any = None
        self.root: Element | None = None
        self._open: list[Element] = []
        self._count = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if len(self._open) >= DEEPEST:
            raise _TooMuch(f"nested more than {DEEPEST} deep.")
        if self._count > MOST_ELEMENTS:
            raise _TooMuch(f"more than {MOST_ELEMENTS:,} elements.")
        namespace, _, name = tag.rpartition("}")
        plain = {_plain(key): value for key, value in attributes.items()}
        made = Element(name, self.expat.CurrentLineNumber, namespace.lstrip("{"), plain)
        if self._open:
            self._open[-1].inner.append(made)
        else:
            self.root = made
        self._open.append(made)

    def end(self, tag: str) -> None:
        self._open.pop()

    def data(self, text: str) -> None:
        self._open[-1].text += text

    def close(self) -> Element | None:
        return self.root


def _plain(name: str) -> str:
    """Write an attribute without its namespace; those of isee systems keep the prefix."""
    namespace, _, plain = name.rpartition("}")
    return f"isee:{plain}" if "isee" in namespace else plain


def _repaired(text: str) -> str:
    root = ROOT.search(text)
    if root is None or "isee:" not in text or "xmlns:isee" in text:
        return text
    return f'{text[: root.end()]} xmlns:isee="{ISEE}"{text[root.end() :]}'


def _of_syntax(found: ParseError, file: str) -> Fault:
    line, _ = found.position
    message = str(found).partition(":")[0]
    if UNBOUND.search(message):
        message = "uses a prefix that it does not declare; add xmlns:prefix=… to <xmile>"
    elif message.startswith("no element found"):
        message = "ends before it is complete, or is empty"
    return Fault(message=f"cannot be read as XML: {message}.", file=file, line=line)
