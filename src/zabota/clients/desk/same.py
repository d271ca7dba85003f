"""«Похожие карточки»: cards that may be one client, offered and never merged by themselves."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from zabota.clients import actions
from zabota.clients.models import Likeness
from zabota.clients.reading import each_once, pair_of
from zabota.clients.rules import may_merge_clients
from zabota.common import clock
from zabota.people.access import StaffRequest, staff_page
from zabota.people.pages import page_by_key, pressed
from zabota.people.rules import demand


@require_GET
@staff_page
def same_list(request: StaffRequest) -> HttpResponse:
    """Pairs that may be one client, the surest first: by what, compare, or say they are not."""
    demand(may_merge_clients(request.user, clock.now()))
    rows = Likeness.objects.offered().select_related("one__root", "other__root")
    page = page_by_key(request, rows, "doubt")
    context = {"page": page, "pairs": each_once(pair_of(row) for row in page.rows)}
    return render(request, "clients/desk/same.html", context)


@require_POST
@staff_page
def same_apart(request: StaffRequest, pk: int) -> HttpResponse:
    """They are two; remembered, and not offered again."""
    likeness = get_object_or_404(Likeness, pk=pk)
    back = request.POST.get("back", "")
    return pressed(
        request,
        lambda: actions.tell_apart(likeness, by=request.user, at=clock.now()),
        gettext("Remembered: they are two clients. The pair is not offered again."),
        f"/desk/clients/{back}/" if back.isascii() and back.isdecimal() else "same-list",
    )
