"""Diagrams: boxes and ties laid out in layers from left to right, drawn as figures of a page."""
