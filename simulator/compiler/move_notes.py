"""What a planner should know of diversions: where fewer go home than a substitution asks to be taken."""

from collections.abc import Iterator
from fractions import Fraction

from simulator.compiler.draft import Draft
from simulator.compiler.moves import DIVERTS, Move, leading_home, leading_to
from simulator.compiler.program import FOR_EVERYONE, Flags, Ints

MOST_NAMED = 6


def note_substitutions(draft: Draft, moves: list[Move], *, choice: Ints, cases: Flags) -> None:
    """Note each diversion that cannot reach its substitution, with what it reaches in which groups.

    ``choice`` (A, G) are the routes as written; ``cases`` (A, G) says which groups can come where.
    """
    for move in moves:
        if move.kind == DIVERTS:
            found: dict[Fraction, list[int]] = {}
            for group, reached in short_of(draft, move, choice=choice[move.at]):
                if cases[move.at, group] and may_be_moved(draft, move, group=group):
                    found.setdefault(reached, []).append(group)
            for reached, groups in found.items():
                note(draft, move, reached=reached, groups=groups)


def short_of(draft: Draft, move: Move, *, choice: Ints) -> Iterator[tuple[int, Fraction]]:
    """Yield the groups of which too few go home, with the substitution that is reached if all are taken."""
    away = leading_to(draft, choice, activity=move.away_from)
    home = leading_home(draft, choice)
    for group, share in enumerate(move.share):
        taken = share * away[group]
        if taken * (1 / move.substitution - 1) > home[group]:
            yield group, taken / (taken + home[group])


def may_be_moved(draft: Draft, move: Move, *, group: int) -> bool:
    """Say whether a move is for the people of a group."""
    segment, _ = draft.groups.split(group)
    if segment == draft.groups.nobody:
        return move.whom == FOR_EVERYONE
    return segment in move.segments


def note(draft: Draft, move: Move, *, reached: Fraction, groups: list[int]) -> None:
    """Add the note of one diversion and one substitution reached."""
    named = [draft.groups.describe(group) for group in groups[:MOST_NAMED]]
    more = f" and {len(groups) - MOST_NAMED} more" if len(groups) > MOST_NAMED else ""
    draft.findings.note(
        f"{move.path}.substitution",
        f"{float(move.substitution):.3g} cannot be reached, as too few go home: all who do are offered it, "
        f"and of those taken {float(reached):.3g} would have gone to "
        f"'{draft.index.names.activities[move.away_from]}' ({', '.join(named)}{more}).",
    )
