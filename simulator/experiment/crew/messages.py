"""What a command and its worker processes say to each other: pickles through two pipes."""

import pickle
import traceback
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import IO, Any

from simulator.errors import RunFailed


@dataclass(frozen=True, slots=True)
class Begin:
    """To a worker: its job from now on, if it is made of what we are (``handshake``)."""

    payload: bytes
    here: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Do:
    """To a worker: a piece to do."""

    piece: Any


@dataclass(frozen=True, slots=True)
class Ready:
    """From a worker: it has begun."""


@dataclass(frozen=True, slots=True)
class Ran:
    """From a worker: so many runs more are done."""

    runs: int


@dataclass(frozen=True, slots=True)
class Done:
    """From a worker: what came of a piece."""

    done: Any


@dataclass(frozen=True, slots=True)
class Failed:
    """From a worker: what a piece raised."""

    fault: BaseException


class Gone(Exception):
    """Say that there is nobody at the other end any more."""


def say(pipe: IO[bytes], message: object) -> None:
    """Say something; raise ``Gone`` if nobody is there to hear it."""
    try:
        pipe.write(pickle.dumps(message))
        pipe.flush()
    except (OSError, ValueError) as fault:
        raise Gone from fault


def hear(pipe: IO[bytes]) -> object:
    """Wait for what is said; raise ``Gone`` where nothing more comes, or half of it."""
    try:
        return pickle.load(pipe)
    except (EOFError, OSError, ValueError, pickle.UnpicklingError) as fault:
        raise Gone from fault


def failed_with(fault: BaseException) -> Failed:
    """Say what a piece raised, with the lines that it was raised on, in words if it cannot be sent itself."""
    with suppress(Exception):
        fault.add_note("In a worker process:\n" + "".join(traceback.format_exception(fault)))
        if type(pickle.loads(pickle.dumps(fault))) is type(fault):
            return Failed(fault)
    return Failed(RunFailed(f"a defect of ours: {type(fault).__name__}: {fault}."))
