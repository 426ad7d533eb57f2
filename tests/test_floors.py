"""The building keeps its shape: imports point down, rooms stay short, signatures stay plain."""

import ast
import functools
import re
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

import simulator

BUILDING = Path(__file__).resolve().parents[1] / "simulator"
GROUND = ("errors", "units")
FLOORS = (
    "equations",
    "definition",
    "xmile",
    "compiler",
    "accounts",
    "engines",
    "experiment",
    "analysis",
    "reports",
    "app",
)
ROOF = ("command", "cli", "cli_models", "cli_options", "cli_searches", "__init__", "__main__")
LEVELS = (
    dict.fromkeys(GROUND, 0)
    | {floor: level for level, floor in enumerate(FLOORS, start=1)}
    | dict.fromkeys(ROOF, len(FLOORS) + 1)
)
KERNELS = "engines/kernels/"
# What a kernel may import: numbers, other kernels wherever they stand, and constants.
KERNEL_IMPORTS = (
    "typing",
    "numpy",
    "numba",
    "simulator.engines.kernels",
    "simulator.engines.compiled",
    "simulator.engines.candidates",
    "simulator.engines.draws",
    "simulator.engines.fetching",
    "simulator.engines.profile_time",
    "simulator.engines.variates",
    "simulator.engines.wait_bins",
    "simulator.engines.log",
    "simulator.engines.records",
    "simulator.compiler.program",
)
UNTYPED_DOOR = "definition/files.py"
UNTYPED_TABLE = re.compile(r"\b(?:[Dd]ict|(?:Mutable)?Mapping)\[str, (?:\w+\.)?Any\]")

LONGEST_ROOM = 400
LONGEST_FUNCTION = 50
MOST_ARGUMENTS = 6
MOST_POSITIONAL = 2
MOST_NAMES_AT_THE_DOOR = 12
COMPILED = {"njit", "jit", "vectorize", "guvectorize", "intrinsic", "overload", "overload_method", "kernel"}
VALIDATORS = {"field_validator", "model_validator", "field_serializer", "model_serializer"}
COMMANDS = {"command", "callback"}
COMMAND_LINE = ("cli.py", "cli_models.py", "cli_searches.py")

Function = ast.FunctionDef | ast.AsyncFunctionDef
Check = Callable[[str, str], list[str]]


def upward_imports(room: str, source: str) -> list[str]:
    """List the imports of a room that point to a floor above it, or to no floor at all."""
    own = LEVELS.get(top(room))
    if own is None:
        return [f"{room}: '{top(room)}' is on no floor."]
    return [
        f"{room}:{line}: imports {target} from above."
        for line, target in inner_imports(room, source)
        if LEVELS.get(target, own + 1) > own
    ]


def strangers_in_kernels(room: str, source: str) -> list[str]:
    """List what a compiled kernel imports besides numpy, numba and other kernels."""
    if not room.startswith(KERNELS):
        return []
    return [
        f"{room}:{line}: a kernel imports {name}."
        for line, name in imports(room, source)
        if not any(name == allowed or name.startswith(f"{allowed}.") for allowed in KERNEL_IMPORTS)
    ]


def long_rooms(room: str, source: str) -> list[str]:
    """List the room if it is longer than the wall allows."""
    length = len(source.splitlines())
    return [f"{room}: {length} lines; {LONGEST_ROOM} is the wall."] if length > LONGEST_ROOM else []


def long_functions(room: str, source: str) -> list[str]:
    """List functions whose body, less docstring and blank lines, is longer than the wall allows."""
    lengths = [(function, body_length(function, source)) for function, _ in functions(source)]
    return [
        f"{room}:{function.lineno}: {function.name} has {length} lines; {LONGEST_FUNCTION} is the wall."
        for function, length in lengths
        if length > LONGEST_FUNCTION
    ]


def crowded_signatures(room: str, source: str) -> list[str]:
    """List functions that take too many arguments, or too many by position."""
    found = []
    for function, method in functions(source):
        if may_be_crowded(room, function):
            continue
        positional, all_of_them = argument_counts(function, method=method)
        if all_of_them > MOST_ARGUMENTS:
            found.append(f"{room}:{function.lineno}: {function.name} takes {all_of_them} arguments.")
        if positional > MOST_POSITIONAL:
            found.append(f"{room}:{function.lineno}: {function.name} takes {positional} by position.")
    return found


