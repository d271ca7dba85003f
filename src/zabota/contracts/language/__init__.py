"""Words of a contract in the right form: sums, counts, dates, names, positions, companies.

Free of Django. What is guessed says so by its confidence; below `LINE` a person is asked.
"""

from zabota.contracts.language.numerals import agreed, cardinal
from zabota.contracts.language.people import acting, decline_name, read_name
from zabota.contracts.language.positions import (
    decline_authority,
    decline_company,
    decline_position,
)
from zabota.contracts.language.quantities import (
    count_words,
    date_words,
    number_words,
    ordinal,
)
from zabota.contracts.language.reading import is_numeral, read_number
from zabota.contracts.language.said import CASES, LINE, Case, Gender, Said
from zabota.contracts.language.sums import CURRENCIES, sum_words

__all__ = [
    "CASES", "CURRENCIES", "LINE", "Case", "Gender", "Said", "acting", "agreed", "cardinal",
    "count_words", "date_words", "decline_authority", "decline_company", "decline_name",
    "decline_position", "is_numeral", "number_words", "ordinal", "read_name",
    "read_number", "sum_words",
]  # fmt: skip
