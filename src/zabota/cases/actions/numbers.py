"""Gapless numbers: taken in the transaction that uses them, given back when it fails."""

from datetime import datetime

from django.db import connection

from zabota.cases.models import Series
from zabota.people.firm import current_firm, zone_of


def next_number(series: str, *, by: object, at: datetime) -> tuple[int, int]:
    """The next number of a series in the firm's year: (year, number). One statement on both
    databases.
    """
    year = at.astimezone(zone_of(current_firm())).year
    table = Series._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (name, year, last) VALUES (%s, %s, 1) "  # noqa: S608 - our own table
            f"ON CONFLICT (name, year) DO UPDATE SET last = {table}.last + 1 RETURNING last",
            [series, year],
        )
        (number,) = cursor.fetchone()
    return year, number
