"""What other programs send: orders and their papers in CommerceML 2, statements of banks in the
format of 1C, tables. Free of Django: documents with what is wrong in each; words are the pages'.
"""

from zabota.orders.exchange.document import Document, GivenDuty, GivenLine, Party, digest_of
from zabota.orders.exchange.statement import read_statement
from zabota.orders.exchange.xml import MOST_BYTES, read_commerceml

__all__ = [
    "MOST_BYTES",
    "Document",
    "GivenDuty",
    "GivenLine",
    "Party",
    "digest_of",
    "read_commerceml",
    "read_statement",
]
