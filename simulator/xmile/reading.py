"""An XMILE file into a system of stocks and flows; what is not supported is named, with its line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from simulator.equations.lookups import Lookup
from simulator.equations.planning import Unplannable, plan_of
from simulator.equations.system import Role, Sharing, System, Variable, Way, Worded
from simulator.equations.tokens import canonical
from simulator.equations.tree import constant_in
from simulator.errors import DefinitionError, Fault
from simulator.xmile.elements import Element, read_elements
from simulator.xmile.formulas import formulas_of, lookup_of
from simulator.xmile.modules import flattened, with_full_names
from simulator.xmile.simulation import timing_of

ROLES = {"stock": Role.STOCK, "flow": Role.FLOW, "aux": Role.AUXILIARY}
PASSED_OVER = (
    "views",
    "view",
    "display",
    "group",
    "style",
    "header",
    "model_units",
    "prefs",
    "data",
    "sim_specs",
    "behavior",
    "dimensions",
    "equation_prefs",
    "default_format",
    "layout",
    "interface",
)
OF_VARIABLES = (
    "eqn",
    "units",
    "doc",
    "inflow",
    "outflow",
    "non_negative",
    "gf",
    "dimensions",
    "element",
    "range",
    "scale",
    "format",
    "display",
    "pts",
    "overflow",
)
# What programs of isee systems write among variables that says how things look, or again what is said.
OF_LOOKS = ("dependencies", "annotation", "label", "color", "style", "image", "size", "position", "font")
# What they write directly in a model of an old file, beside its variables.
OF_MODELS = (
    "multiplayer_settings",
    "security",
    "print_setup",
    "window",
    "templates",
    "stories",
    "time_formats",
)
UNSUPPORTED = {
    "conveyor": "a conveyor",
    "queue": "a queue",
    "oven": "an oven",
    "leak": "a leak",
    "mathml": "an equation in MathML",
    "event_poster": "an event poster",
    "init_eqn": "an initial equation beside the equation",
    "multiplier": "a multiplier of units",
    "macro": "a macro",
    "include": "a file that it includes",
    "import": "data that is imported",
}


@dataclass(slots=True)
class Reader:
    """What is being gathered from a file, and what is wrong with it."""

    file: str
    lines: dict[Way, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    dimensions: dict[str, tuple[str, ...]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    elements: dict[str, str] = field(default_factory=dict)
    tables: dict[str, Worded] = field(default_factory=dict)
    prefixes: dict[str, str] = field(default_factory=dict)

    def complain(self, element: Element, message: str, *, path: str = "") -> None:
        """Note a fault at the line of an element."""
        self.faults.append(Fault(message=message, path=path, file=self.file, line=element.line))

    def located(self, way: Way, message: str) -> Fault:
        """Make a fault of what was found later, at the line where it was written."""
        line = next(
            (self.lines[way[:size]] for size in range(len(way), 0, -1) if way[:size] in self.lines), 1
        )
        return Fault(message=message, path=".".join(str(one) for one in way), file=self.file, line=line)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A system that was read, and where each thing of it stands."""

    system: System
    reader: Reader

    def fault(self, way: Way, message: str) -> Fault:
        """Locate a fault found later."""
        return self.reader.located(way, message)


