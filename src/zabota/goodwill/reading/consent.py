"""What a stranger agrees to: the firm's words, or ours; known by its version."""

import hashlib

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zabota.goodwill.models import Terms
from zabota.people.firm import current_firm


def consent_words(terms: Terms | None) -> tuple[str, str]:
    """The text in the reader's language, and its version: another wording is another version."""
    own = terms.consent(get_language() or "ru") if terms is not None else ""
    text = own or _(
        "I agree that %(firm)s keeps what I wrote here to hand me this gift and to write to me. I"
        " can take my consent back at any time."
    ) % {"firm": current_firm().formal_name}
    return text, f"gift:{hashlib.sha256(text.encode()).hexdigest()[:12]}"
