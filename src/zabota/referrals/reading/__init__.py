"""What pages and actions read of referrals: plain values, a fixed number of queries."""
