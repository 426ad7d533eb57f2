"""What a draw is for, as a number: 32 bits of a kind and a dotted id."""

from hashlib import blake2b

PURPOSE_BYTES = 4


def purpose_hash(kind: str, dotted_id: str = "") -> int:
    """Return the purpose of a kind and an id, 0 to 2^32 - 1: BLAKE2b of ``kind:dotted.id``."""
    text = f"{kind}:{dotted_id}"
    return int.from_bytes(blake2b(text.encode(), digest_size=PURPOSE_BYTES).digest(), "big")


HOME_PURPOSE = purpose_hash("home")
