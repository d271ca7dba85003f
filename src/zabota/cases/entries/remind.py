"""What is said of a colleague being reminded."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from zabota.journal.kinds import EntryKind, Notice, declare
from zabota.journal.models import Entry


def _those_reminded(entry: Entry) -> Iterator[Notice]:
    for user in entry.facts["reminded"]:
        yield Notice(user, "promise_reminded", f"/desk/cases/{entry.facts['case']}/")


REMINDED = declare(
    EntryKind(
        "case.reminded",
        _("Reminded: {who}; {what}[; due {due_at}][. {actor}]"),
        audience="ours",
        told=_those_reminded,
        icon="bell-ring",
    )
)
