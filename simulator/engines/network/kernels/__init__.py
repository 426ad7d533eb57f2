"""The loops of the network: arrays and numbers only."""
