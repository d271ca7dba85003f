"""Tables of clients and of purchases as firms have them: CSV of any delimiter and charset, XLSX.
Free of Django: rows with what is wrong in each; the words for it are the pages'.
"""

from zabota.clients.tables.read import MOST_BYTES, MOST_ROWS, Table, read_table
from zabota.clients.tables.rows import (
    FIELDS,
    NEEDED,
    ClientRow,
    Fault,
    PurchaseRow,
    claim_columns,
    guess_columns,
    read_clients,
    read_purchases,
)

__all__ = [
    "FIELDS",
    "MOST_BYTES",
    "MOST_ROWS",
    "NEEDED",
    "ClientRow",
    "Fault",
    "PurchaseRow",
    "Table",
    "claim_columns",
    "guess_columns",
    "read_clients",
    "read_purchases",
    "read_table",
]