def untyped_tables(room: str, source: str) -> list[str]:
    """List signatures with ``dict[str, Any]`` outside the one room that reads files."""
    if room == UNTYPED_DOOR:
        return []
    return [
        f"{room}:{function.lineno}: {function.name} passes dict[str, Any]."
        for function, _ in functions(source)
        if any(UNTYPED_TABLE.search(ast.unparse(annotation)) for annotation in annotations(function))
    ]


def unnamed_rooms(room: str, source: str) -> list[str]:
    """List the room if its docstring is absent or its first line is not a sentence."""
    docstring = ast.get_docstring(tree_of(source)) or ""
    if docstring.partition("\n")[0].endswith("."):
        return []
    return [f"{room}: the first line of the docstring must say what the room is, and end with a full stop."]


def faults_at_the_door(door: ModuleType) -> list[str]:
    """List what is visible at the front door but not declared in ``__all__``, or the other way about."""
    declared = set(getattr(door, "__all__", ()))
    visible = {
        name
        for name in dir(door)
        if not name.startswith("_") and not isinstance(getattr(door, name), ModuleType)
    }
    found = [f"{name} is visible but not in __all__." for name in sorted(visible - declared)]
    found += [f"{name} is in __all__ but not visible." for name in sorted(declared - visible)]
    if len(declared) > MOST_NAMES_AT_THE_DOOR:
        found.append(f"{len(declared)} names at the door; {MOST_NAMES_AT_THE_DOOR} is the most.")
    return found


CHECKS: tuple[Check, ...] = (
    upward_imports,
    strangers_in_kernels,
    long_rooms,
    long_functions,
    crowded_signatures,
    untyped_tables,
    unnamed_rooms,
)


@pytest.fixture(scope="module")
def offences() -> dict[str, list[str]]:
    """List what each check finds in the building, whose rooms are read once."""
    found: dict[str, list[str]] = {check.__name__: [] for check in CHECKS}
    rooms = sorted(BUILDING.rglob("*.py"))
    assert rooms
    for path in rooms:
        room, source = path.relative_to(BUILDING).as_posix(), path.read_text(encoding="utf-8")
        for check in CHECKS:
            found[check.__name__] += check(room, source)
    return found


@pytest.mark.parametrize("check", [check.__name__ for check in CHECKS])
def test_the_building_has_no(check: str, offences: dict[str, list[str]]) -> None:
    assert not offences[check], "\n".join(offences[check])


def test_the_front_door_shows_what_it_declares() -> None:
    assert faults_at_the_door(simulator) == []


@pytest.mark.parametrize(
    ("room", "source"),
    [
        ("definition/model.py", "import simulator.compiler.program"),
        ("definition/model.py", "import simulator"),
        ("definition/model.py", "from simulator import engines"),
        ("definition/model.py", "from simulator import load_model"),
        ("definition/model.py", "from simulator.compiler import compile_model"),
        ("definition/model.py", "from ..compiler.program import Program"),
        ("definition/__init__.py", "from .. import compiler"),
        ("engines/stockflow/euler.py", "from ...experiment import runner"),
        ("compiler/program.py", "def build():\n    from simulator.reports import page"),
        ("accounts/costs.py", "if TYPE_CHECKING:\n    from simulator.engines.run import Run"),
        ("errors.py", "from simulator.definition.model import Model"),
        ("app/pages.py", "from simulator.cli import main"),
        ("analysis/measures.py", "from simulator.helpers import anything"),
        ("helpers/anything.py", ""),
    ],
)
def test_an_import_from_above_is_caught(room: str, source: str) -> None:
    assert upward_imports(room, source)


@pytest.mark.parametrize(
    ("room", "source"),
    [
        (
            "compiler/program.py",
            "from simulator.definition import Model\nfrom ..errors import SimulatorError",
        ),
        ("engines/run.py", "from .draws import draw\nfrom simulator.engines import demand\nimport numpy"),
        ("engines/__init__.py", "from .run import run"),
        ("units.py", "from simulator.errors import UnitError\nfrom simulator import errors"),
        ("cli.py", "import simulator.app\nfrom simulator import load_model"),
        ("__init__.py", "from .experiment import run_experiment"),
    ],
)
def test_an_import_from_below_is_allowed(room: str, source: str) -> None:
    assert upward_imports(room, source) == []


