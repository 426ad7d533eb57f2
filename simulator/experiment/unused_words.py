"""Words of a model that are read and checked, and that nothing in this version uses yet."""

from collections.abc import Iterator

from simulator.definition.model import Model

UNUSED = (("resources", "staff"),)


def unused_words(model: Model) -> Iterator[str]:
    """Say once for each such word where the model has it."""
    for family, word in UNUSED:
        nouns = getattr(model, family)
        said = [id for id in sorted(nouns) if getattr(nouns[id], word)]
        if said:
            yield f"{family}.*.{word}: nothing in this version uses it; it is said of {', '.join(said)}."
    priced = {name for name, one in model.costs.items() if one.hour is not None}
    idle = [id for id, one in sorted(model.activities.items()) if {*one.staff_minutes} - priced]
    if idle:
        yield (
            "activities.*.staff_minutes: nothing in this version uses it but for those whose hour has a "
            f"price in [costs]; it is said of {', '.join(idle)}."
        )
    if model.stocks and model.exchange is None:
        own = ", ".join(sorted(model.stocks))
        yield f"stocks: `downstream run` leaves out the model's own stocks ({own}); see downstream stocks."