def read_xmile(path: Path) -> Drawn:
    """Read a file. Raises :class:`DefinitionError` with all that is wrong or not supported."""
    root = read_elements(path)
    reader = Reader(str(path))
    _dimensions(root, reader)
    models = list(root.all("model"))
    if not models:
        reader.complain(root, "holds no <model>.")
    for one in root.inner:
        if one.tag in ("macro", "include"):
            _refuse(one, reader)
    groups = [group for model in models for group in model.all("variables")]
    _refuse_imports([root, *models, *groups], reader)
    timing, notes = timing_of(root, reader)
    variables: dict[str, Variable] = {}
    lookups: dict[str, Lookup] = {}
    for prefix, model in flattened(models, reader):
        _model(
            model,
            prefix,
            reader=reader,
            variables=variables,
            lookups=lookups,
            behaviour=root.first("behavior"),
        )
    if not variables and not reader.faults:
        reader.complain(root, "holds no stocks, flows or auxiliaries.")
    header = root.first("header")
    title = header.first("name") if header is not None else None
    system = System(
        title=title.words if title is not None else "",
        timing=timing,
        dimensions=reader.dimensions,
        variables=with_full_names(variables, lookups, prefixes=reader.prefixes),
        lookups=lookups,
        lookup_words=reader.tables,
        dimension_names=reader.names,
        element_names=reader.elements,
        sharing=Sharing.ORDERED,
        notes=tuple(notes),
    )
    drawn = Drawn(_with_flow_roles(_with_save_interval(system)), reader)
    if reader.faults:
        faults = [*reader.faults, *_further(drawn)]
        raise DefinitionError(sorted(dict.fromkeys(faults), key=lambda fault: fault.line or 0))
    return drawn


def _further(drawn: Drawn) -> Iterator[Fault]:
    """Find what else is wrong where only some variables could not be read: names, loops."""
    wrong = {fault.path for fault in drawn.reader.faults}
    variables = drawn.system.variables
    if not all(path in variables for path in wrong):
        return
    given = [replace(variables[path], role=Role.GIVEN, formulas=()) for path in wrong]
    try:
        plan_of(drawn.system.with_variables(*given))
    except Unplannable as found:
        yield from (drawn.fault(way, message) for way, message in found.complaints)


def _refuse_imports(holders: Sequence[Element], reader: Reader) -> None:
    """Refuse data that a file would have fetched from elsewhere; what it would export is left."""
    for data in (one for holder in holders for one in holder.all("data")):
        for one in data.all("import"):
            _refuse(one, reader)


def _dimensions(root: Element, reader: Reader) -> None:
    for group in root.all("dimensions"):
        for one in group.all("dim"):
            key = canonical(one.attributes.get("name", ""))
            named = [element.attributes.get("name", "") for element in one.all("elem")]
            size = one.attributes.get("size", "")
            if not named and size.isdigit() and 0 < int(size) <= 100_000:
                named = [str(place + 1) for place in range(int(size))]
            if not key or not named:
                reader.complain(one, "a dimension needs a name, and elements or a size.")
                continue
            reader.dimensions[key] = tuple(canonical(name) for name in named)
            reader.names[key] = one.attributes["name"]
            reader.elements |= {canonical(name): name for name in named}


def _model(
    model: Element,
    prefix: str,
    *,
    reader: Reader,
    variables: dict[str, Variable],
    lookups: dict[str, Lookup],
    behaviour: Element | None,
) -> None:
    own = model.first("behavior") or behaviour
    for one in _variables_of(model):
        if one.tag in ("module", *PASSED_OVER) or _is_of_looks(one):
            continue
        table = one.first("gf") if one.tag == "aux" and one.first("eqn") is None else None
        if table is not None and one.first("element") is None:
            said = {word: text for word, text in one.attributes.items() if word in ("name", "title")}
            inner = [*table.inner, *one.all("doc")]
            one = replace(table, attributes={**table.attributes, **said}, inner=inner)
        if one.tag == "gf":
            key = prefix + canonical(one.attributes.get("name", ""))
            found = lookup_of(one, reader, path=key)
            if found is not None:
                lookups[key], reader.tables[key] = found, _worded(one, prefix)
        elif one.tag in ROLES:
            made = _variable(one, prefix, reader=reader, behaviour=own)
            if made.key in variables:
                reader.complain(one, f"'{made.name}' is there twice.", path=made.key)
            variables[made.key] = made
        else:
            _refuse(one, reader)


def _variables_of(model: Element) -> Iterator[Element]:
    """Yield what stands among the variables; old files have them directly in the model."""
    groups = list(model.all("variables"))
    for group in groups or [model]:
        yield from group.inner


