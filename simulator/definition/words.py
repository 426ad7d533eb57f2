"""Names and texts of a file: what an id may look like, what a text may hold, and the nearest known word."""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated

from pydantic import PlainValidator, WithJsonSchema

from simulator.definition.faults import Complaints, wrong
from simulator.units import shown

LONGEST_ID = 64
LONGEST_TEXT = 4_000
ID = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
DEVICE_NAMES = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))]
)
INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
PLAIN_BREAKS = "\n\t"


def read_id(raw: object) -> str:
    """Read an id: a small letter, then small letters, digits and underscores."""
    if not isinstance(raw, str):
        raise wrong(f"{shown(str(raw))} is not an id; write it in quotation marks.")
    if fault := fault_of_id(raw):
        raise wrong(fault)
    return raw


def read_resource_id(raw: object) -> str:
    """Read the id of a resource, or of one of each site or locality, ``gp_slots@north_road``."""
    if not isinstance(raw, str) or "@" not in raw:
        return read_id(raw)
    name, _, place = raw.partition("@")
    return f"{read_id(name)}@{read_id(place)}"


def fault_of_id(name: str) -> str | None:
    """Say what is wrong with an id, or nothing."""
    rule = "an id is a small letter, then small letters, digits and underscores"
    if len(name) > LONGEST_ID:
        return f"{shown(name)} is {len(name):,} letters long; an id has at most {LONGEST_ID}."
    if name in DEVICE_NAMES:
        return f"{shown(name)} is the name of a device on Windows; choose another id."
    if ID.fullmatch(name):
        return None
    tidy = re.sub(r"[^a-z0-9_]+", "_", name.lower()).strip("_")
    hint = f" Did you mean '{tidy}'?" if ID.fullmatch(tidy) else ""
    return f"{shown(name)} is not an id; {rule}.{hint}"


def read_text(raw: object) -> str:
    """Read a text for people: no invisible letters, no more than a few paragraphs."""
    if not isinstance(raw, str):
        raise wrong(f"{shown(str(raw))} is not text; write it in quotation marks.")
    if len(raw) > LONGEST_TEXT:
        raise wrong(f"{shown(raw)} is {len(raw):,} letters long; {LONGEST_TEXT:,} is the most.")
    for letter in raw:
        if letter not in PLAIN_BREAKS and unicodedata.category(letter) in INVISIBLE:
            raise wrong(f"{shown(raw)} holds the invisible letter U+{ord(letter):04X}; take it out.")
    return raw


def read_flag(raw: object) -> bool:
    """Read true or false, and nothing else."""
    if not isinstance(raw, bool):
        raise wrong(f"{shown(str(raw))} is neither true nor false.")
    return raw


def nearest(word: str, known: Iterable[str]) -> str:
    """Suggest the known word that is most like the one found, as a sentence, or nothing."""
    names = sorted(known)
    said = word[:LONGEST_ID].lower()
    near = difflib.get_close_matches(said, names, n=1, cutoff=0.6)
    if not near and len(said) > 2:
        near = [name for name in names if name.startswith(said) or said.startswith(f"{name}_")]
    return f" Did you mean '{near[0]}'?" if near else ""


def one_of(raw: object, known: Iterable[str]) -> str:
    """Read one word of a short list."""
    words = tuple(known)
    if not isinstance(raw, str) or raw not in words:
        listed = ", ".join(words)
        raise wrong(f"{shown(str(raw))} is not known; allowed are {listed}.{nearest(str(raw), words)}")
    return raw


Id = Annotated[
    str,
    PlainValidator(read_id),
    WithJsonSchema({"type": "string", "pattern": "^[a-z][a-z0-9_]*$", "maxLength": LONGEST_ID}),
]
ResourceId = Annotated[
    str,
    PlainValidator(read_resource_id),
    WithJsonSchema({"type": "string", "pattern": "^[a-z][a-z0-9_]*(@[a-z][a-z0-9_]*)?$"}),
]
Text = Annotated[
    str, PlainValidator(read_text), WithJsonSchema({"type": "string", "maxLength": LONGEST_TEXT})
]
Flag = Annotated[bool, PlainValidator(read_flag), WithJsonSchema({"type": "boolean"})]


def keys_read(raw: Mapping[str, object], words: Sequence[str], *, needed: Iterable[str] = ()) -> Complaints:
    """Begin the complaints about a table: keys that are not among ``words``, and those that it lacks."""
    complaints = Complaints()
    for word in raw:
        if word not in words:
            complaints.add(f"unknown key; allowed are {', '.join(words)}.{nearest(word, words)}", word)
    for word in needed:
        if word not in raw:
            complaints.add(f"'{word}' is missing.")
    return complaints
