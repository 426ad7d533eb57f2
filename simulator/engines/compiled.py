"""The one decorator of compiled functions: numba, cached on disk so that no edit is ever overlooked.

Numba's own cache watches only the file of the compiled function. Here the cache folder is named after a
hash of the text of all kernel rooms and of the contracts whose constants they freeze, so that an edit in
any of them begins a new folder. A folder that cannot be written is left for the temporary one; a damaged
entry is compiled again. With ``NUMBA_DISABLE_JIT=1`` a kernel is plain Python and gives the same bits.
"""

import functools
import hashlib
import os
import pickle
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
import numpy as np
from llvmlite.binding import Linkage
from numba.core.caching import FunctionCache
from numba.core.codegen import CPUCodeLibrary
from numba.core.compiler_lock import global_compiler_lock
from numba.core.cpu import CPUContext
from numba.core.targetconfig import TargetConfig
from numba.core.types.functions import BaseFunction
from numba.np import arrayobj

Function = TypeVar("Function", bound=Callable[..., object])

ENGINES = Path(__file__).resolve().parent
CONTRACTS = (
    ENGINES.parent / "compiler" / "program.py",
    ENGINES / "records.py",
    ENGINES / "fetching.py",
    ENGINES.parent / "equations" / "meanings.py",
    ENGINES.parent / "equations" / "plan.py",
)
MARK = "import kernel"
# Rooms whose kernels make no arrays: references to those they are given need not be counted. Counting is an
# atomic instruction; it made the engine ten times slower.
LEAN = ("simulator.engines.kernels.", "simulator.engines.network.kernels.")

config: Any = numba.config
jit: Any = numba.njit
types: Any = numba.types


def kernel(function: Function) -> Function:
    """Compile a function of arrays and numbers: no fastmath, no lock held, cached on disk.

    Integers wrap. Every unsigned constant is ``np.uint64``: numba turns ``uint64 op int64`` into a float.
    """
    if config.DISABLE_JIT:
        return quietly(function)
    return cast(Function, Kernel(function))


class Kernel:
    """A compiled function in two forms: one that Python calls, and one that other kernels call.

    Python's is optimised as a whole and kept on disk. The other has no door for Python, is of one form
    whatever constants it is called with, and is left as it is until a whole is made of it: so the engine
    compiles in a quarter of the time.
    """

    def __init__(self, function: Callable[..., object]) -> None:
        functools.update_wrapper(self, function)
        self.py_func = function
        counts = not function.__module__.startswith(LEAN)
        self.outer: Any = jit(nogil=True, error_model="numpy", _nrt=counts)(function)
        self.inner: Any = jit(
            nogil=True, error_model="numpy", no_cpython_wrapper=True, no_cfunc_wrapper=True, _nrt=counts
        )(function)
        self._is_lean = not counts
        self._resolve, self.inner.get_call_template = self.inner.get_call_template, self._template
        self._compile, self.outer.compile = self.outer.compile, self._compile_whole
        folder = cache_folder()
        if folder is not None:
            keep(self.outer, function, folder=folder)

    def __call__(self, *arguments: object) -> object:
        """Call it from Python."""
        return self.outer(*arguments)

    @property
    def _numba_type_(self) -> Any:
        """Say what it is to a kernel that calls it."""
        return types.Dispatcher(self.inner)

    def _template(self, arguments: Any, keywords: Any) -> Any:
        """Compile it for a kernel that calls it."""
        plain = tuple(types.unliteral(one) for one in arguments)
        with compiling(whole=False, lean=self._is_lean):
            found = self._resolve(plain, keywords)
            for form in self.inner.overloads.values():
                form.library._ensure_finalized()  # as a part, before a whole asks for it
            return found

    def _compile_whole(self, signature: Any) -> Any:
        """Compile it for Python."""
        with compiling(whole=True, lean=self._is_lean):
            return self._compile(signature)


class Now:
    """What is compiled now: a whole, or a part that waits to be made part of one; of a lean room or not.

    In lean rooms no index is negative, so none is looked at for that.
    """

    is_whole = True
    is_lean = False


@contextmanager
def compiling(*, whole: bool, lean: bool) -> Iterator[None]:
    """Say what is compiled meanwhile; another thread that has something to compile waits until it is done."""
    with global_compiler_lock:
        before = Now.is_whole, Now.is_lean
        Now.is_whole, Now.is_lean = whole, lean
        try:
            yield
        finally:
            Now.is_whole, Now.is_lean = before


def finish_wholes_only(library_class: Any) -> None:
    """Let numba optimise, link and emit only wholes, made of all their parts."""
    finish, optimise = library_class.finalize, library_class._optimize_functions
    optimise_whole = library_class._optimize_final_module

    def finish_whole(library: Any) -> None:
        if Now.is_whole:
            library._linking_libraries = all_parts(library)
            finish(library)
        else:
            library._raise_if_finalized()
            library._finalized = True

    def optimise_in_whole(library: Any, module: Any) -> None:
        if Now.is_whole:
            optimise(library, module)

    def optimise_closed(library: Any) -> None:
        close(library._final_module)
        optimise_whole(library)

    library_class.finalize = finish_whole
    library_class._optimize_final_module = optimise_closed
    library_class._optimize_functions = optimise_in_whole


def close(module: Any) -> None:
    """Let nobody outside a whole call its parts: then they can be merged, and what they need not pass is not
    passed."""
    for function in module.functions:
        if not function.is_declaration and function.linkage == Linkage.linkonce_odr:
            function.linkage = Linkage.internal


def stand_in_for_parts(context_class: Any) -> None:
    """Give a part, which cannot be executed by itself, something unique to be known by."""
    make_executable = context_class.get_executable

    def executable_of(context: Any, library: Any, *described: Any) -> Any:
        if Now.is_whole:
            return make_executable(context, library, *described)
        return [].append

    context_class.get_executable = executable_of


