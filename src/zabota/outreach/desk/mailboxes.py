"""Where clients write to: the mailboxes, among the settings of the firm."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zabota.common import clock
from zabota.outreach import actions
from zabota.outreach.forms import MailboxForm
from zabota.outreach.models import Brings, Mailbox
from zabota.outreach.rules import may_set_up_mailboxes
from zabota.people.access import StaffRequest, staff_page
from zabota.people.pages import form_page, pressed, tried, typed
from zabota.people.rules import demand


@require_GET
@staff_page
def mailbox_list(request: StaffRequest) -> HttpResponse:
    """Each with when it was looked at last and what stands in the way."""
    demand(may_set_up_mailboxes(request.user, clock.now()))
    boxes = Mailbox.objects.filter(closed_at=None, brings=Brings.LETTERS).order_by("pk")
    return render(
        request, "outreach/desk/mailbox_list.html", {"mailboxes": boxes, "tab": "mailboxes"}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def mailbox_add(request: StaffRequest) -> HttpResponse:
    """One more."""
    at = clock.now()
    demand(may_set_up_mailboxes(request.user, at))
    form = MailboxForm(typed(request))
    if (
        request.method == "POST"
        and form.is_valid()
        and tried(form, lambda: actions.add_mailbox(form.fields_typed(), by=request.user, at=at))
    ):
        messages.success(request, gettext("The mailbox is set up."))
        return redirect("mailbox-list")
    return _page(request, form, gettext("New mailbox"))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def mailbox(request: StaffRequest, pk: int) -> HttpResponse:
    """Its server, name and password; the password is not shown."""
    at = clock.now()
    demand(may_set_up_mailboxes(request.user, at))
    found = get_object_or_404(Mailbox, pk=pk, closed_at=None)
    form = MailboxForm(typed(request), initial=MailboxForm.known(found))

    def change() -> None:
        actions.change_mailbox(found, form.fields_typed(), by=request.user, at=at)

    if request.method == "POST" and form.is_valid() and tried(form, change):
        messages.success(request, gettext("Saved."))
        return redirect("mailbox-list")
    return _page(request, form, str(found))


@require_POST
@staff_page
def mailbox_close(request: StaffRequest, pk: int) -> HttpResponse:
    """It is not read any more."""
    at = clock.now()
    demand(may_set_up_mailboxes(request.user, at))
    found = get_object_or_404(Mailbox, pk=pk)
    return pressed(
        request,
        lambda: actions.close_mailbox(found, by=request.user, at=at),
        gettext("The mailbox is not read any more; its letters stay."),
        "mailbox-list",
    )


def _page(request: StaffRequest, form: MailboxForm, title: str) -> HttpResponse:
    context = {"title": title, "submit": gettext("Save"), "back": reverse("mailbox-list")}
    return form_page(request, "people/desk/form.html", form, context)
