"""A sweep: points × draws × replications × scenarios, into a folder that can be taken up again."""
