"""Mentions as people read them."""
