"""What is said of a wish to go beyond the rules that its author takes back."""

from django.utils.translation import gettext_lazy as _

from zabota.journal.kinds import EntryKind, declare

BEYOND_TAKEN_BACK = declare(
    EntryKind(
        "case.beyond_taken_back",
        _("No longer asked, beyond the rules: {rule}; cost {cost}[. {actor}]"),
        audience="ours",
        icon="undo-2",
    )
)
