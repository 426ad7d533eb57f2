"""Shares that add to one make room for those that are set otherwise."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from simulator.definition.shares import make_room


def room(table: dict[str, Any], **values: str) -> dict[str, Any]:
    """Set some shares of a table of routes, and give it with room made."""
    mixed = {name: Decimal(values[name]) if name in values else one for name, one in table.items()}
    make_room({"routes": mixed}, {"routes": table}, ways=[("routes", name) for name in values])
    return mixed


def test_one_share_is_as_set_and_the_others_keep_their_proportions() -> None:
    found = room({"exit": Decimal("0.6"), "ward": Decimal("0.3"), "died": Decimal("0.1")}, died="0.2")

    assert [float(found[name]) for name in ("exit", "ward", "died")] == pytest.approx([8 / 15, 4 / 15, 0.2])
    assert sum(map(Fraction, found.values())) == 1


@pytest.mark.parametrize("died", ["0.000001", "0.5", "0.999999999999", "1"])
def test_shares_add_to_exactly_one_and_none_is_below_nought(died: str) -> None:
    found = room({"a": Decimal("0.5"), "b": Decimal("0.3"), "died": Decimal("0.2")}, died=died, b="0.7")

    assert sum(map(Fraction, found.values())) == 1
    assert min(found.values()) >= 0


def test_what_was_not_changed_in_value_stays() -> None:
    table = {"a": Decimal("0.5"), "b": Decimal("0.3"), "c": Decimal("0.2")}

    assert room(table, b="0.3", c="0.2") == table


def test_shares_are_found_however_they_are_written() -> None:
    def table(share: str) -> dict[str, Any]:
        x = {"to": "y", "share": {"value": Decimal(share), "source": "s"}}
        return {"routes": {"x": x, "exit": {"share": Decimal("0.6")}}}

    before, changed = table("0.4"), table("0.5")

    make_room(changed, before, ways=[("routes", "x", "share")])

    assert changed["routes"]["exit"]["share"] == Decimal("0.5")
    assert changed["routes"]["x"]["share"] == {"value": Decimal("0.5"), "source": "s"}


def test_shares_by_group_need_not_add_to_one() -> None:
    table = {"uptake": {"well": Decimal("0.9"), "frail": Decimal("0.5")}}

    make_room(table, {"uptake": {"well": Decimal("0.5"), "frail": Decimal("0.5")}}, ways=[("uptake", "well")])

    assert table["uptake"]["frail"] == Decimal("0.5")
