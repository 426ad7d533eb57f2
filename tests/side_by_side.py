"""Two processes that run tests side by side: when it pays, and that both do not compile the same kernel."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

# A process takes five seconds to start and to find all tests: fewer files than these are run sooner by one.
FEWEST_FILES = 30
# Files of these folders take up to a minute. They go before a folder of many short ones: were they the last,
# one process would be at work on them when the other has nothing left to do.
LONG, BEFORE = ("theory", "validation"), "reports"


def pays(asked: Sequence[str], *, folder: Path) -> bool:
    """Say whether what was asked for is so many files of tests that processes beside each other pay."""
    return sum(map(files_of_tests, (folder / one.partition("::")[0] for one in asked))) >= FEWEST_FILES


def files_of_tests(place: Path) -> int:
    """Count the files of tests in a folder, or the one that was named."""
    return sum(1 for _ in place.rglob("test_*.py")) if place.is_dir() else 1


def long_ones_earlier(folders: Sequence[str]) -> list[int]:
    """Order tests, each known by its folder: long ones before many short ones, all else as it was."""
    places = range(len(folders))
    long = [place for place in places if folders[place] in LONG]
    others = [place for place in places if folders[place] not in LONG]
    split = next((n for n, place in enumerate(others) if folders[place] == BEFORE), len(others))
    return [*others[:split], *long, *others[split:]]


def compile_one_at_a_time() -> None:
    """Let a kernel be compiled by one process, while others that want it wait and then read it from disk."""
    from simulator.engines import compiled  # not before it is asked for: it loads the compiler

    folder, compile_whole = compiled.cache_folder(), compiled.Kernel._compile_whole
    if folder is not None:
        compiled.Kernel._compile_whole = waiting_its_turn(compile_whole, folder)  # type: ignore[method-assign]


def waiting_its_turn(compile_whole: Callable[..., Any], folder: Path) -> Callable[..., Any]:
    """Hold a kernel's lock while it is looked for on disk, compiled and kept."""

    def compile_alone(kernel: Any, signature: Any) -> Any:
        with held(lock_of(kernel, folder)):
            return compile_whole(kernel, signature)

    return compile_alone


def lock_of(kernel: Any, folder: Path) -> Path:
    """Give the file that is locked while a kernel is compiled: beside what is kept of it."""
    name = f"{kernel.py_func.__module__}.{kernel.py_func.__qualname__}"
    return folder / f"{name.replace('<', '').replace('>', '')}.lock"


@contextmanager
def held(lock: Path) -> Iterator[None]:
    """Hold a lock that one process has at a time; the system takes it back from one that ends."""
    if sys.platform == "win32":  # its processes may compile twice
        yield
        return
    import fcntl

    with lock.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
