"""Paper of referrals: the brochure, as PDF. Free of Django: words come in the reader's language."""
