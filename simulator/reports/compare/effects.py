"""The effects of what is switched on in several folders: how strong, how sure, of which grade."""

from collections import Counter
from collections.abc import Iterator

from simulator.analysis.folders.together import Stand, Together
from simulator.reports.blocks import Group, Paragraph, Section, Table
from simulator.reports.citations import NO_GRADE
from simulator.reports.effect_words import COLUMNS, Row, effect_rows
from simulator.reports.numbers import count_words, listed
from simulator.reports.schemes import schemes
from simulator.reports.titles import clean, scenario_title, title_of

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
    )
    return Section(
        id="effects",
        title="What is assumed, and how well it is known",
        short="Effects and grades",
        blocks=(Paragraph(text=text), table),
    )


def _versions(stand: Stand) -> Iterator[tuple[Version, str]]:
    """Give each intervention as each scenario of a folder has it, and where that is."""
    comparison = stand.comparison
    for id, names in sorted(schemes(comparison).items()):
        for name in names:
            model = comparison.results.models[name]
            rows = effect_rows(model, model.interventions[id])
            if rows:
                where = f"{scenario_title(comparison, name)} ({clean(stand.name)})"
                yield (title_of(model, "intervention", id=id), rows), where
