"""Workers say what they are made of; one that differs might give other bytes, and is refused by name."""

import socket
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from simulator.engines.readiness import must_be_compiled
from simulator.errors import RunFailed
from simulator.experiment.provenance import versions
from simulator.experiment.sources import source_hash

# What a scheduler can tell of its workers before any of our own code is asked there.
ASKED_FIRST = ("numpy", "numba", "scipy", "pyarrow")
CODE = "the simulator's own code"
REMEDY = "Install the same there; 'downstream --version' and 'python --version' say what is here."


@dataclass(frozen=True, slots=True, kw_only=True)
class Greeting:
    """What a worker says of itself."""

    host: str
    made_of: Mapping[str, str]
    must_compile: bool


@cache
def made_of() -> Mapping[str, str]:
    """Say what this process is made of: versions, and a hash of the simulator's code."""
    return versions() | {CODE: source_hash(with_definition=True, with_analysis=True)[:12]}


def greeting(engine: str) -> Greeting:
    """Greet, there; called on every worker."""
    return Greeting(host=socket.gethostname(), made_of=made_of(), must_compile=must_be_compiled(engine))


def refuse_others(there: Mapping[str, str], *, here: Mapping[str, str], name: str) -> None:
    """Raise ``RunFailed`` if a worker is made of anything else than we are."""
    differs = [
        f"{word} is {there.get(word, 'absent')} there, {one} here"
        for word, one in here.items()
        if there.get(word) != one
    ]
    if differs:
        raise RunFailed(f"Worker {name} would give other numbers: {'; '.join(differs)}. {REMEDY}")


def greet_all(client: Any, *, engine: str) -> list[Greeting]:
    """Ask all workers of a cluster who they are; raise ``RunFailed`` with the first that differs."""
    here = made_of()
    for name, there in client.get_versions(packages=list(ASKED_FIRST))["workers"].items():
        known = {word: str(one) for word, one in there["packages"].items()}
        python = known.get("python", "").rpartition(".final")[0] or known.get("python", "absent")
        plain = {"python": python} | {word: known.get(word, "absent") for word in ASKED_FIRST}
        refuse_others(plain, here={word: here[word] for word in plain}, name=name)
    found = client.run(greeting, engine, on_error="return")
    for name, one in found.items():
        if not isinstance(one, Greeting):
            raise RunFailed(f"Worker {name} has no simulator like this one: {one}. {REMEDY}")
        refuse_others(one.made_of, here=here, name=name)
    return list(found.values())


def compiling(greetings: list[Greeting]) -> Iterator[str]:
    """Name the machines on which the engine is still to be compiled."""
    yield from sorted({one.host for one in greetings if one.must_compile})
