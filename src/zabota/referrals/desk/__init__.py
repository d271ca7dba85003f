"""Pages of referrals that colleagues see."""
