"""A point of a sweep: what each varied path has there, as a file would say it."""

from collections.abc import Mapping

Point = Mapping[str, object]
