"""Pages of referrals that clients see, and whoever they send to us."""
