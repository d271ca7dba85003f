"""Words in the right form: sums, counts, dates, names, positions, companies; lemmas of words.

Free of Django. What is guessed says so by its confidence; below `LINE` a person is asked.
"""

from zabota.common.language.numerals import agreed, cardinal
from zabota.common.language.people import acting, decline_name, read_name
from zabota.common.language.positions import (
    decline_authority,
    decline_company,
    decline_position,
)
from zabota.common.language.quantities import (
    count_words,
    date_words,
    number_words,
    ordinal,
)
from zabota.common.language.reading import is_numeral, read_number
from zabota.common.language.said import CASES, LINE, Case, Gender, Said
from zabota.common.language.sums import CURRENCIES, sum_words

__all__ = [
    "CASES", "CURRENCIES", "LINE", "Case", "Gender", "Said", "acting", "agreed", "cardinal",
    "count_words", "date_words", "decline_authority", "decline_company", "decline_name",
    "decline_position", "is_numeral", "number_words", "ordinal", "read_name",
    "read_number", "sum_words",
]  # fmt: skip
