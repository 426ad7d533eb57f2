"""Charts: one room a family, one look for all."""
