"""The effects of what is switched on in several folders: how strong, how sure, of which grade."""

from collections import Counter
from collections.abc import Iterator

from simulator.analysis.folders import Stand, Together
from simulator.reports.blocks import Group, Paragraph, Section, Table
from simulator.reports.citations import NO_GRADE
from simulator.reports.effect_words import COLUMNS, Row, effect_rows
from simulator.reports.numbers import count_words, listed
from simulator.reports.schemes import schemes_in
from simulator.reports.titles import clean, title_of, title_of_scenario

AS_WRITTEN = " Of a sweep these are the values as they are written, before any was varied or drawn."
Version = tuple[str, tuple[Row, ...]]


def effects_section(found: Together) -> Section | None:
    """List every effect that is switched on, once for each way in which scenarios have it."""
    versions: dict[Version, list[str]] = {}
    for stand in found.stands:
        for version, where in _versions(stand):
            versions.setdefault(version, []).append(where)
    if not versions:
        return None
    effects = dict.fromkeys((title, row) for title, rows in versions for row in rows)
    grades = Counter(grade for _, (_, _, _, grade, _) in effects)
    said = listed(
        f"{count:,} {'' if grade == NO_GRADE else 'of grade '}{grade}"
        for grade, count in sorted(grades.items())
    )
    number = count_words(len(effects), "number")
    table = Table(
        caption="What is assumed to be done by what is switched on, and how well it is known",
        columns=("Intervention", *COLUMNS),
        groups=tuple(
            Group(header=f"{title}, in: {listed(dict.fromkeys(where))}", rows=rows)
            for (title, rows), where in versions.items()
        ),
        texts=("Grade", "Source"),
        folded=f"Show the effects: {number} with range, grade and source",
    )
    text = (
        f"What is switched on is as strong as {number} say: {said}. Grade A: seen in the source itself. B: "
        "quoted by others. C: judgement, or a rough estimate. D and E: weaker still."
        f"{AS_WRITTEN if found.sweeps else ''}"
    )
    return Section(
        id="effects",
        title="What is assumed, and how well it is known",
        short="Effects and grades",
        blocks=(Paragraph(text=text), table),
    )


def _versions(stand: Stand) -> Iterator[tuple[Version, str]]:
    """Give each intervention as each scenario of a folder has it, and where that is."""
    experiment = stand.footing.experiment
    for id, names in sorted(schemes_in(experiment, stand.models).items()):
        for name in names:
            model = stand.models[name]
            rows = effect_rows(model, model.interventions[id])
            if rows:
                where = f"{title_of_scenario(experiment, name)} ({clean(stand.name)})"
                yield (title_of(model, "intervention", id=id), rows), where
