"""The compiled people engine: loops on plain arrays, no names, units or dates."""
