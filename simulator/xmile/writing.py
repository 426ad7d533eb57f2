"""A system of stocks and flows as an XMILE file that other programs can run.

Lengths of stay are written out as their stages, since XMILE has no word for them; everything else keeps its
name. Where several flows leave a stock that is never below nought, XMILE serves the first first, and we serve
all in one proportion: such stocks are noted in the file.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from xml.sax.saxutils import escape, quoteattr

from simulator.equations.functions import TIME_NAMES, meant
from simulator.equations.lookups import Lookup, Outside
from simulator.equations.residence import with_stages
from simulator.equations.system import Formula, Role, Sharing, System, Timing, Variable, Worded
from simulator.equations.tokens import Dialect
from simulator.equations.tree import Binary, Call, Name, Number, Tree, rebuilt
from simulator.equations.writing import shown_number, written

NAMESPACE = "http://docs.oasis-open.org/xmile/ns/XMILE/v1.0"
ISEE = "http://iseesystems.com/XMILE"
OURS = "urn:downstream:xmile"
TAGS = {Role.STOCK: "stock", Role.FLOW: "flow"}
KINDS = {Outside.HOLD: "continuous", Outside.EXTEND: "extrapolate", Outside.STEPS: "discrete"}
METHODS = {"euler": "Euler", "rk4": "RK4"}
HALF = Number(0.5)


def xmile_text(system: System, *, version: str = "") -> str:
    """Write a system as XMILE 1.0; read again it gives the same numbers."""
    whole = _renamed(with_stages(system))
    lines = ['<?xml version="1.0" encoding="utf-8"?>']
    spaces = f"xmlns={quoteattr(NAMESPACE)} xmlns:isee={quoteattr(ISEE)} xmlns:downstream={quoteattr(OURS)}"
    lines.append(f'<xmile version="1.0" {spaces}>')
    lines += ["  <header>", "    <vendor>downstream</vendor>"]
    lines.append(f'    <product version={quoteattr(version or "0")} lang="en">downstream-simulator</product>')
    if title := whole.title.strip():
        lines.append(f"    <name>{escape(title)}</name>")
    lines += ["  </header>", *_specs(whole.timing), *_dimensions(whole), "  <model>", "    <variables>"]
    for name, lookup in whole.lookups.items():
        kind, words = KINDS[lookup.outside], whole.lookup_words.get(name) or Worded(name=name)
        lines.append(f"      {_opening('aux', words.name, title=words.title)}")
        lines += [f"        {line}" for line in _doc(words.title, words.note or "")]
        lines += [f'        <gf type="{kind}">', *_points(lookup, " " * 10)]
        lines += ["        </gf>", "      </aux>"]
    for variable in whole.variables.values():
        lines += [f"      {line}" for line in _variable(variable, whole)]
    return "\n".join([*lines, "    </variables>", "  </model>", "</xmile>", ""])


def _specs(timing: Timing) -> Iterator[str]:
    save = "" if timing.save_every is None else f' isee:save_interval="{shown_number(timing.save_every)}"'
    yield f'  <sim_specs method="{METHODS[timing.method]}" time_units={quoteattr(timing.unit)}{save}>'
    for tag, value in (("start", timing.start), ("stop", timing.stop), ("dt", timing.step)):
        yield f"    <{tag}>{shown_number(value)}</{tag}>"
    yield "  </sim_specs>"


def _dimensions(system: System) -> Iterator[str]:
    used = {one for variable in system.variables.values() for one in variable.over}
    if not used:
        return
    yield "  <dimensions>"
    for key, elements in system.dimensions.items():
        if key in used:
            yield f"    <dim name={quoteattr(system.dimension_names.get(key, key))}>"
            for one in elements:
                yield f"      <elem name={quoteattr(system.element_names.get(one, one))}/>"
            yield "    </dim>"
    yield "  </dimensions>"


def _variable(variable: Variable, system: System) -> Iterator[str]:
    tag = TAGS.get(variable.role, "aux")
    yield _opening(tag, variable.name, title=variable.title)
    yield from (f"  {line}" for line in _doc(variable.title, _note(variable, system)))
    if variable.over:
        dims = "".join(
            f"<dim name={quoteattr(system.dimension_names.get(one, one))}/>" for one in variable.over
        )
        yield f"  <dimensions>{dims}</dimensions>"
    for formula in variable.formulas:
        if formula.element:
            shown = ", ".join(system.element_names.get(one, one) for one in formula.element)
            yield f"  <element subscript={quoteattr(shown)}>"
            yield from (f"    {line}" for line in _equation(formula, system))
            yield "  </element>"
        else:
            yield from (f"  {line}" for line in _equation(formula, system))
    for word, keys in (("inflow", variable.inflows), ("outflow", variable.outflows)):
        for key in keys:
            yield f"  <{word}>{escape(written(Name(key), Dialect.XMILE))}</{word}>"
    if variable.is_non_negative or (tag == "flow" and not variable.runs_both_ways):
        yield "  <non_negative/>"
    if variable.unit:
        yield f"  <units>{escape(variable.unit)}</units>"
    yield f"</{tag}>"


def _opening(tag: str, name: str, *, title: str | None) -> str:
    """Open an element; XMILE knows no title, so it stands in a word of our own."""
    shown = (title or "").strip()
    said = f" downstream:title={quoteattr(shown)}" if shown else ""
    return f"<{tag} name={quoteattr(name)}{said}>"


def _doc(title: str | None, note: str) -> Iterator[str]:
    """Write what is said of something for people: its title, where other programs show it, and its note.

    Space round either is dropped: reading could not tell it from space of the file.
    """
    said = "\n".join(one for one in ((title or "").strip(), note.strip()) if one)
    if said:
        yield f"<doc>{escape(said)}</doc>"


def _equation(formula: Formula, system: System) -> Iterator[str]:
    yield f"<eqn>{escape(written(_standard(formula.tree, system), Dialect.XMILE))}</eqn>"
    if formula.lookup is not None:
        yield f'<gf type="{KINDS[formula.lookup.outside]}">'
        yield from _points(formula.lookup, "  ")
        yield "</gf>"


def _points(lookup: Lookup, indent: str) -> Iterator[str]:
    for tag, numbers in (("xpts", lookup.xs), ("ypts", lookup.ys)):
        yield f"{indent}<{tag}>{','.join(shown_number(one) for one in numbers)}</{tag}>"


def _note(variable: Variable, system: System) -> str:
    said = (variable.note or "").strip()
    if variable.is_non_negative and len(variable.outflows) > 1 and system.sharing is Sharing.PROPORTIONAL:
        said += " Its outflows share in proportion what there is; XMILE serves the first named first."
    return said.strip()


def _standard(tree: Tree, system: System) -> Tree:
    """Write a tree with what other programs know: two arguments of min, mod as a sign, round as int."""
    tree = rebuilt(tree, lambda one: _standard(one, system))
    if isinstance(tree, Name) and tree.name in TIME_NAMES:
        return replace(tree, name=TIME_NAMES[tree.name].upper())
    if not isinstance(tree, Call):
        return tree
    if tree.function in system.lookups or tree.function in system.variables:
        return Call("lookup", (Name(tree.function, tree.subscripts), *tree.arguments))
    name = meant(tree.function)
    if name == "modulo":
        return Binary("mod", *tree.arguments)
    if name == "round":
        return Call("int", (Binary("+", tree.arguments[0], HALF),))
    if name in ("min", "max") and len(tree.arguments) > 2:
        folded = tree.arguments[0]
        for one in tree.arguments[1:]:
            folded = Call(name, (folded, one))
        return folded
    return tree


def _renamed(system: System) -> System:
    """Give helpers names that any program takes: ``ward#stage1`` becomes ``ward_stage1``."""
    names: Mapping[str, str] = {key: key.replace("#", "_") for key in system.variables if "#" in key}

    def renamed(tree: Tree) -> Tree:
        tree = rebuilt(tree, renamed)
        return replace(tree, name=names.get(tree.name, tree.name)) if isinstance(tree, Name) else tree

    found = {}
    for key, variable in system.variables.items():
        formulas = tuple(replace(one, tree=renamed(one.tree)) for one in variable.formulas)
        flows = [tuple(names.get(one, one) for one in keys) for keys in (variable.inflows, variable.outflows)]
        own = names.get(key, key)
        name = own if key in names else variable.name
        made = replace(variable, key=own, name=name, formulas=formulas, inflows=flows[0], outflows=flows[1])
        found[own] = made
    return replace(system, variables=found)
