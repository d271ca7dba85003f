"""Parts of other apps' pages that outreach fills."""
