"""The verbs of referrals: the only writer."""