@pytest.mark.parametrize(
    "source",
    ["import math", "from simulator.units import DAY", "from ..demand import Demand", "import numpyro"],
)
def test_a_stranger_in_a_kernel_is_caught(source: str) -> None:
    allowed = "import numpy as np\nfrom numba import njit\nfrom .heap import push"

    assert strangers_in_kernels("engines/kernels/events.py", allowed) == []
    assert strangers_in_kernels("engines/kernels/events.py", source)


def test_a_long_room_is_caught() -> None:
    assert long_rooms("units.py", "x = 1\n" * 400) == []
    assert long_rooms("units.py", "x = 1\n" * 401)


def test_a_long_function_is_caught() -> None:
    body = '    """Say it.\n\n    At length.\n    """\n' + "    x = 1\n\n" * 50

    assert long_functions("units.py", f"def f():\n{body}") == []
    assert long_functions("units.py", f"def f():\n{body}    x = 1\n")
    assert long_functions(
        "units.py", textwrap.dedent("class C:\n    async def f(self):\n") + "        x = 1\n" * 51
    )


@pytest.mark.parametrize(
    "source",
    [
        "def f(a, b, c): ...",
        "def f(a, b, c, /): ...",
        "def f(a, b, *, c, d, e, f, g): ...",
        "class C:\n    def f(self, a, b, c): ...",
        "class C:\n    @staticmethod\n    def f(a, b, c): ...",
        "def f():\n    def g(a, b, c): ...",
        "@app.command()\ndef f(a, b, c): ...",
    ],
)
def test_a_crowded_signature_is_caught(source: str) -> None:
    assert crowded_signatures("units.py", source)


@pytest.mark.parametrize(
    ("room", "source"),
    [
        ("units.py", "def f(a, b, *, c, d, e, f): ..."),
        ("units.py", "def f(a, b, *rest): ..."),
        ("definition/model.py", "class C:\n    @classmethod\n    def f(cls, a, b): ..."),
        ("definition/model.py", "class C:\n    def __exit__(self, a, b, c): ..."),
        ("definition/model.py", "class C:\n    @field_validator('x')\n    def f(cls, a, b, c): ..."),
        ("engines/draws.py", "@numba.njit(cache=True)\ndef f(a, b, c, d, e, f, g): ..."),
        ("engines/draws.py", "@kernel\ndef f(a, b, c): ..."),
        ("cli.py", "@app.command()\ndef f(a, b, c, d, e, f, g): ..."),
        ("cli_models.py", "@models.command()\ndef f(a, b, c, d, e, f, g): ..."),
    ],
)
def test_a_signature_within_the_rule_is_allowed(room: str, source: str) -> None:
    assert crowded_signatures(room, source) == []


@pytest.mark.parametrize(
    "source",
    [
        "def f(a: dict[str, Any]): ...",
        "def f() -> list[dict[str, Any]] | None: ...",
        "def f(*, a: 'dict[str, typing.Any]'): ...",
        "def f(**a: Mapping[str, Any]): ...",
    ],
)
def test_an_untyped_table_is_caught(source: str) -> None:
    assert untyped_tables("definition/model.py", source)
    assert untyped_tables("definition/files.py", source) == []


@pytest.mark.parametrize("source", ["x = 1", '"""A room without a full stop\n\nMore."""'])
def test_an_unnamed_room_is_caught(source: str) -> None:
    assert unnamed_rooms("units.py", '"""Seconds and pence."""') == []
    assert unnamed_rooms("units.py", source)


def test_a_fault_at_the_door_is_caught() -> None:
    door = ModuleType("door")
    door.load_model, door.errors, door.__all__ = print, ModuleType("errors"), ["load_model"]
    crowded = ModuleType("crowded")
    crowded.__dict__.update(dict.fromkeys(names := [f"name_{n}" for n in range(13)], 0), __all__=names)

    assert faults_at_the_door(ModuleType("empty")) == []
    assert faults_at_the_door(door) == []
    assert faults_at_the_door(crowded) == ["13 names at the door; 12 is the most."]
    door.__all__ = ["run"]
    assert faults_at_the_door(door) == [
        "load_model is visible but not in __all__.",
        "run is in __all__ but not visible.",
    ]


