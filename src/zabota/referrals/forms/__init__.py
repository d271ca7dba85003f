"""What is typed about referrals, made into clean values; never saves."""
