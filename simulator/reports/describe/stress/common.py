"""Items that both checklists ask in the same way: objectives, sources, software, access."""

from importlib.metadata import version

from simulator.definition.model import Model
from simulator.reports.assumptions import assumptions
from simulator.reports.citations import citation
from simulator.reports.describe.stress.items import Item, of_model, of_nobody, of_program, some
from simulator.reports.switches import who_words
from simulator.reports.titles import as_words, clean, title_of


def objectives(model: Model | None, *, otherwise: str) -> tuple[Item, ...]:
    """Say what the model is for, what is looked at, what may be tried."""
    note = clean(model.note) if model is not None and model.note else ""
    return (
        of_model(("1.1", "purpose", "Purpose of the model"), note, otherwise="a note at its top would say."),
        of_model(("1.2", "outputs", "Model outputs"), _outputs(model), otherwise=otherwise),
        of_model(
            ("1.3", "experimentation_aims", "Experimentation aims"),
            some(_interventions(model), "intervention"),
            otherwise="an experiment file says what is compared.",
        ),
    )


def scenario_logic(model: Model | None) -> Item:
    """Say in what each intervention differs from the base."""
    said = []
    for id in _ids(model):
        assert model is not None
        said.append(f"{title_of(model, 'intervention', id=id)}. {who_words(model, model.interventions[id])}")
    return of_model(
        ("2.3", "scenario_logic", "Scenario logic"),
        " ".join(said) + (" Effects and costs are listed under “What might be changed”." if said else ""),
        otherwise="it has no interventions.",
    )


def sources(model: Model | None) -> Item:
    """Cite the evidence that the model names."""
    cited = [clean(citation(one)) for one in model.evidence.values()] if model is not None else []
    return of_model(("3.1", "data_sources", "Data sources"), some(cited, "finding"))


def preparation() -> Item:
    """Say that what was done to data before they came into the file is not in it."""
    return of_nobody(("3.3", "pre_processing", "Pre-processing"), "notes of single numbers may tell.")


def assumed(model: Model | None) -> Item:
    """Say how many numbers tell what they rest on, and how many rest on judgement."""
    found = assumptions(model) if model is not None else ()
    told = [one for one in found if one.is_told]
    weak = sum(one.parameter.grade in ("C", "D", "E") for one in told)
    text = (
        f"Of {len(found):,} numbers {len(told):,} say what they rest on, {weak:,} of them graded C or weaker "
        "(judgement, or a rough estimate)."
    )
    return of_model(("3.4", "assumptions", "Assumptions"), text if told else "")


def implementation(sampling: str, *, execution: str) -> tuple[Item, ...]:
    """Say what runs the model, and how."""
    return (
        of_program(
            ("5.1", "software", "Software or programming language"),
            f"downstream {version('downstream-simulator')}, in Python.",
        ),
        of_program(("5.2", "random_sampling", "Random sampling"), sampling),
        of_program(("5.3", "execution", "Model execution"), execution),
        of_nobody(
            ("5.4", "system", "System specification"),
            "a results folder keeps the versions that made it.",
        ),
        of_nobody(
            ("6.1", "code_access", "Computer model sharing statement"),
            "the program is free to use under the MIT licence; whoever shares the model says where it is.",
        ),
    )


def _outputs(model: Model | None) -> str:
    if model is None:
        return ""
    measures = [clean(one.title or as_words(id)) for id, one in model.measures.items()]
    clocks = [title_of(model, "clock", id=id) for id in model.clocks]
    said = (some(measures, "measure"), some(clocks, "clock"))
    return " ".join(one for one in said if one)


def _interventions(model: Model | None) -> list[str]:
    return [title_of(model, "intervention", id=id) for id in _ids(model)] if model is not None else []


def _ids(model: Model | None) -> list[str]:
    return sorted(model.interventions) if model is not None else []
