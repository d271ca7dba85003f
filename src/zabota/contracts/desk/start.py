"""We begin a contract for a client, who may never sign in."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from zabota.clients.models import Client
from zabota.common import clock
from zabota.common.ids import row_number
from zabota.common.language.lemmas import fold
from zabota.contracts.actions.start import EditionNotInForce
from zabota.contracts.pages.start import PaperForm, begin_chosen, begin_on_paper, ways_in
from zabota.people.access import StaffRequest, staff_page
from zabota.people.models import Employee

MOST_FOUND = 20


class OwnerForm(forms.Form):
    """Who of ours answers for the new contract."""

    owner = forms.ModelChoiceField(
        label=gettext_lazy("Who answers for it"), queryset=Employee.objects.none(), empty_label=None
    )

    def __init__(self, data: QueryDict | None, *, me: Employee) -> None:
        super().__init__(data, initial={"owner": me.pk})
        working = Employee.objects.working().select_related("user").order_by("user__name")
        self.fields["owner"].queryset = working  # type: ignore[attr-defined]

    def chosen(self, me: Employee) -> Employee:
        """The one chosen; whoever begins it where nobody was."""
        return self.cleaned_data["owner"] if self.is_valid() else me


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def start_page(request: StaffRequest) -> HttpResponse:
    """First the client, then what the contract begins from; choosing it opens its draft."""
    client = named_client(request)
    if client is None:
        return _client_choice(request)
    me = request.viewer.employee
    owner = OwnerForm(request.POST or None, me=me)
    if request.method == "POST":
        try:
            contract = begin_chosen(
                request, request.viewer, client, at=clock.now(), owner=owner.chosen(me)
            )
        except EditionNotInForce:
            messages.error(request, _("This form is no longer offered. Please choose another."))
            return redirect(f"{request.path}?client={client.pk}")
        return redirect(f"/desk/contracts/{contract.pk}/")
    ways = ways_in(request, request.viewer, client)
    return render(
        request,
        "contracts/desk/start/start.html",
        {
            "ways": ways,
            "owner": owner,
            "new_url": f"{request.path}?client={client.pk}",
            "read_query": f"?client={client.pk}",
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def paper_page(request: StaffRequest) -> HttpResponse:
    """A Word file the client sent us becomes the text of a contract."""
    client = named_client(request)
    if client is None:
        raise Http404
    me = request.viewer.employee
    form, owner = PaperForm(), OwnerForm(request.POST or None, me=me)
    if request.method == "POST":
        form = PaperForm(request.POST, request.FILES)
        contract = begin_on_paper(
            form, client, request.viewer, at=clock.now(), owner=lambda: owner.chosen(me)
        )
        if contract is not None:
            messages.success(request, _("The client’s text is here. Please look it through."))
            return redirect(f"/desk/contracts/{contract.pk}/")
    return render(
        request,
        "contracts/desk/start/paper.html",
        {"form": form, "owner": owner, "client": client},
        status=422 if form.errors else 200,
    )


def named_client(request: StaffRequest) -> Client | None:
    """The client the address names; one that is not there is a 404."""
    text = request.GET.get("client", "")
    if not text:
        return None
    if row_number(text) is None:
        raise Http404
    return get_object_or_404(Client.objects.visible_to(request.viewer), pk=int(text))


def _client_choice(request: StaffRequest) -> HttpResponse:
    query = request.GET.get("q", "").replace("\0", "").strip()[:200]
    clients = Client.objects.visible_to(request.viewer).order_by("-pk")
    clients = clients.saying(fold(query).split()[:8])
    return render(
        request,
        "contracts/desk/start/client.html",
        {"query": query, "clients": clients[:MOST_FOUND]},
    )
