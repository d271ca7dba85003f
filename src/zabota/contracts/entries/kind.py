"""How a kind of entry about contracts is declared."""

from collections.abc import Callable, Mapping

from django.utils.functional import Promise as LazyText

from zabota.contracts.told import Told
from zabota.journal.kinds import EntryKind, Words, declare


def contract_kind(
    name: str,
    sentence: LazyText | str,
    audience: str = "both",
    told: Told | None = None,
    icon: str = "circle",
    words: Words | None = None,
    latest_of: str = "",
    forms: Mapping[str, Callable[[str, str], str]] | None = None,
) -> EntryKind:
    """Declares `contract.<name>` and gives it back."""
    return declare(
        EntryKind(f"contract.{name}", sentence, audience, told, icon, words, latest_of, forms or {})
    )
