"""Simulate health and care in a place, and what a change upstream does downstream.

The nouns on the way down: ``load_model`` gives a ``Model``, ``compile_model`` a ``Program``, ``run`` a
``Run``; ``load_experiment`` and ``run_experiment`` give ``Results``, ``compare`` a ``Comparison``,
``write_report`` a page. Each is imported when it is first asked for, so that ``import simulator`` stays
cheap.
"""

from importlib import import_module

_ROOMS = {
    "load_model": "simulator.definition",
    "load_experiment": "simulator.definition",
    "compile_model": "simulator.compiler",
    "Window": "simulator.compiler",
    "run": "simulator.engines.run",
    "run_experiment": "simulator.experiment.run",
    "load_results": "simulator.experiment.run",
    "compare": "simulator.analysis",
    "write_tables": "simulator.analysis",
    "write_report": "simulator.reports",
}

__all__ = [
    "Window",
    "compare",
    "compile_model",
    "load_experiment",
    "load_model",
    "load_results",
    "run",
    "run_experiment",
    "write_report",
    "write_tables",
]


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for."""
    if name not in _ROOMS:
        raise AttributeError(f"module 'simulator' has no attribute '{name}'")
    return getattr(import_module(_ROOMS[name]), name)


def __dir__() -> list[str]:
    """List the public names."""
    return sorted(__all__)
