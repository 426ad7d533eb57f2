"""The sentence that stands on every page on which something rests on how organisations work together."""

HYPOTHESIS = (
    "How organisations come to work together is a structured hypothesis of ours here, grade E, and no "
    "finding: nobody has measured these rates. Read what follows as ‘if partnerships worked so’."
)
