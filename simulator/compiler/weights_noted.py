"""Shares of an alliance or a fund that do not add to one are weights: what they come to is told."""

from simulator.compiler.draft import Draft

# Thirds written to two figures are meant as shares, and come to what is written.
ROUNDED = 0.015


def note_weights(draft: Draft) -> None:
    """Say what members' shares come to, where they do not add to one as they are written."""
    for name, contract in draft.model.contracts.items():
        written = {member: float(one.value) for member, one in contract.shares.items()}
        total = sum(written.values())
        if total > 0 and abs(total - 1.0) > ROUNDED:
            told = ", ".join(f"{member} {one / total:.3g}" for member, one in written.items())
            draft.findings.note(
                f"contracts.{name}.shares",
                f"add to {total:g}, not to 1, and are weights; as shares they are {told}.",
            )
