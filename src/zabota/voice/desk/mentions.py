"""«Поблагодарить»: whom to thank, the oldest promise first; one mention with all about it."""

from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from zabota.cases.models import Link, LinkKind
from zabota.cases.reading import read_links
from zabota.cases.rules import may_link_cases
from zabota.clients.models import Client
from zabota.common import clock
from zabota.common.ids import row_number
from zabota.journal.models import Entry
from zabota.journal.reading import read_lines
from zabota.people.access import StaffRequest, staff_page
from zabota.tickets.forms.tickets import kinds_of_requests
from zabota.voice.actions.reward import why_no_reward
from zabota.voice.actions.thank import may_be_written_to
from zabota.voice.forms.mentions import ThanksForm
from zabota.voice.models import Mention, MentionState, ReadyThanks, Source, Thanks, Twin, Way
from zabota.voice.reading.lists import read_mentions
from zabota.voice.reading.words import heading_of, how_sure, ready_for, why_they, why_twins, worded
from zabota.voice.rules import (
    may_bring_back_mention,
    may_confirm_author,
    may_correct_mention,
    may_join_mentions,
    may_note_mention,
    may_open_trouble,
    may_reward_author,
    may_set_aside_mention,
    may_set_up_sources,
    may_thank_author,
)

TABS = (
    (MentionState.WAITING, _("To thank")),
    (MentionState.THANKED, pgettext_lazy("mentions", "Thanked")),
    (MentionState.ASIDE, pgettext_lazy("mentions", "Set aside")),
    ("all", pgettext_lazy("mentions", "All")),
)
MARKS = (
    ("low", _("1 or 2")),
    ("middle", _("3")),
    ("high", _("4 or 5")),
    ("none", _("without a mark")),
)


@require_GET
@staff_page
def mention_list(request: StaffRequest) -> HttpResponse:
    """Whom to thank; who was thanked; what was set aside."""
    found = read_mentions(request.viewer, request.GET.dict(), at=clock.now())
    kept = {name: text for name, text in request.GET.items() if name in ("source", "q", "days")}
    context = {
        "list": found,
        "wanted": found.wanted,
        "tabs": [(state, label, state == found.wanted.state) for state, label in TABS],
        "kept": kept,
        "sources": sources_offered(),
        "marks": MARKS,
        "client": Client.objects.filter(pk=found.wanted.client or 0).first(),
        "may_note": may_note_mention(request.viewer),
        "may_set_up": may_set_up_sources(request.user, clock.now()),
    }
    return render(request, "voice/desk/list.html", context)


def sources_offered() -> list[tuple[str, str]]:
    """By what way a mention came, as it can be chosen."""
    own = [(str(Way.LINK), str(Way.LINK.label)), (str(Way.HEARD), str(Way.HEARD.label))]
    rows = Source.objects.order_by("name", "pk").values_list("pk", "name")
    return [*own, *((str(pk), name) for pk, name in rows)]


@require_GET
@staff_page
def mention_page(request: StaffRequest, pk: int) -> HttpResponse:
    """What was written and promised, how to thank; whose it may be, what it is the same as."""
    mention = found_mention(request, pk)
    if mention.case.root_id is not None:
        return redirect("desk-mention", mention.case.root_id)
    return render(request, "voice/desk/mention.html", page_of(request, mention))


def found_mention(request: StaffRequest, pk: int) -> Mention:
    """A mention this employee may see; others do not exist."""
    visible = Mention.objects.visible_to(request.viewer).select_related(
        "case__client__root", "case__stream", "thanks", "contact__user", "source", "by__user",
        "thanked_by__user", "said_at", "confirmed_by",
    )  # fmt: skip
    return get_object_or_404(visible, pk=pk)


