"""Django's SQLite, but the marks of a statement are rewritten once: Django writes `%s`, SQLite
reads `?`, and to go through the whole text each time takes as long as the answer.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.db.backends.sqlite3 import base

# A text that is longer lists many values, and is hardly ever sent again.
LONGEST = 20_000


class Cursor(base.SQLiteCursorWrapper):
    """A cursor that remembers how statements are written."""

    def convert_query(self, query: str, *, param_names: Iterable[str] | None = None) -> str:
        """The statement as SQLite reads it."""
        if param_names is not None or len(query) > LONGEST:
            return str(super().convert_query(query, param_names=param_names))
        return _rewritten(query)


@lru_cache(maxsize=512)
def _rewritten(query: str) -> str:
    return base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose cursors remember."""

    def create_cursor(self, name: str | None = None) -> Any:
        """A cursor of ours."""
        return self.connection.cursor(factory=Cursor)
