"""The words of the vocabulary that are not built yet, in one place."""

from simulator.definition.faults import Path

NOT_BUILT: tuple[str, ...] = ()

_PATTERNS = tuple(tuple(word.split(".")) for word in NOT_BUILT)


def is_not_built(path: Path) -> bool:
    """Say whether a path is a word that the vocabulary has and this version does not."""
    return any(
        len(pattern) == len(path)
        and all(word in ("*", part) for word, part in zip(pattern, path, strict=True))
        for pattern in _PATTERNS
    )


def not_built(word: str) -> str:
    """Say that a word is known but not built."""
    return f"'{word}' is part of the vocabulary but not built yet; take it out for now."
