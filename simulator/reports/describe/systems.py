"""What is known of a system before it is described: one run of its own, its links, its loops, its names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from simulator.analysis.feedback import Link, Loops, links_of, loops_of
from simulator.engines.stocks.run import StockRuns, run_stocks
from simulator.equations.functions import FIXED_NAMES, FUNCTIONS, TIME_NAMES, meant
from simulator.equations.system import Formula, System, Variable, Worded
from simulator.equations.tree import Call, Name, Number, Tree, everything, rebuilt
from simulator.equations.writing import shown_number, written
from simulator.errors import RunFailed
from simulator.reports.titles import clean

MOST_ELEMENTS_SHOWN = 6
OPERATORS = ((" * ", " × "), (" / ", " ÷ "), (" - ", " − "))


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownSystem:
    """A system, its links and loops, and why its own run failed, where it did."""

    system: System
    names: Mapping[str, str]
    links: tuple[Link, ...]
    loops: Loops
    runs: StockRuns | None = None
    failed: str = ""


def known_system(system: System) -> KnownSystem:
    """Run a system once and look for its links and loops."""
    runs, failed = None, ""
    try:
        runs = run_stocks(system)
    except RunFailed as found:
        failed = str(found)
    links = links_of(system, runs)
    return KnownSystem(
        system=system,
        names={key: name_words(one) for key, one in system.variables.items()},
        links=links,
        loops=loops_of(links, list(system.variables)),
        runs=runs,
        failed=failed,
    )


def equation_words(variable: Variable, known: KnownSystem, *, is_as_written: bool = False) -> str:
    """Write the equation of a variable, one for all elements or several of them, in names or as written."""
    formulas = (variable.share,) if variable.share is not None else variable.formulas
    texts = [_formula_words(one, known, is_as_written=is_as_written) for one in formulas]
    if len(set(texts)) <= 1:
        return texts[0] if texts else ""
    shown = [
        f"{', '.join(_element(known, word) for word in one.element)}: {text}"
        for one, text in zip(formulas, texts, strict=True)
    ]
    more = len(shown) - MOST_ELEMENTS_SHOWN
    return "; ".join(shown[:MOST_ELEMENTS_SHOWN]) + (f"; and {more} more" if more > 0 else "")


def functions_used(known: KnownSystem) -> tuple[tuple[str, str], ...]:
    """List the functions that the equations call, and what each gives."""
    found: dict[str, str] = {}
    for variable in known.system.shown:
        for formula in (*variable.formulas, *((variable.share,) if variable.share else ())):
            for tree in everything(formula.tree):
                name = meant(tree.function) if isinstance(tree, Call) else ""
                if name in FUNCTIONS:
                    function = FUNCTIONS[name]
                    found[f"{name}({function.arguments.replace(' ', ', ')})"] = function.gives
    return tuple(sorted(found.items()))


def is_constant(variable: Variable) -> bool:
    """Say whether a variable is a number and nothing else."""
    return bool(variable.formulas) and all(
        isinstance(one.tree, Number) and one.lookup is None for one in variable.formulas
    )


def listed_names(keys: Sequence[str], known: KnownSystem) -> str:
    """Write the names of several variables one after another."""
    return ", ".join(known.names[key] for key in keys) or "–"


def name_words(thing: Variable | Worded) -> str:
    """Say what a variable, or a table, is called: by the title that a file has for it, else by its name.

    Names of other programs may be broken into lines, and stand in quotation marks.
    """
    plain = " ".join(thing.name.replace("\\n", " ").strip('"').replace("_", " ").split())
    return clean(thing.title or plain)


def _formula_words(formula: Formula, known: KnownSystem, *, is_as_written: bool) -> str:
    if is_as_written:
        text = written(formula.tree)
    else:
        text = written(_renamed(formula.tree, known))
        for sign, shown in OPERATORS:
            text = text.replace(sign, shown)
    if formula.lookup is not None:
        points = ", ".join(
            f"({shown_number(x)}, {shown_number(y)})"
            for x, y in zip(formula.lookup.xs[:8], formula.lookup.ys[:8], strict=True)
        )
        text = f"the curve through {points}{' …' if len(formula.lookup.xs) > 8 else ''} at {text}"
    return clean(text)


def _renamed(tree: Tree, known: KnownSystem) -> Tree:
    """Put names in the place of keys; what the language itself knows keeps its own."""
    changed = rebuilt(tree, lambda one: _renamed(one, known))
    if isinstance(changed, Name):
        words = tuple(_element(known, one) for one in changed.subscripts)
        own = changed.name in TIME_NAMES or changed.name in FIXED_NAMES
        return Name(changed.name if own else _shown(changed.name, known), words)
    if isinstance(changed, Call) and changed.function not in FUNCTIONS:
        return Call(_shown(changed.function, known), changed.arguments, changed.subscripts)
    return changed


def _shown(key: str, known: KnownSystem) -> str:
    tables = known.system.lookup_words
    return known.names[key] if key in known.names else name_words(tables[key]) if key in tables else key


def _element(known: KnownSystem, word: str) -> str:
    return known.system.element_names.get(word, word.replace("_", " "))
