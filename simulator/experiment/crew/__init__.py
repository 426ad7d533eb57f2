"""Pieces of work done by worker processes of this machine, each begun as a Python of its own."""
