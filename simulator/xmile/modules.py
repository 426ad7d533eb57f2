"""Modules of an XMILE file, laid out flat: what is in the module ``hares`` is then called ``hares.…``."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from simulator.equations.lookups import Lookup
from simulator.equations.system import Variable
from simulator.equations.tokens import canonical
from simulator.equations.tree import Call, Name, Tree, rebuilt
from simulator.xmile.elements import Element

if TYPE_CHECKING:
    from simulator.xmile.reading import Reader

DEEPEST = 20


def flattened(models: list[Element], reader: "Reader") -> Iterator[tuple[str, Element]]:
    """Yield each model that is used with the prefix of its names, the main one first with none."""
    named = {canonical(one.attributes["name"]): one for one in models if one.attributes.get("name")}
    main = next((one for one in models if not one.attributes.get("name")), models[0] if models else None)
    if main is not None:
        yield "", main
        yield from _inside(main, "", named=named, reader=reader)


def _inside(
    model: Element, prefix: str, *, named: dict[str, Element], reader: "Reader"
) -> Iterator[tuple[str, Element]]:
    for group in (*model.all("variables"), model):
        for module in group.all("module"):
            name = canonical(module.attributes.get("name", ""))
            of = canonical(module.attributes.get("model", name))
            if prefix.count(".") >= DEEPEST:
                reader.complain(module, f"modules are nested more than {DEEPEST} deep.", path=name)
            elif of not in named:
                reader.complain(module, f"the module '{name[:40]}' has no model in the file.", path=name)
            else:
                own = f"{prefix}{name}."
                connected = _connected(named[of], module, prefix=prefix)
                yield own, connected
                yield from _inside(named[of], own, named=named, reader=reader)


def _connected(model: Element, module: Element, *, prefix: str) -> Element:
    """Give what comes in from outside the equation that says from where."""
    sources = {}
    for one in module.all("connect"):
        target = canonical(one.attributes.get("to", "").rpartition(".")[2])
        source = canonical(one.attributes.get("from", ""))
        sources[target] = source if source.startswith(".") else f".{prefix}{source}"
    groups = [_with_sources(group, sources) if group.tag == "variables" else group for group in model.inner]
    return replace(model, inner=groups)


def _with_sources(group: Element, sources: dict[str, str]) -> Element:
    inner = []
    for one in group.inner:
        source = sources.get(canonical(one.attributes.get("name", "")))
        if source is None or one.attributes.get("access") != "input":
            inner.append(one)
            continue
        kept = [part for part in one.inner if part.tag in ("dimensions", "units", "doc")]
        equation = Element("eqn", one.line, text=f'"{source}"')
        inner.append(replace(one, tag="aux", inner=[*kept, equation]))
    return replace(group, inner=inner)


def with_full_names(
    variables: Mapping[str, Variable], lookups: Mapping[str, Lookup], *, prefixes: Mapping[str, str]
) -> dict[str, Variable]:
    """Write names in equations in full: of the same module first, else as named from the top."""
    known = {*variables, *lookups}

    def full(tree: Tree, prefix: str) -> Tree:
        tree = rebuilt(tree, lambda one: full(one, prefix))
        if isinstance(tree, Name):
            return replace(tree, name=_full(tree.name, prefix, known=known))
        return (
            replace(tree, function=_full(tree.function, prefix, known=known))
            if isinstance(tree, Call)
            else tree
        )

    found = {}
    for key, variable in variables.items():
        formulas = [replace(one, tree=full(one.tree, prefixes[key])) for one in variable.formulas]
        found[key] = replace(variable, formulas=tuple(formulas))
    return found


def _full(name: str, prefix: str, *, known: Collection[str]) -> str:
    """Find a name from the inside out; one that begins with a dot is named from the top."""
    if name.startswith("."):
        return name[1:]
    while prefix:
        if prefix + name in known:
            return prefix + name
        prefix = prefix[: prefix[:-1].rfind(".") + 1]
    return name
