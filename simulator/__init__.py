"""Simulate health and care in a place, and what a change upstream does downstream."""
