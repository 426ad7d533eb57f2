"""Where results come from: the design they belong to, the seeds, the versions, when."""

import hashlib
import json
import platform
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from importlib import metadata

from simulator.compiler.program import Program
from simulator.errors import OutputError
from simulator.experiment.sources import layout_number, source_hash

DISTRIBUTION = "downstream-simulator"
THEN = ", then "
RUN, SWEEP, SEEK, CALIBRATION, STOCK_SWEEP = "run", "sweep", "seek", "calibration", "design over stocks"
COMMANDS = {
    RUN: "downstream run",
    SWEEP: "downstream sweep",
    SEEK: "downstream seek",
    CALIBRATION: "downstream calibrate",
    STOCK_SWEEP: "downstream stocks --vary",
}
RECORDED = ("numpy", "scipy", "simpy", "numba", "pyarrow")


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a results folder says of itself.

    ``kind``: a run of so many ``draws``, a search, a calibration, a sweep of so many ``points`` and
    ``draws``, or a design over a model of stocks alone.

    ``format`` numbers the layout of its parts. ``design`` is a hash of all that changes what a run
    contains: the scenarios' programs, the seed, the engine, the log that was asked for, and the simulator's
    own code; the number of replications is outside it. ``fingerprints`` by scenario. ``versions`` of all
    that parts were made with, the first first. ``began`` and ``ended`` are the only times of day in a
    folder; ``ended`` is ``None`` while replications are missing.
    """

    format: int
    design: str
    experiment: str
    title: str
    engine: str
    seed: int
    replications: int
    population_share: float
    fingerprints: Mapping[str, str]
    versions: Mapping[str, str]
    notes: tuple[str, ...]
    began: str
    ended: str | None
    kind: str = RUN
    points: int = 1
    draws: int = 0


def design_hash(
    programs: Mapping[str, Program],
    *,
    engine: str,
    seed: int,
    log: str,
    drawn: Mapping[str, object] | None = None,
) -> str:
    """Hash what changes the content of a run; ``drawn``: what its draws come from, where it has any."""
    said = {
        "format": layout_number(),
        "code": source_hash(),
        "engine": engine,
        "seed": seed,
        "log": log,
        "scenarios": {name: program.fingerprint for name, program in programs.items()},
    }
    return hash_of(said if drawn is None else said | {"drawn": drawn})


def hash_of(said: object) -> str:
    """Hash what makes a design: 32 hexadecimal digits; what JSON does not know is hashed as its text."""
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()[:32]


def versions() -> dict[str, str]:
    """List the versions that a run may depend on."""
    found = {"python": platform.python_version(), "simulator": metadata.version(DISTRIBUTION)}
    return found | {name: metadata.version(name) for name in RECORDED}


def with_versions(manifest: Manifest, now: Mapping[str, str]) -> Manifest:
    """Add the versions that further parts are made with: ``2.1.0, then 2.2.0``."""
    joined = {
        name: _joined(manifest.versions.get(name), now.get(name)) for name in {**manifest.versions, **now}
    }
    return replace(manifest, versions=joined)


def now() -> str:
    """Give the time of day, to the second, in UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def manifest_text(manifest: Manifest) -> str:
    """Write a manifest as JSON."""
    return json.dumps(asdict(manifest), indent=2, ensure_ascii=False) + "\n"


def read_manifest(text: str, *, where: str) -> Manifest:
    """Read a manifest; raise ``OutputError`` if it is not one of ours."""
    try:
        found = json.loads(text)
        return Manifest(**found | {"notes": tuple(found["notes"])})
    except (ValueError, TypeError, KeyError) as fault:
        raise OutputError(f"{where}: this is not the manifest of a results folder.") from fault


def _joined(before: str | None, now: str | None) -> str:
    """Tell one version after another, each as often as it came into use."""
    told = before.split(THEN) if before else []
    return THEN.join([*told, now] if now and told[-1:] != [now] else told)
