"""Text into a tree: a precedence parser that knows numbers, names, calls and nothing else.

From the loosest to the tightest: ``or``; ``and``; comparisons; ``+ -``; ``* / mod``; ``-`` and ``not`` before
a thing; ``^``, which groups from the right and may have a sign after it. So ``-2^2`` is −4 and ``2^3^2`` is
2^9.
"""

from simulator.equations.tokens import Dialect, Kind, Misread, Token, tokens_of
from simulator.equations.tree import Binary, Call, Choice, Name, Number, Tree, Unary, depth_of

DEEPEST = 120
MOST_DEPTH_OF_TREE = 250
BINDING = {
    "or": 1,
    "and": 2,
    "=": 3,
    "<>": 3,
    "<": 3,
    "<=": 3,
    ">": 3,
    ">=": 3,
    "+": 4,
    "-": 4,
    "*": 5,
    "/": 5,
    "mod": 5,
}
BINDING_OF_SIGN = 6
LARGEST = 1e300


def parse(text: str, dialect: Dialect = Dialect.OWN) -> Tree:
    """Read an equation. Raises :class:`Misread` saying what was found and at which letter."""
    reader = _Reader(tokens_of(text, dialect))
    if reader.peek().kind is Kind.END:
        raise Misread("the equation is empty.")
    tree = reader.expression(0, depth=0)
    if reader.peek().kind is not Kind.END:
        raise Misread(f"{reader.found} where the equation should end.")
    if depth_of(tree) > MOST_DEPTH_OF_TREE:
        raise Misread(f"more than {MOST_DEPTH_OF_TREE} steps one inside another; name some parts of it.")
    return tree


class _Reader:
    """The place in a list of tokens, and what may follow there."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._place = 0

    def peek(self) -> Token:
        return self._tokens[self._place]

    @property
    def found(self) -> str:
        here = self.peek()
        return "the end" if here.kind is Kind.END else f"'{here.text[:40]}' at letter {here.at + 1}"

    def take(self) -> Token:
        here = self.peek()
        self._place += 1
        return here

    def has(self, text: str) -> bool:
        """Say whether a sign or word comes next, and pass it if so."""
        here = self.peek()
        is_next = here.kind in (Kind.SIGN, Kind.WORD) and here.text.lower() == text
        self._place += is_next
        return is_next

    def expect(self, text: str, *, where: str) -> None:
        if not self.has(text):
            raise Misread(f"{self.found}; '{text}' is missing {where}.")

    def expression(self, least: int, *, depth: int) -> Tree:
        """Read what binds at least so tightly."""
        if depth > DEEPEST:
            raise Misread(f"nested more than {DEEPEST} deep at letter {self.peek().at + 1}; name some parts.")
        left = self._signed(depth)
        while (binding := self._binding()) is not None and binding > least:
            operator = self.take().text.lower()
            left = Binary(operator, left, self.expression(binding, depth=depth + 1))
        return left

    def _binding(self) -> int | None:
        here = self.peek()
        return BINDING.get(here.text.lower()) if here.kind in (Kind.SIGN, Kind.WORD) else None

    def _signed(self, depth: int) -> Tree:
        if self.has("-"):
            return Unary("-", self.expression(BINDING_OF_SIGN - 1, depth=depth + 1))
        if self.has("+"):
            return self.expression(BINDING_OF_SIGN - 1, depth=depth + 1)
        if self.has("not"):
            return Unary("not", self.expression(BINDING_OF_SIGN - 1, depth=depth + 1))
        return self._power(depth)

    def _power(self, depth: int) -> Tree:
        base = self._thing(depth)
        if not self.has("^"):
            return base
        if depth > DEEPEST:
            raise Misread(f"nested more than {DEEPEST} deep at letter {self.peek().at + 1}; name some parts.")
        return Binary("^", base, self._signed(depth + 1))

    def _thing(self, depth: int) -> Tree:
        if self.has("("):
            inner = self.expression(0, depth=depth + 1)
            self.expect(")", where="to close the bracket")
            return inner
        if self.has("if"):
            return self._choice(depth)
        here = self.peek()
        if here.kind is Kind.NUMBER:
            return _number(self.take())
        if here.kind is Kind.NAME:
            return self._named(depth)
        raise Misread(f"{self.found} where a number, a name or a bracket should be.")

    def _choice(self, depth: int) -> Tree:
        if self.peek().text == "(" and (call := self._choice_as_call(depth)) is not None:
            return call
        condition = self.expression(0, depth=depth + 1)
        self.expect("then", where="after 'if …'")
        then = self.expression(0, depth=depth + 1)
        self.expect("else", where="after 'if … then …'; say what holds otherwise")
        return Choice(condition, then, self.expression(0, depth=depth + 1))

    def _choice_as_call(self, depth: int) -> Tree | None:
        """Read ``if(condition, then, else)``; nothing where the bracket belongs to the condition."""
        place = self._place
        arguments = self._arguments(depth)
        if len(arguments) == 3:
            return Choice(*arguments)
        self._place = place
        return None

    def _named(self, depth: int) -> Tree:
        name = self.take().text
        subscripts = self._subscripts() if self.has("[") else ()
        if self.peek().text == "(" and self.peek().kind is Kind.SIGN:
            return Call(name, self._arguments(depth), subscripts)
        return Name(name, subscripts)

    def _arguments(self, depth: int) -> tuple[Tree, ...]:
        self.expect("(", where="before the arguments")
        if self.has(")"):
            return ()
        found = [self.expression(0, depth=depth + 1)]
        while self.has(","):
            found.append(self.expression(0, depth=depth + 1))
        self.expect(")", where="after the arguments")
        return tuple(found)

    def _subscripts(self) -> tuple[str, ...]:
        found = [self._subscript()]
        while self.has(","):
            found.append(self._subscript())
        self.expect("]", where="after the subscripts")
        return tuple(found)

    def _subscript(self) -> str:
        if self.has("*"):
            return "*"
        if self.peek().kind in (Kind.NAME, Kind.NUMBER):
            return self.take().text
        raise Misread(f"{self.found} where a subscript should be: an element, a dimension or *.")


def _number(token: Token) -> Number:
    value = float(token.text)
    if value > LARGEST:
        raise Misread(f"'{token.text[:40]}' at letter {token.at + 1} is out of all proportion.")
    return Number(value)