def page_of(
    request: StaffRequest, mention: Mention, form: ThanksForm | None = None
) -> dict[str, Any]:
    """All that stands on its page."""
    at, viewer = clock.now(), request.viewer
    links = [one for one in read_links(mention.case, viewer) if _is_said(one)]
    trouble = any(row.case.kind == "ticket" for group in links for row in group.rows)
    ready = ready_for(mention, trouble=trouble)
    joined = _joined(mention)
    streams = [mention.case.stream_id, *(one.one.stream_id for one, _row in joined)]
    entries = Entry.objects.filter(stream__in=streams).order_by("-at", "-pk")[:30]
    return {
        "mention": mention,
        "heading": heading_of(mention),
        "case": mention.case,
        "waiting": mention.case.state == MentionState.WAITING,
        "form": form or _thanks_form(request, mention, ready),
        "ready": [(one, worded(one, mention, request.firm.shown_name)) for one in ready],
        "guesses": _guesses(mention),
        "twins": _twins(mention),
        "joined": joined,
        "links": links,
        "may_link": may_link_cases(viewer),
        "kinds": list(kinds_of_requests()),
        "lines": read_lines(entries, now=at),
        "may_thank": may_thank_author(viewer, mention),
        "no_reward": _why_no_reward(request, mention),
        "may_correct": may_correct_mention(viewer, mention),
        "may_set_aside": may_set_aside_mention(viewer, mention),
        "may_bring_back": may_bring_back_mention(viewer, mention),
        "may_confirm": may_confirm_author(viewer, mention),
        "may_join": may_join_mentions(viewer),
        "may_open_trouble": may_open_trouble(viewer, mention),
        "late": mention.thanks.is_late(at),
        "language": get_language() or "ru",
    }


def ways_of(mention: Mention) -> list[str]:
    """By which ways its author can be thanked: in public what was public, by letter if known."""
    heard = mention.way == Way.HEARD
    ways = [] if heard else [str(Thanks.PUBLIC)]
    if may_be_written_to(mention):
        ways.append(str(Thanks.LETTER))
    return [*ways, str(Thanks.ALOUD)]


def _thanks_form(request: StaffRequest, mention: Mention, ready: list[ReadyThanks]) -> ThanksForm:
    """Begun from the words chosen, else from those that fit best."""
    chosen = row_number(request.GET.get("ready", ""))
    begun = next((one for one in ready if one.pk == chosen), ready[0] if ready else None)
    ways = ways_of(mention)
    aloud = ways[0] == Thanks.ALOUD and not chosen
    words = worded(begun, mention, request.firm.shown_name) if begun and not aloud else ""
    return ThanksForm(ways, initial={"words": words, "how": ways[0]})


def _why_no_reward(request: StaffRequest, mention: Mention) -> str | None:
    """Why the author has not had what everybody has; empty where one tap gives it."""
    if mention.rewarded_at is not None or not may_reward_author(request.viewer, mention):
        return None
    return why_no_reward(mention.case.client.whole, at=clock.now())


def _is_said(group: Any) -> bool:
    """Joinings stand apart, with a verb of their own."""
    return not any("/tickets/links/" in row.undo for row in group.rows)


def _guesses(mention: Mention) -> list[dict[str, Any]]:
    if mention.confirmed_at is not None:
        return []
    rows = mention.guesses.filter(denied_at=None, client__refused_at=None).order_by("-sure", "pk")
    return [
        {
            "pk": one.pk, "client": one.client.whole, "contact": one.contact,
            "sure": how_sure(one.sure), "why": why_they(one.why),
        }
        for one in rows.select_related("client__root", "contact")
    ]  # fmt: skip


def _twins(mention: Mention) -> list[dict[str, Any]]:
    """What may be the same, while both stand by themselves."""
    rows = Twin.objects.filter(
        Q(one=mention) | Q(other=mention), apart_at=None,
        one__case__root=None, other__case__root=None,
    ).select_related("one__case", "other__case")  # fmt: skip
    return [
        {
            "pk": one.pk, "sure": one.sure, "why": why_twins(one.why),
            "other": one.other if one.one_id == mention.pk else one.one,
        }
        for one in rows.order_by("-sure", "pk")[:5]
    ]  # fmt: skip


def _joined(mention: Mention) -> list[tuple[Link, Mention]]:
    links = Link.objects.filter(other=mention.case, kind=LinkKind.MERGED, undone_at=None)
    found = {one.one_id: one for one in links.select_related("one").order_by("pk")}
    rows = Mention.objects.filter(pk__in=found).select_related("case", "source").order_by("pk")
    return [(found[row.pk], row) for row in rows]
