"""What an experiment sets otherwise than the model file, in every world."""

from collections.abc import Iterator, Mapping

from simulator.analysis.comparison import Comparison
from simulator.reports.blocks import Notice
from simulator.reports.effect_words import path_words
from simulator.reports.numbers import listed
from simulator.reports.titles import clean


def changed_notices(comparison: Comparison) -> tuple[Notice, ...]:
    """Tell the settings of the experiment and of the command line, which no scenario shows."""
    settings = comparison.results.experiment.set
    if not settings:
        return ()
    model = comparison.results.model
    said = (
        f"{path_words(model, leaf)} is {word}"
        for path, value in sorted(settings.items())
        for leaf, word in setting_words(path, value)
    )
    text = f"Changed from the model file, in every world, the baseline too: {'; '.join(said)}."
    return (Notice(word="Notice", text=text),)


def setting_words(path: str, value: object) -> Iterator[tuple[str, str]]:
    """Give every value of a setting with its path, tables and lists taken apart."""
    if isinstance(value, Mapping) and "value" in value:
        yield path, clean(str(value["value"]))
    elif isinstance(value, Mapping) and value:
        for key, inner in value.items():
            yield from setting_words(f"{path}.{key}", inner)
    elif isinstance(value, list | tuple) and any(isinstance(one, Mapping) for one in value):
        for place, inner in enumerate(value):
            yield from setting_words(f"{path}.{place}", inner)
    elif isinstance(value, list | tuple):
        yield path, listed(_word(one) for one in value) or "none"
    else:
        yield path, clean(str(value))


def _word(value: object) -> str:
    """Write one value of a list; a point of a curve as ``1.01 at 100``."""
    if isinstance(value, list | tuple) and len(value) == 2:
        return f"{_word(value[1])} at {_word(value[0])}"
    return clean(str(value))
