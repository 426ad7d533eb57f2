"""Points of a sweep: pure functions from what is varied to what each run has."""
