"""The words of an equation: numbers, names, signs; two dialects, our own and that of XMILE files."""

import re
from dataclasses import dataclass
from enum import Enum

LONGEST_EQUATION = 20_000
LONGEST_NAME = 200
NUMBER = re.compile(r"(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
OWN_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII)
FREE_NAME = re.compile(r"\.?[^\W\d][\w$.]*|[$_][\w$.]*")
SIGN = re.compile(r"<>|!=|==|<=|>=|\*\*|&&|\|\||[-+*/^()\[\],=<>!]")
SAME_SIGN = {"==": "=", "!=": "<>", "&&": "and", "||": "or", "!": "not"}
WORDS = ("if", "then", "else", "and", "or", "not", "mod")
SPACES = re.compile(r"(?:[\s_\u00a0]|\\n|\\r|\\t)+")


class Dialect(Enum):
    """How names are written: our ids, or the free names of XMILE, which may be quoted."""

    OWN = "own"
    XMILE = "xmile"


class Kind(Enum):
    """What a token is."""

    NUMBER = "number"
    NAME = "name"
    WORD = "word"
    SIGN = "sign"
    END = "end"


class Misread(ValueError):
    """Say what is wrong with the text of an equation."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word of an equation, and the letter at which it begins."""

    kind: Kind
    text: str
    at: int


def canonical(name: str) -> str:
    """Write a name as equations refer to it: small letters, one underscore for any stretch of space."""
    return SPACES.sub("_", name.strip()).lower()


def tokens_of(text: str, dialect: Dialect) -> list[Token]:
    """Split an equation into its words, the end included. Raises :class:`Misread`."""
    if len(text) > LONGEST_EQUATION:
        raise Misread(f"the equation is {len(text):,} letters long; {LONGEST_EQUATION:,} is the most.")
    found, at = [], 0
    while (at := _past_space(text, at, dialect=dialect)) < len(text):
        token, at = _next(text, at, dialect=dialect)
        found.append(token)
    return [*found, Token(Kind.END, "", len(text))]


def _next(text: str, at: int, *, dialect: Dialect) -> tuple[Token, int]:
    if number := NUMBER.match(text, at):
        return Token(Kind.NUMBER, number[0], at), number.end()
    if dialect is Dialect.XMILE and text[at] == '"':
        return _quoted(text, at)
    pattern = FREE_NAME if dialect is Dialect.XMILE else OWN_NAME
    if name := pattern.match(text, at):
        return _named(name[0], at, dialect=dialect), name.end()
    if sign := SIGN.match(text, at):
        return _signed(sign[0], at), sign.end()
    raise Misread(f"{_shown(text[at])} at letter {at + 1} has no meaning in an equation.")


def _named(name: str, at: int, *, dialect: Dialect) -> Token:
    if len(name) > LONGEST_NAME:
        raise Misread(f"a name of {len(name):,} letters at letter {at + 1}; {LONGEST_NAME} is the most.")
    if "__" in name and dialect is Dialect.OWN:
        raise Misread(f"{_shown(name)} is no name of a model; ids have no double underscores in equations.")
    word = canonical(name) if dialect is Dialect.XMILE else name
    return Token(Kind.WORD if word.lower() in WORDS else Kind.NAME, word, at)


def _signed(sign: str, at: int) -> Token:
    if sign == "**":
        raise Misread(f"'**' at letter {at + 1} is not known; write a power with ^.")
    same = SAME_SIGN.get(sign, sign)
    return Token(Kind.WORD if same in WORDS else Kind.SIGN, same, at)


def _quoted(text: str, at: int) -> tuple[Token, int]:
    end = at + 1
    while end < len(text) and text[end] != '"':
        end += 2 if text[end] == "\\" else 1
    if end >= len(text):
        raise Misread(f"the quotation mark at letter {at + 1} is never closed.")
    name = text[at + 1 : end].replace('\\"', '"').replace("\\\\", "\\")
    if len(name) > LONGEST_NAME:
        raise Misread(f"a name of {len(name):,} letters at letter {at + 1}; {LONGEST_NAME} is the most.")
    return Token(Kind.NAME, canonical(name), at), end + 1


def _past_space(text: str, at: int, *, dialect: Dialect) -> int:
    """Pass over space and, in XMILE, over comments in braces."""
    while at < len(text):
        if text[at].isspace() or text[at] == "\u00a0":
            at += 1
        elif text[at] == "{" and dialect is Dialect.XMILE:
            closing = text.find("}", at)
            if closing < 0:
                raise Misread(f"the comment at letter {at + 1} is never closed; }} is missing.")
            at = closing + 1
        else:
            break
    return at


def _shown(found: str) -> str:
    printable = "".join(letter if letter.isprintable() else "?" for letter in found[:40])
    return f"'{printable}'"
