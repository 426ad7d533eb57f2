"""A comparison made by hand: a real model and experiment, invented numbers, no run."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType

import numpy as np

from simulator.analysis.comparison import Attribution, Comparison, EnrolledEffect, Primary, Series
from simulator.analysis.intervals import Estimate, estimate, estimate_difference, estimate_level
from simulator.analysis.labels import label
from simulator.analysis.measures import most, standard_names, unit
from simulator.definition import load_experiment
from simulator.definition.experiments import load_model_of
from simulator.experiment.measure_names import MeasureName, Vocabulary, read_name
from simulator.experiment.provenance import Manifest
from simulator.experiment.results import Results
from simulator.experiment.scenarios import compile_scenarios

PERIODS = 30
MODEL = """
schema_version = 1
title = {place}
starts = 2025-04-01

[organisations.city]
name = {organisation}
sector = "acute"

[segments.well]
people = 9_000
[segments.frail]
title = {segment}
people = 1_000

[needs.illness]
title = {need}
starts_at = "ae"
[needs.illness.rate]
well = "0.05 per year"
[needs.illness.rate.frail]
value = "0.4 per year"
low = "0.3 per year"
high = "0.5 per year"
source = {source}
grade = "B"
[needs.review]
rate = "0 per year"
starts_at = "ae"

[resources.bays]
owner = "city"
capacity = 20
[resources.beds]
owner = "city"
capacity = {{ value = 40, source = "judgement", grade = "C" }}

[activities.ae]
title = "A&E"
resource = "bays"
duration = "3 h"
resident = true
queue_is_resident = true
routes = {{ ward = 0.3, exit = 0.7 }}
cost = {{ contact = "£150" }}
[activities.ward]
resource = "beds"
duration = "5 days"
resident = true

[clocks.four_hour]
title = "Arrival to leaving A&E"
starts = "ae.arrival"
stops = "ae.leave"
targets = ["4 hours"]

[measures.illness]
title = {measure}
of = "need.illness.per_year"
primary = true
matters_from = 10
[measures.four_hour]
of = "clock.four_hour.within.4_hours"
primary = true
matters_from = 0.01

[interventions.plans]
title = {intervention}
what = "upstream"
lead = "city"
uptake = 0.7
places = 100
evidence = ["review"]
[interventions.plans.eligible]
recent_use = {{ needs = ["illness"], at_least = 2, within = "4 quarters" }}
[interventions.plans.cost]
set_up = "£80k"
[[interventions.plans.effects]]
times = "needs.illness.rate"
for = "enrolled"
value = {{ value = 0.95, low = 0.88, high = 1.03, source = "a trial", grade = "B" }}

[evidence.review]
source = {source}
note = "No difference was seen."
grade = "A"
"""
EXPERIMENT = """
schema_version = 1
title = {title}
model = "model.toml"
warm_up = "52 weeks"
horizon = "{horizon}"
seed = 7
replications = {replications}
population_share = {share}
report_every = "4 weeks"
[scenarios.plans]
title = {scenario}
on = ["plans"]
[scenarios.more_beds]
set = {{ "resources.beds.capacity" = 44 }}
"""
TEXTS = MappingProxyType(
    {
        "place": "A small place",
        "organisation": "City hospital",
        "segment": "Frail people",
        "need": "Sudden illness",
        "source": "A survey, 2024",
        "measure": "Sudden illnesses a year",
        "intervention": "Care plans",
        "title": "Plans or beds",
        "scenario": "Care plans for all",
    }
)
CUTS = ("need.illness.by.segment.frail.per_year", "need.illness.by.segment.well.per_year")
LEVELS = {"share": 0.8, "days": 0.2, "£ a year": 2_400_000.0, "needs a year": 850.0}


@dataclass(frozen=True, kw_only=True)
class Invented:
    """What is invented: texts that stand in the files, and by how much each scenario differs, as a share.

    ``more`` stands at the end of the model.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    changes: Mapping[str, float] = field(default_factory=lambda: {"plans": -0.03, "more_beds": 0.0})
    noise: float = 0.004
    replications: int = 5
    share: float = 1.0
    horizon: str = "2 years"
    notes: tuple[str, ...] = ()
    more: str = ""


def comparison(folder: Path, invented: Invented | None = None) -> Comparison:
    """Build a comparison; its files and report live in ``folder``."""
    invented = invented or Invented()
    results = _results(folder, invented)
    known = _vocabulary()
    asked = {id: read_name(one.of, known) for id, one in results.model.measures.items()}
    names = {
        **asked,
        **{one.text: one for one in asked.values()},
        **{text: read_name(text, known) for text in standard_names(known)},
    }
    cuts = {text: read_name(text, known) for text in CUTS}
    every = {**names, **cuts}
    values = {scenario: _values(every, scenario, invented) for scenario in results.scenarios}
    others = results.scenarios[1:]
    return Comparison(
        results=results,
        notes=invented.notes,
        names=names,
        cuts=cuts,
        primary=tuple(
            Primary(name=asked[id].text, matters_from=float(one.matters_from.value))
            for id, one in results.model.measures.items()
            if one.matters_from is not None
        ),
        units={text: unit(name) for text, name in every.items()},
        labels={text: label(name, results.model) for text, name in every.items()},
        values=values,
        measures={
            name: {text: estimate_level(one, most=most(every[text])) for text, one in table.items()}
            for name, table in values.items()
        },
        differences={name: _differences(values[name], values["baseline"]) for name in others},
        all_series={name: _all_series(names, values[name]) for name in results.scenarios},
        all_series_differences={
            name: _all_series(names, _less(values[name], values["baseline"])) for name in others
        },
        hours={},
        counts={},
        instants={},
        attributions={name: _attributions(invented, name) for name in others},
        enrolments={"plans": (_enrolled(),)},
    )


