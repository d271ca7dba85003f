"""What is done with a mention: thanks, setting aside, a request, joining."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST

from zabota.cases.models import Link, LinkKind
from zabota.common import clock
from zabota.people.access import StaffRequest, staff_page
from zabota.people.pages import form_page, pressed, tried, typed
from zabota.people.refusal import Refused
from zabota.people.rules import demand
from zabota.tickets.forms.tickets import kinds_of_requests
from zabota.tickets.models import Ticket
from zabota.voice.actions.join import join_mentions, part_mentions, say_apart
from zabota.voice.actions.reward import reward_now
from zabota.voice.actions.thank import (
    bring_back_mention,
    open_trouble,
    set_aside_mention,
    thank_author,
)
from zabota.voice.desk.mentions import found_mention, page_of, ways_of
from zabota.voice.forms.mentions import AsideForm, ThanksForm
from zabota.voice.models import Mention, Thanks, Twin
from zabota.voice.rules import (
    may_join_mentions,
    may_open_trouble,
    may_set_aside_mention,
    may_thank_author,
)


@require_POST
@staff_page
def mention_thank(request: StaffRequest, pk: int) -> HttpResponse:
    """Thanked, by this way and in these words."""
    mention = found_mention(request, pk)
    demand(may_thank_author(request.viewer, mention))
    form = ThanksForm(ways_of(mention), request.POST)

    def verb() -> None:
        clean = form.cleaned_data
        thank_author(
            mention, clean["words"], clean["how"], by=request.viewer, at=clock.now(),
            answer_link=clean["answer_link"],
        )  # fmt: skip

    if form.is_valid() and tried(form, verb):
        by_letter = form.cleaned_data["how"] == Thanks.LETTER
        said = _("Thanked; the letter is on its way.") if by_letter else _("Thanked.")
        messages.success(request, said)
        return redirect("desk-mention", pk)
    return render(request, "voice/desk/mention.html", page_of(request, mention, form), status=422)


@require_POST
@staff_page
def mention_reward(request: StaffRequest, pk: int) -> HttpResponse:
    """What everybody has, once it can be given."""
    mention, at = found_mention(request, pk), clock.now()
    return pressed(
        request,
        lambda: reward_now(mention, by=request.viewer, at=at),
        _("Given: they have what everybody has whom we thank."),
        reverse("desk-mention", args=[pk]),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def mention_aside(request: StaffRequest, pk: int) -> HttpResponse:
    """Nobody is to be thanked here, and why."""
    mention = found_mention(request, pk)
    demand(may_set_aside_mention(request.viewer, mention))
    form = AsideForm(typed(request), initial={"why": "other"})

    def verb() -> None:
        set_aside_mention(mention, form.cleaned_data["why"], by=request.viewer, at=clock.now())

    if request.method == "POST" and form.is_valid() and tried(form, verb):
        messages.success(request, _("Set aside. It stays among those set aside, with the reason."))
        return redirect("desk-mentions")
    context = {
        "title": pgettext("mention, verb", "Set aside"),
        "note": _("An unkind mention is not set aside: its author is thanked like everybody."),
        "submit": pgettext("mention, verb", "Set aside"),
        "back": reverse("desk-mention", args=[pk]),
    }
    return form_page(request, "people/desk/form.html", form, context)


@require_POST
@staff_page
def mention_bring_back(request: StaffRequest, pk: int) -> HttpResponse:
    """It is about us after all."""
    mention, at = found_mention(request, pk), clock.now()
    return pressed(
        request,
        lambda: bring_back_mention(mention, by=request.viewer, at=at),
        _("It waits for thanks again."),
        reverse("desk-mention", args=[pk]),
    )


@require_POST
@staff_page
def mention_trouble(request: StaffRequest, pk: int) -> HttpResponse:
    """A request of what was told there, in one press."""
    mention = found_mention(request, pk)
    demand(may_open_trouble(request.viewer, mention))
    kind = get_object_or_404(kinds_of_requests(), pk=request.POST.get("kind") or 0)
    made: list[Ticket] = []
    try:
        made.append(open_trouble(mention, kind, by=request.viewer, at=clock.now()))
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("desk-mention", pk)
    messages.success(
        request,
        _("Request %(number)s is opened and linked; its promises run.")
        % {"number": made[0].case.number},
    )
    return redirect("desk-mention", pk)


@require_POST
@staff_page
def mention_join(request: StaffRequest, pk: int) -> HttpResponse:
    """This one and the other are one; the older stands."""
    mention = found_mention(request, pk)
    demand(may_join_mentions(request.viewer))
    visible = Mention.objects.visible_to(request.viewer).select_related("case")
    other = get_object_or_404(visible, pk=request.POST.get("other") or 0)
    thanked = [one for one in (mention, other) if one.thanked_at is not None]
    stays = thanked[0] if len(thanked) == 1 else min(mention, other, key=lambda one: one.pk)
    goes = other if stays.pk == mention.pk else mention
    return pressed(
        request,
        lambda: join_mentions(stays, goes, by=request.viewer, at=clock.now()),
        _("They are one; thanks are given once."),
        reverse("desk-mention", args=[pk]),
    )


@require_POST
@staff_page
def mention_part(request: StaffRequest, pk: int) -> HttpResponse:
    """They are two after all."""
    found_mention(request, pk)
    link = get_object_or_404(
        Link, pk=request.POST.get("link") or 0, other=pk, kind=LinkKind.MERGED, undone_at=None
    )
    return pressed(
        request,
        lambda: part_mentions(link, by=request.viewer, at=clock.now()),
        _("They are two again, each with its own promise."),
        reverse("desk-mention", args=[pk]),
    )


@require_POST
@staff_page
def mention_apart(request: StaffRequest, pk: int) -> HttpResponse:
    """Not the same, and asked no more."""
    mention = found_mention(request, pk)
    rows = Twin.objects.filter(one=mention) | Twin.objects.filter(other=mention)
    twin = get_object_or_404(rows, pk=request.POST.get("twin") or 0)
    return pressed(
        request,
        lambda: say_apart(twin, by=request.viewer, at=clock.now()),
        _("They stay two."),
        reverse("desk-mention", args=[pk]),
    )
