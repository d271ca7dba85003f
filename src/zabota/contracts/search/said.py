"""What is said of a contract beside the words themselves: whose it is; wordings as plain words."""

import re
from typing import Final

CLIENT: Final = "c"
_TOKEN = re.compile(r"\{\{.*?\}\}|#[0-9a-z-]{8,}")


def without_marks(text: str) -> str:
    """Plain words of a wording: fields and references are not words."""
    return _TOKEN.sub(" ", text)


def client_token(client: int) -> str:
    """Whose contract it is."""
    return f"{CLIENT}{client}"
