"""What drives an outcome: pure functions from the inputs and outputs of many runs to shares and rankings."""