def as_stocks(made: Comparison) -> Comparison:
    """Give a comparison as if it were of stocks."""
    return replace(
        made, results=replace(made.results, manifest=replace(made.results.manifest, engine="stocks"))
    )


def _results(folder: Path, invented: Invented) -> Results:
    texts = {key: _quoted(text) for key, text in {**TEXTS, **invented.texts}.items()}
    (folder / "model.toml").write_text(MODEL.format(**texts) + invented.more, encoding="utf-8")
    said = EXPERIMENT.format(
        **texts, replications=invented.replications, share=invented.share, horizon=invented.horizon
    )
    (folder / "trial.toml").write_text(said, encoding="utf-8")
    experiment = load_experiment(folder / "trial.toml")
    return Results(
        folder=folder,
        manifest=_manifest(invented, experiment.title or ""),
        experiment=experiment,
        models={name: load_model_of(experiment, name) for name in experiment.scenarios},
        programs=compile_scenarios(experiment).programs,
        replications=tuple(range(invented.replications)),
        notes=invented.notes,
    )


def _manifest(invented: Invented, title: str) -> Manifest:
    return Manifest(
        format=1,
        design="d" * 32,
        experiment="trial",
        title=title,
        engine="people",
        seed=7,
        replications=invented.replications,
        population_share=invented.share,
        fingerprints={"baseline": "a" * 8, "more_beds": "b" * 8, "plans": "c" * 8},
        versions={"simulator": "0.1.0"},
        notes=invented.notes,
        began="2026-01-05T10:00:00+00:00",
        ended="2026-01-05T10:01:00+00:00",
    )


def _vocabulary() -> Vocabulary:
    return Vocabulary(
        subjects={
            "activity": ("ae", "ward"),
            "resource": ("bays", "beds"),
            "clock": ("four_hour",),
            "need": ("illness", "review"),
            "count": (),
            "people": ("frail", "well"),
            "organisation": ("city",),
            "intervention": ("plans",),
            "stock": (),
        },
        values={"segment": ("frail", "well"), "need": (), "class": (), "locality": (), "quintile": ()},
        targets={"four_hour": (14_400,)},
    )


def _values(
    names: Mapping[str, MeasureName], scenario: str, invented: Invented
) -> dict[str, tuple[float | None, ...]]:
    found: dict[str, tuple[float | None, ...]] = {}
    for place, (text, name) in enumerate(names.items()):
        base = LEVELS.get(unit(name), 30.0)
        change = invented.changes.get(scenario, 0.0)
        found[text] = tuple(
            base * (1 + 0.01 * math.sin(r)) * (1 + change)
            + base * invented.noise * math.sin(3 * r + place) * (scenario != "baseline")
            for r in range(invented.replications)
        )
    return found


def _differences(
    scenario: Mapping[str, tuple[float | None, ...]], baseline: Mapping[str, tuple[float | None, ...]]
) -> dict[str, Estimate]:
    return {text: estimate_difference(one, baseline[text]) for text, one in scenario.items()}


def _less(
    scenario: Mapping[str, tuple[float | None, ...]], baseline: Mapping[str, tuple[float | None, ...]]
) -> dict[str, tuple[float | None, ...]]:
    return {
        text: tuple((a or 0.0) - (b or 0.0) for a, b in zip(one, baseline[text], strict=True))
        for text, one in scenario.items()
    }


def _all_series(
    names: Mapping[str, MeasureName], values: Mapping[str, tuple[float | None, ...]]
) -> dict[str, Series]:
    waves = 1 + 0.05 * np.sin(np.arange(PERIODS) / 3)
    starts = tuple(date(2025, 4, 1) + timedelta(weeks=4 * period) for period in range(PERIODS))
    found = {}
    for text in names:
        one = estimate(values[text])
        mean, half = one.mean or 0.0, 0.0 if one.high is None else one.high - (one.mean or 0.0)
        found[text] = Series(
            starts=starts,
            days=np.full(PERIODS, 28.0),
            mean=mean * waves,
            low=mean * waves - 2 * half,
            high=mean * waves + 2 * half,
        )
    return found


def _attributions(invented: Invented, scenario: str) -> tuple[Attribution, ...]:
    def around(level: float) -> Estimate:
        return estimate([level + 0.1 * level * math.sin(r) for r in range(invented.replications)])

    if scenario != "plans":
        return (_attribution(around(850), around(850), averted={}, rest=(around(0), around(0), around(0))),)
    rest = (around(4), around(2), around(3))
    return (_attribution(around(850), around(825), averted={"plans": around(30)}, rest=rest),)


def _attribution(
    baseline: Estimate, scenario: Estimate, *, averted: Mapping[str, Estimate], rest: tuple[Estimate, ...]
) -> Attribution:
    return Attribution(
        need="illness",
        baseline=baseline,
        scenario=scenario,
        averted=averted,
        induced=rest[0],
        knock_on_fewer=rest[1],
        knock_on_more=rest[2],
        displaced=estimate([0.0, 0.0]),
    )


def _enrolled() -> EnrolledEffect:
    before, after, without = [3.0, 3.1, 2.9], [1.5, 1.6, 1.4], [1.58, 1.66, 1.5]
    return EnrolledEffect(
        intervention="plans",
        need="illness",
        people=estimate([64.0, 70.0, 61.0]),
        before=estimate(before),
        after=estimate(after),
        after_without=estimate(without),
        naive=estimate_difference(after, before),
        true=estimate_difference(after, without),
    )


def _quoted(text: str) -> str:
    escaped = "".join(f"\\u{ord(c):04X}" if ord(c) < 32 or c in '"\\' else c for c in text)
    return f'"{escaped}"'
