"""Scripts: written in editions, no longer offered, followed step by step."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypedDict

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zabota.cases.entries import (
    SCRIPT_CLOSED,
    SCRIPT_OFFERED,
    SCRIPT_SET,
    STEP_DONE,
    STEP_UNDONE,
)
from zabota.cases.models import Case, Following, Script, ScriptEdition, StepDone
from zabota.cases.rules import may_set_scripts, may_talk_through
from zabota.cases.saying import check_text
from zabota.cases.steps import Step, content_of, steps_of
from zabota.journal.actions import lock_stream, open_stream, record
from zabota.journal.kinds import EntryKind
from zabota.journal.models import Entry, Stream
from zabota.people.access import StaffViewer
from zabota.people.refusal import Refused

LONGEST_NOTE = 4000


class WrittenScript(TypedDict):
    """What a script is called, for which kinds of requests it is, who may talk by it, its steps."""

    name_ru: str
    name_en: str
    occasions: list[str]
    trained_only: bool
    steps: Sequence[Step]


@transaction.atomic
def set_script(
    script: Script | None, written: WrittenScript, *, by: StaffViewer, at: datetime
) -> Script:
    """A new script, or one written anew: whoever follows it already goes on by the edition they
    began with. Words that name what cannot be filled in are refused.
    """
    if not may_set_scripts(by, at):
        raise PermissionDenied
    content = _checked(written["steps"])
    if script is None:
        script = Script(stream=open_stream(), made_at=at)
    else:
        lock_stream(script.stream_id)
        script = Script.objects.select_related("edition", "stream").get(pk=script.pk)
    about = {name: written[name] for name in ("name_ru", "name_en", "occasions", "trained_only")}
    same_words = script.edition is not None and script.edition.content == content
    if same_words and all(getattr(script, name) == value for name, value in about.items()):
        return script
    for name, value in about.items():
        setattr(script, name, value)
    script.save()
    if not same_words:
        script.edition = _next_edition(script, content, by=by, at=at)
        script.save(update_fields=["edition"])
    edition: ScriptEdition = script.edition  # type: ignore[assignment]
    record(
        lock_stream(script.stream_id),
        SCRIPT_SET,
        by=by.user.pk,
        at=at,
        **_called(script),
        edition=edition.number,
        trained_only=script.trained_only,
        occasions=script.occasions,
    )
    return script


@transaction.atomic
def close_script(script: Script, *, by: StaffViewer, at: datetime) -> Script:
    """It is offered no more; where it is followed already, it is followed to its end."""
    return _offer(script, False, by=by, at=at)


@transaction.atomic
def offer_script(script: Script, *, by: StaffViewer, at: datetime) -> Script:
    """It is offered again, by its last edition."""
    return _offer(script, True, by=by, at=at)


@transaction.atomic
def do_step(
    case: Case, script: Script, number: int, note: str, *, by: StaffViewer, at: datetime
) -> StepDone:
    """A step of a script was done in this case; `note` is what was heard. The first one chooses the
    edition. Only who may talk it through follows it.
    """
    stream = lock_stream(case.stream_id)
    script = Script.objects.select_related("edition").get(pk=script.pk)
    if by.read_only or not may_talk_through(by.employee, script, at):
        raise PermissionDenied
    following = _following(case, script, by=by, at=at)
    steps = steps_of(following.edition.content)
    if not 1 <= number <= len(steps):
        raise Refused("no_step", _("There is no such step in this script."))
    if len(note) > LONGEST_NOTE:
        raise Refused("long_note", _("Four thousand characters at most."))
    if following.done.filter(number=number).exists():
        raise Refused("step_done", _("This step was done already."))
    done = StepDone.objects.create(
        following=following, number=number, note=note.strip(), done_by=by.employee, done_at=at
    )
    _remember(stream, STEP_DONE, following, number, by=by, at=at)
    return done


@transaction.atomic
def undo_step(case: Case, script: Script, number: int, *, by: StaffViewer, at: datetime) -> None:
    """It was ticked by mistake: it is to be done still, and what was noted of it is kept no longer.
    Whoever may follow the script takes it back.
    """
    stream = lock_stream(case.stream_id)
    script = Script.objects.get(pk=script.pk)
    if by.read_only or not may_talk_through(by.employee, script, at):
        raise PermissionDenied
    followings = Following.objects.select_related("edition", "script")
    following = followings.filter(case=case, script=script).first()
    if following is None or not following.done.filter(number=number).delete()[0]:
        raise Refused("not_done", _("This step is not done."))
    _remember(stream, STEP_UNDONE, following, number, by=by, at=at)


def _remember(
    stream: Stream,
    kind: EntryKind,
    following: Following,
    number: int,
    *,
    by: StaffViewer,
    at: datetime,
) -> None:
    step = steps_of(following.edition.content)[number - 1]
    record(
        stream,
        kind,
        by=by.user.pk,
        at=at,
        case=following.case_id,
        **_called(following.script),
        edition=following.edition.number,
        number=number,
        step={"ru": step.part("title", "ru"), "en": step.part("title", "en")},
    )


def forget_heard(entry: Entry, *, by: None, at: datetime) -> int:
    """What follows erasing a person: what was noted of their answers by a script is kept no longer;
    that the step was done stays.
    """
    theirs = StepDone.objects.filter(following__case__ticket__contact=entry.facts["contact"])
    return theirs.exclude(note="").update(note="")


def _following(case: Case, script: Script, *, by: StaffViewer, at: datetime) -> Following:
    known = Following.objects.select_related("edition").filter(case=case, script=script).first()
    if known is not None:
        return known
    if script.closed_at is not None or script.edition is None:
        raise Refused("script_closed", _("This script is no longer offered."))
    return Following.objects.create(case=case, script=script, edition=script.edition, begun_at=at)


def _offer(script: Script, offered: bool, *, by: StaffViewer, at: datetime) -> Script:
    if not may_set_scripts(by, at):
        raise PermissionDenied
    stream = lock_stream(script.stream_id)
    script = Script.objects.get(pk=script.pk)
    if offered == (script.closed_at is None):
        raise Refused(
            "as_it_is",
            _("This script is offered already.")
            if offered
            else _("This script is no longer offered."),
        )
    script.closed_at = None if offered else at
    script.save(update_fields=["closed_at"])
    kind = SCRIPT_OFFERED if offered else SCRIPT_CLOSED
    record(stream, kind, by=by.user.pk, at=at, **_called(script))
    return script


def _checked(steps: Sequence[Step]) -> dict[str, object]:
    if not steps:
        raise Refused("no_steps", _("A script has at least one step."))
    for step in steps:
        if not any(step.title.values()):
            raise Refused("no_title", _("Each step says what is done in it."))
        for words in (*step.ask.values(), *step.say.values()):
            check_text(words)
    return content_of(steps)


def _next_edition(
    script: Script, content: dict[str, object], *, by: StaffViewer, at: datetime
) -> ScriptEdition:
    last = script.edition.number if script.edition is not None else 0
    return ScriptEdition.objects.create(
        script=script, number=last + 1, content=content, made_by=by.user, made_at=at
    )


def _called(script: Script) -> dict[str, Any]:
    return {"script": script.pk, "called": {"ru": script.name("ru"), "en": script.name("en")}}
