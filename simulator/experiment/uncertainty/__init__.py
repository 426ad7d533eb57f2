"""Uncertain parameters: the law of each from its 80% interval, and its draws by address."""
