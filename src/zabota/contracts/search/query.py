"""What somebody looks for in contracts: half a word stands for what contracts say."""

from zabota.common.search import Wish
from zabota.common.search import wish_of as common_wish
from zabota.contracts.search.index import known_lemmas


def wish_of(query: str) -> Wish:
    """What is looked for; a word that is no whole word yet stands for those that begin so."""
    return common_wish(query, known_lemmas)
