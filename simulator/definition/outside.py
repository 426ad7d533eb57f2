"""Accounts outside the organisations, which exist without saying; their costs are not the system's."""

from collections.abc import Mapping

OUTSIDE: Mapping[str, str] = {
    "government": "Government",
    "people": "People (clients, families, carers)",
    "staff_and_suppliers": "Staff and suppliers",
}