@functools.lru_cache(maxsize=1)
def tree_of(source: str) -> ast.Module:
    """Read a room, once for all checks, which look at one room after the other."""
    return ast.parse(source)


def top(room: str) -> str:
    """Name the floor, or the room on the ground or the roof, that a path under ``simulator/`` belongs to."""
    return room.removesuffix(".py").split("/")[0]


def inner_imports(room: str, source: str) -> Iterator[tuple[int, str]]:
    """Yield line and floor for each import of the simulator's own rooms; the bare package is the roof."""
    for line, name in imports(room, source):
        package, _, inside = name.partition(".")
        if package == "simulator":
            yield line, inside.split(".")[0] or "__init__"


def imports(room: str, source: str) -> Iterator[tuple[int, str]]:
    """Yield line and dotted name for every import in the source, however deep, relative ones resolved."""
    for node in ast.walk(tree_of(source)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            origin = absolute_name(room, node)
            if origin != "simulator":
                yield node.lineno, origin
                continue
            for alias in node.names:
                yield node.lineno, f"simulator.{alias.name}" if is_a_room(alias.name) else "simulator"


def is_a_room(name: str) -> bool:
    """Say whether a name taken from the bare package is a floor or room rather than something at the door."""
    return name in LEVELS or (BUILDING / name).is_dir() or (BUILDING / f"{name}.py").exists()


def absolute_name(room: str, node: ast.ImportFrom) -> str:
    """Resolve the package that a ``from … import`` reads, counting its leading dots from the room."""
    if not node.level:
        return node.module or ""
    parents = ["simulator", *room.split("/")[:-1]]
    kept = parents[: len(parents) - node.level + 1]
    return ".".join([*kept, node.module] if node.module else kept)


@functools.lru_cache(maxsize=1)
def functions(source: str) -> list[tuple[Function, bool]]:
    """List every function in the source, and whether it is a method that is handed its object or class."""
    tree = tree_of(source)
    methods = {
        id(child)
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        for child in node.body
        if isinstance(child, Function) and "staticmethod" not in decorators(child)
    }
    return [(node, id(node) in methods) for node in ast.walk(tree) if isinstance(node, Function)]


def decorators(function: Function) -> set[str]:
    """Name the decorators of a function by the last word of each, called or not."""
    found = set()
    for node in function.decorator_list:
        target = node.func if isinstance(node, ast.Call) else node
        found.add(target.attr if isinstance(target, ast.Attribute) else getattr(target, "id", ""))
    return found


def body_length(function: Function, source: str) -> int:
    """Count the lines of a body that hold something, less its docstring."""
    has_docstring = ast.get_docstring(function, clean=False) is not None
    body = function.body[1:] if has_docstring else function.body
    if not body:
        return 0
    first = function.body[0].end_lineno if has_docstring else body[0].lineno - 1
    lines = source.splitlines()[first : function.end_lineno]
    return sum(1 for line in lines if line.strip())


def argument_counts(function: Function, *, method: bool) -> tuple[int, int]:
    """Count the arguments that may be given by position, and all of them, less ``self`` and ``cls``."""
    taken = function.args
    positional = len(taken.posonlyargs) + len(taken.args) - method
    gathered = (taken.vararg is not None) + (taken.kwarg is not None)
    return positional, positional + len(taken.kwonlyargs) + gathered


def may_be_crowded(room: str, function: Function) -> bool:
    """Say whether something other than us fixes a signature: a compiler, a protocol or a command line."""
    excused = COMPILED | VALIDATORS | (COMMANDS if room in COMMAND_LINE else set())
    is_dunder = function.name.startswith("__") and function.name.endswith("__")
    return is_dunder or bool(excused & decorators(function))


def annotations(function: Function) -> Iterator[ast.expr]:
    """Yield every annotation in a signature, the return's included."""
    taken = function.args
    named = [*taken.posonlyargs, *taken.args, *taken.kwonlyargs, taken.vararg, taken.kwarg]
    yield from (one.annotation for one in named if one is not None and one.annotation is not None)
    if function.returns is not None:
        yield function.returns
