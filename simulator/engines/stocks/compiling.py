"""From the text of an engine to machine code, kept on disk under the hash of the text."""

import functools
import hashlib
import os
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numba

from simulator.engines.compiled import cache_folder, kernel
from simulator.engines.stocks.arithmetic import names_for_compiling
from simulator.engines.stocks.march import march
from simulator.engines.stocks.source import Writer
from simulator.equations.plan import Plan

types: Any = numba.types
config: Any = numba.config
type_of: Any = numba.typeof
compiled: Any = kernel
FLAT = types.Array(types.float64, 1, "C")
TABLE = types.Array(types.float64, 2, "C")
WHOLES = types.Array(types.int64, 2, "C")
FOLLOW = types.void(FLAT, TABLE, types.float64, TABLE, WHOLES)
GENERATION = "1"
# Runs go in threads; the loop is compiled by the first that needs it.
ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True)
class Compiled:
    """Compiled code of one plan, for blocks of so many runs."""

    follow: Any
    width: int
    constants: tuple[float, ...]


def compiled_plan(plan: Plan, width: int) -> Compiled:
    """Compile a plan for blocks of so many runs, or find it compiled."""
    writer = Writer(width=width, constants_from=max(1, sum(len(one.xs) for one in plan.tables)))
    text = writer.text(plan)
    return Compiled(follow_of(text), width, tuple(writer.constants))


def is_compiled_here(plan: Plan, width: int) -> bool:
    """Say whether the text of a plan was given to the compiler on this machine before."""
    folder = cache_folder()
    if config.DISABLE_JIT:
        return True
    writer = Writer(width=width, constants_from=max(1, sum(len(one.xs) for one in plan.tables)))
    return folder is not None and _room_in(folder, writer.text(plan)).exists()


@functools.lru_cache(maxsize=64)
def follow_of(text: str) -> Any:
    """Compile the text of an engine; with numba switched off it is plain Python and gives the same bits."""
    room = _room(text)
    names: dict[str, object] = {**names_for_compiling(), "__name__": __name__}
    exec(compile(text, str(room or "<stocks>"), "exec"), names)
    for name in [one for one in names if one.startswith("part_")]:
        names[name] = compiled(names[name])
    follow: Any = compiled(names["follow"])
    if config.DISABLE_JIT:
        return follow
    follow.outer.compile(FOLLOW.args)
    return follow.outer


def run_compiled(follow: Any, wiring: Any, *order: Any) -> None:
    """Run the loop that moves time, compiled once for the engines of all plans: it is given their address."""
    if not config.DISABLE_JIT:
        kinds = type_of(wiring), tuple(type_of(one) for one in order)
        with ONE_AT_A_TIME:
            _compile_march(*kinds)
    march(follow, wiring, *order)


class Address:
    """The engine of a plan by its address, looked up once: numba looks a function up at every call."""

    def __init__(self, follow: Any) -> None:
        """Look it up."""
        found = follow.get_compile_result(FOLLOW)
        self._owner = follow
        self._address = found.library.get_pointer_to_function(found.fndesc.llvm_cfunc_wrapper_name)

    def __wrapper_address__(self) -> Any:
        """Say where it is."""
        return self._address

    def signature(self) -> Any:
        """Say how it is called."""
        return FOLLOW


types.WrapperAddressProtocol.register(Address)


def short_cut(follow: Any, wiring: Any, *order: Any) -> Callable[[int, int], None]:
    """Give a way to carry runs on from one step to another that costs little.

    ``order``: width, method, every how many steps rows are kept, which ones, from which run on, and the table
    they are kept in.
    A call of a compiled loop first finds out of which kind all it is given is; many short ones would do
    little else.
    """
    width, method, *keeping = order
    if config.DISABLE_JIT:
        return lambda begin, end: march(follow, wiring, width, method, begin, end, *keeping)
    wanted = (type_of(wiring), *(type_of(one) for one in (width, method, 0, 0, *keeping)))
    with ONE_AT_A_TIME:
        _compile_march(wanted[0], wanted[1:])
    outer = cast(Any, march).outer
    go, address = outer.overloads[(types.FunctionType(FOLLOW), *wanted)].entry_point, Address(follow)
    return lambda begin, end: go(address, wiring, width, method, begin, end, *keeping)


@functools.cache
def _compile_march(wiring: Any, order: Any) -> None:
    outer = cast(Any, march).outer
    outer.compile((types.FunctionType(FOLLOW), wiring, *order))
    outer.disable_compile()


def _room(text: str) -> Path | None:
    """Write the text where the compiler's cache can see it; nothing where that cannot be done."""
    folder = cache_folder()
    if folder is None:
        return None
    room = _room_in(folder, text)
    try:
        if not room.exists() or room.read_text(encoding="utf-8") != text:
            handle, name = tempfile.mkstemp(dir=folder, suffix=".tmp")
            with os.fdopen(handle, "w", encoding="utf-8") as written:
                written.write(text)
            os.replace(name, room)
    except OSError:
        return None
    return room


def _room_in(folder: Path, text: str) -> Path:
    digest = hashlib.blake2b(f"{GENERATION}\0{text}".encode(), digest_size=12).hexdigest()
    return folder / f"stocks_{digest}.py"
