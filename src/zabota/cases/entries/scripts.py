"""What is said of scripts: how they are set, how they are followed. Only ours read it."""

from django.utils.translation import gettext_lazy as _

from zabota.journal.kinds import EntryKind, declare

SCRIPT_SET = declare(
    EntryKind(
        "case.script_set",
        _("A script was set: {called}, edition {edition}[. {actor}]"),
        audience="ours",
        icon="list-checks",
    )
)
SCRIPT_CLOSED = declare(
    EntryKind(
        "case.script_closed",
        _("A script is no longer offered: {called}[. {actor}]"),
        audience="ours",
        icon="archive",
    )
)
SCRIPT_OFFERED = declare(
    EntryKind(
        "case.script_offered",
        _("A script is offered again: {called}[. {actor}]"),
        audience="ours",
        icon="rotate-ccw",
    )
)
STEP_UNDONE = declare(
    EntryKind(
        "case.step_undone",
        _("By the script “{called}”, not done after all: step {number}, {step}[. {actor}]"),
        audience="ours",
        icon="undo-2",
    )
)
STEP_DONE = declare(
    EntryKind(
        "case.step_done",
        _("By the script “{called}”, step {number}: {step}[. {actor}]"),
        audience="ours",
        icon="list-checks",
    )
)