def _variable(one: Element, prefix: str, *, reader: Reader, behaviour: Element | None) -> Variable:
    name = one.attributes.get("name", "").strip()
    key = prefix + canonical(name)
    way: Way = ("variables", key)
    reader.lines[way] = one.line
    reader.prefixes[key] = prefix
    if not name:
        reader.complain(one, f"a <{one.tag}> has no name.")
    for inner in one.inner:
        if not _is_of_looks(inner) and (_is_isee(inner) or inner.tag not in OF_VARIABLES):
            _refuse(inner, reader, path=key)
    role = ROLES[one.tag]
    is_non_negative = _is_non_negative(one, behaviour)
    units, words = one.first("units"), _worded(one, prefix)
    over = tuple(
        canonical(dim.attributes.get("name", ""))
        for group in one.all("dimensions")
        for dim in group.all("dim")
    )
    for dimension in over:
        if dimension not in reader.dimensions:
            reader.complain(
                one, f"goes over '{dimension[:40]}', which is no dimension of the file.", path=key
            )
    return Variable(
        key=key,
        name=words.name,
        role=role,
        formulas=formulas_of(one, over, reader=reader, way=way),
        over=over,
        inflows=tuple(prefix + canonical(flow.words.strip('"')) for flow in one.all("inflow")),
        outflows=tuple(prefix + canonical(flow.words.strip('"')) for flow in one.all("outflow")),
        is_non_negative=role is Role.STOCK and is_non_negative,
        runs_both_ways=not (role is Role.FLOW and is_non_negative),
        unit=units.words if units is not None and units.words else None,
        title=words.title,
        note=words.note,
        way=way,
    )


def _worded(one: Element, prefix: str) -> Worded:
    """Read what something is called, and what is said of it; a title of ours stands before the note."""
    doc, title = one.first("doc"), one.attributes.get("title", "").strip()
    note = doc.words if doc is not None else ""
    if title and (note == title or note.startswith(f"{title}\n")):
        note = note[len(title) :].strip()
    name = prefix + one.attributes.get("name", "").strip()
    return Worded(name=name, title=title or None, note=note or None)


def _is_non_negative(one: Element, behaviour: Element | None) -> bool:
    """Say whether a stock or flow is declared never negative: by itself, or by the file's behaviour."""
    own = one.first("non_negative")
    if own is None and behaviour is not None:
        of_kind = behaviour.first(one.tag)
        own = of_kind.first("non_negative") if of_kind is not None else None
        own = own or behaviour.first("non_negative")
    return own is not None and own.words.lower() != "false"


def _is_isee(one: Element) -> bool:
    return one.namespace.endswith("isee") or "iseesystems" in one.namespace


def _is_of_looks(one: Element) -> bool:
    return _is_isee(one) and one.tag in (*OF_LOOKS, *PASSED_OVER, *OF_MODELS)


def _refuse(one: Element, reader: Reader, *, path: str = "") -> None:
    tag = f"isee:{one.tag}" if _is_isee(one) else one.tag
    what = UNSUPPORTED.get(tag, f"<{tag[:40]}>")
    name = f" '{one.attributes['name'][:40]}'" if one.attributes.get("name") else ""
    reader.complain(one, f"{what}{name} is not supported.", path=path)


def _with_flow_roles(system: System) -> System:
    """Take what stocks name as a flow for one, whatever the file calls it."""
    named = {key for one in system.variables.values() for key in (*one.inflows, *one.outflows)}
    changed = [
        replace(one, role=Role.FLOW)
        for one in system.variables.values()
        if one.key in named and one.role is Role.AUXILIARY
    ]
    return system.with_variables(*changed)


def _with_save_interval(system: System) -> System:
    """Save as often as the constant SAVEPER says that programs write who know no other place for it."""
    every = system.variables.get("saveper")
    if system.timing.save_every is not None or every is None or "time_step" not in system.variables:
        return system
    found = constant_in(every.formulas[0].tree) if every.formulas else None
    if found is None or found <= system.timing.step:
        return system
    return replace(system, timing=replace(system.timing, save_every=found))
