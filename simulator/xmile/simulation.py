"""How an XMILE file wants to be run: start, stop, step, method."""

import math
from typing import TYPE_CHECKING

from simulator.equations.system import Timing
from simulator.xmile.elements import Element

if TYPE_CHECKING:
    from simulator.xmile.reading import Reader

METHODS = {"euler": "euler", "rk4": "rk4", "runge-kutta4": "rk4", "runge kutta 4": "rk4"}
MOST_STEPS = 50_000_000
VENSIM = "Ventana Systems, Inc."


def timing_of(root: Element, reader: "Reader") -> tuple[Timing, list[str]]:
    """Read the simulation specifications, and what should be told about them."""
    specs = root.first("sim_specs") or next(
        (one for model in root.all("model") for one in model.all("sim_specs")), None
    )
    if specs is None:
        reader.complain(root, "has no <sim_specs>: when does it start and stop?")
        return Timing(), []
    start, stop = (
        _number(specs, "start", otherwise=0.0, reader=reader),
        _number(specs, "stop", otherwise=None, reader=reader),
    )
    step = _number(specs, "dt", otherwise=1.0, reader=reader)
    dt = specs.first("dt")
    if dt is not None and dt.attributes.get("reciprocal", "").lower() == "true" and step:
        step = 1 / step
    reader.lines["sim_specs", "dt"] = (dt or specs).line
    if step <= 0:
        reader.complain(dt or specs, f"the step is {step:g}; it must be above 0.", path="sim_specs.dt")
        step = 1.0
    if stop < start:
        reader.complain(specs, f"stops at {stop:g}, before it starts at {start:g}.", path="sim_specs.stop")
    elif (stop - start) / step > MOST_STEPS:
        reader.complain(
            specs, f"{(stop - start) / step:,.0f} steps; {MOST_STEPS:,} are the most.", path="sim_specs"
        )
    elif start < stop < start + step * (1 - 1e-6):
        said = f"the step of {step:g} is longer than the run, which lasts {stop - start:g}."
        reader.complain(dt or specs, said, path="sim_specs.dt")
    every = specs.attributes.get("isee:save_interval", "")
    method, notes = _method(specs, root, reader=reader)
    timing = Timing(
        start=start,
        stop=stop,
        step=step,
        method=method,
        save_every=_or_none(every, step),
        unit=specs.attributes.get("time_units", "time"),
    )
    return timing, notes


def _method(specs: Element, root: Element, *, reader: "Reader") -> tuple[str, list[str]]:
    """Choose the first method that is known here.

    Vensim's own export says RK4 of every model, whatever the model was set to, and its flows are auxiliaries;
    what it was run with is Euler unless somebody chose otherwise.
    """
    said = [one.strip().lower() for one in specs.attributes.get("method", "euler").split(",")]
    known = [METHODS[one] for one in said if one in METHODS]
    if not known:
        listed = ", ".join(said)[:60]
        reader.complain(
            specs, f"the method '{listed}' is not supported; euler and rk4 are.", path="sim_specs.method"
        )
        return "euler", []
    header = root.first("header")
    vendor = header.first("vendor") if header is not None else None
    has_flows = any(
        True for model in root.all("model") for group in model.all("variables") for _ in group.all("flow")
    )
    if known[0] == "rk4" and vendor is not None and vendor.words == VENSIM and not has_flows:
        note = "written by Vensim, whose files say RK4 whatever was set: run with Euler."
        note = f"{note} Say --set method=rk4 if RK4 is meant."
        return "euler", [note]
    return known[0], []


def _number(specs: Element, tag: str, *, otherwise: float | None, reader: "Reader") -> float:
    found = specs.first(tag)
    text = found.words if found is not None else ""
    if not text and otherwise is not None:
        return otherwise
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        reader.complain(found or specs, f"'{text[:40]}' is not a number.", path=f"sim_specs.{tag}")
        return otherwise or 0.0
    return value


def _or_none(text: str, step: float) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) and value > step else None
