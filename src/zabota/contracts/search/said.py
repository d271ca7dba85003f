"""Wordings as plain words."""

import re

_TOKEN = re.compile(r"\{\{.*?\}\}|#[0-9a-z-]{8,}")


def without_marks(text: str) -> str:
    """Plain words of a wording: fields and references are not words."""
    return _TOKEN.sub(" ", text)
