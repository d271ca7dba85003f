"""Conditions on texts that a list or a suggestion asks often."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import models
from django.db.models import Q


def like(field: str, pattern: str) -> Q:
    """Whether a text is like a pattern; its value goes to the database as it is, so that a question
    may keep its statement.
    """
    return Q(**{f"{field}__like": pattern})


def has_any(field: str, pieces: Iterable[str]) -> Q:
    """Whether any of these pieces stands in a text: one condition, where one for each would be put
    together for longer than it is asked.
    """
    return Q(**{f"{field}__like_any": [having(one) for one in pieces]})


def having(piece: str) -> str:
    """The pattern of texts in which this stands."""
    for sign in "\\%_":
        piece = piece.replace(sign, f"\\{sign}")
    return f"%{piece}%"


@models.TextField.register_lookup
class LikeAny(models.Lookup[Any]):
    """Any of several patterns."""

    lookup_name = "like_any"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        if not self.rhs:
            raise EmptyResultSet
        text, of_text = self.process_lhs(compiler, connection)
        asked = " OR ".join([rf"{text} LIKE %s ESCAPE '\'"] * len(self.rhs))
        return f"({asked})", tuple(one for like in self.rhs for one in (*of_text, like))


@models.TextField.register_lookup
class Like(LikeAny):
    """One pattern."""

    lookup_name = "like"

    def __init__(self, lhs: Any, rhs: str) -> None:
        super().__init__(lhs, [rhs])