def compare_quickly(settings_class: Any) -> None:
    """Let numba compare two sets of settings by those that were set, not by all forty: it does so 200,000
    times."""

    def is_equal(one: Any, other: Any) -> bool:
        if not isinstance(other, type(one)):
            return False
        mine, theirs = one._values, other._values
        names = {*mine, *theirs}
        differ = [name for name in names if mine.get(name, names) is not theirs.get(name, names)]
        return all(getattr(one, name) == getattr(other, name) for name in differ)

    settings_class.__eq__ = is_equal
    settings_class.__hash__ = lambda settings: hash(type(settings).__name__)


def remember_operators(function_class: Any) -> None:
    """Let numba work out once what an operator makes of two numbers, not for each place where it stands."""
    work_out = function_class.get_call_type

    def call_type(operator: Any, context: Any, *call: Any) -> Any:
        given, named = call
        if named or not all(isinstance(one, types.Number | types.Boolean) for one in given):
            return work_out(operator, context, given, named)
        known = vars(operator).setdefault("_known", {})
        if given not in known:
            known[given] = work_out(operator, context, given, named)
        return known[given]

    function_class.get_call_type = call_type


def take_indices_as_they_are(room: Any) -> None:
    """Let numba add no look at whether an index is negative where none is."""
    look = room.fix_integer_index

    def index_of(*given: Any) -> Any:
        context, builder, kind, index, _ = given
        if Now.is_lean and kind.signed:
            return context.cast(builder, index, kind, types.intp)
        return look(*given)

    room.fix_integer_index = index_of


def all_parts(library: Any) -> list[Any]:
    """List the libraries of code that one needs, directly or not, each before those that it needs itself.

    The linker passes over what nothing asks for yet, so callers come before those they call.
    """
    found: dict[Any, None] = {}
    waiting = [(library, iter(library._linking_libraries))]
    while waiting:
        asking, asked = waiting[-1]
        part = next((one for one in asked if one not in found), None)
        if part is None:
            found[asking] = None
            waiting.pop()
        else:
            waiting.append((part, iter(part._linking_libraries)))
    return [part for part in reversed(found) if part is not library]


@functools.cache
def cache_folder() -> Path | None:
    """Find a folder for compiled code that can be written, or ``None``."""
    name = source_hash()
    for base in cache_bases():
        folder = base / "downstream-simulator" / name
        try:
            folder.mkdir(parents=True, exist_ok=True)
            tempfile.TemporaryFile(dir=folder).close()
        except OSError:
            continue
        return folder
    return None


def cache_bases() -> tuple[Path, ...]:
    """List where compiled code may be kept, the best first."""
    chosen = os.environ.get("NUMBA_CACHE_DIR")
    ours = Path(tempfile.gettempdir()) / f"downstream-simulator-{os.getuid() if hasattr(os, 'getuid') else 0}"
    return (Path(chosen), ours) if chosen else (user_cache(), ours)


def user_cache() -> Path:
    """Give the folder where this system keeps what a program may make again."""
    try:
        home = Path.home()
    except RuntimeError:
        home = Path(tempfile.gettempdir())
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    if sys.platform == "darwin":
        return home / "Library" / "Caches"
    return Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache")


@functools.cache
def source_hash() -> str:
    """Hash the text of every room that is compiled, and of the contracts with the constants it uses."""
    digest = hashlib.blake2b(digest_size=12)
    for room in kernel_rooms():
        digest.update(f"{room.name}\0".encode() + room.read_bytes() + b"\0")
    return digest.hexdigest()


def kernel_rooms() -> tuple[Path, ...]:
    """List the rooms that a kernel's code can come from."""
    rooms = [
        room
        for room in sorted(ENGINES.rglob("*.py"))
        if "kernels" in room.relative_to(ENGINES).parts or MARK in room.read_text(encoding="utf-8")
    ]
    return (*rooms, *CONTRACTS)


def keep(compiled: Any, function: Callable[..., object], *, folder: Path) -> None:
    """Give a compiled function its place on disk; one that cannot have one is compiled in each process."""
    before = config.CACHE_DIR
    config.CACHE_DIR = str(folder)
    try:
        compiled._cache = open_cache(function)
    except (OSError, RuntimeError):
        return
    finally:
        config.CACHE_DIR = before


def quietly(function: Function) -> Function:
    """Let the integers of an uncompiled kernel wrap without a warning."""
    return np.errstate(over="ignore")(function)


class KernelCache(FunctionCache):
    """A cache that never stops a run: what cannot be read is compiled, what cannot be written is not kept."""

    def load_overload(self, *arguments: Any) -> Any:
        """Return the stored code, or ``None`` where there is none that can be read."""
        try:
            inherited: Any = super()
            return inherited.load_overload(*arguments)
        except (
            OSError,
            EOFError,
            ValueError,
            TypeError,
            LookupError,
            AttributeError,
            ImportError,
            pickle.PickleError,
        ):
            return self._forget()

    def save_overload(self, *arguments: Any) -> None:
        """Store the code if that can be done."""
        try:
            inherited: Any = super()
            inherited.save_overload(*arguments)
        except (OSError, EOFError, ValueError, pickle.PickleError):
            self._forget()

    def _forget(self) -> None:
        """Empty the entry's index if that can be done."""
        try:
            inherited: Any = super()
            inherited.flush()
        except OSError:
            return


open_cache: Any = KernelCache
finish_wholes_only(CPUCodeLibrary)
stand_in_for_parts(CPUContext)
take_indices_as_they_are(arrayobj)
compare_quickly(TargetConfig)
remember_operators(BaseFunction)
