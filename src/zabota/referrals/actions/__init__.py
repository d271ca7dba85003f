"""The verbs of referrals: the only writer of these tables."""
