"""From the text of an engine to machine code, kept on disk under the hash of the text."""

import functools
import hashlib
import os
import tempfile
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
        _compile_march(type_of(wiring), tuple(type_of(one) for one in order))
    march(follow, wiring, *order)


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
    digest = hashlib.blake2b(f"{GENERATION}\0{text}".encode(), digest_size=12).hexdigest()
    room = folder / f"stocks_{digest}.py"
    try:
        if not room.exists() or room.read_text(encoding="utf-8") != text:
            handle, name = tempfile.mkstemp(dir=folder, suffix=".tmp")
            with os.fdopen(handle, "w", encoding="utf-8") as written:
                written.write(text)
            os.replace(name, room)
    except OSError:
        return None
    return room
