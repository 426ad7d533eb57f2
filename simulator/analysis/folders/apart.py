"""Models of several folders that are not the same: in what they differ, and which ids are other things."""

from collections.abc import Iterator, Mapping, Sequence

from simulator.definition.model import Model
from simulator.units import shown

# Words about the model, and measures, which have a check of their own.
ABOUT = ("title", "note", "schema_version", "measures", "calibration", "starts", "price_base")
MOST_TOLD = 5


def models_apart(models: Sequence[Model], *, names: Sequence[str]) -> Iterator[str]:
    """Say in which tables models of folders differ, and which of their ids have other titles."""
    resolved = [one.origin.resolved for one in models]
    tables = [word for word in dict.fromkeys(key for one in resolved for key in one) if word not in ABOUT]
    if not (
        differ := [word for word in tables if any(one.get(word) != resolved[0].get(word) for one in resolved)]
    ):
        return
    yield (
        f"Not the same model: {', '.join(differ)} differ. What has one id in all folders is compared; "
        "whether it is the same thing in each is for the reader to judge."
    )
    other = list(_other_titles(resolved, tables=differ, names=names))
    if other:
        rest = f"; and {len(other) - MOST_TOLD} more" if len(other) > MOST_TOLD else ""
        yield f"The same id with another title: {'; '.join(other[:MOST_TOLD])}{rest}."


def _other_titles(
    resolved: Sequence[Mapping[str, object]], *, tables: Sequence[str], names: Sequence[str]
) -> Iterator[str]:
    """Name each id that has other titles in other folders."""
    for table in tables:
        each = [one.get(table) for one in resolved]
        if not all(isinstance(one, Mapping) for one in each):
            continue
        nouns = [one for one in each if isinstance(one, Mapping)]
        for id in nouns[0]:
            titles = [_title(one, id) for one in nouns]
            if None not in titles and len(set(titles)) > 1:
                pairs = (f"{shown(str(title))} in {name}" for title, name in zip(titles, names, strict=True))
                yield f"{table}.{id} is {', '.join(pairs)}"


def _title(nouns: Mapping[str, object], id: str) -> str | None:
    """Give the title of a noun; nothing where it is not there."""
    noun = nouns.get(id)
    return str(noun.get("title", id)) if isinstance(noun, Mapping) else None
