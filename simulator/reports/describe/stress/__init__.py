"""The model card: the STRESS checklists for simulation studies, filled from what a model file says."""

from simulator.reports.describe.stress.card import Cards, cards_of, cards_section, cards_text

__all__ = ["Cards", "cards_of", "cards_section", "cards_text"]
