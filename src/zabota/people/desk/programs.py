"""Keys of programs, for whoever changes the firm's settings."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from zabota.common import clock
from zabota.people.access import StaffRequest, staff_page
from zabota.people.actions.programs import close_key, make_key
from zabota.people.models import ApiKey, ApiScope, Employee, Place
from zabota.people.pages import form_page, pressed, tried, typed
from zabota.people.rules import demand, may_change_firm


class KeyForm(forms.Form):
    """What the key is for, what it opens, and as whom the program acts."""

    name = forms.CharField(
        label=_("Which program"), max_length=120, help_text=_("“Accounting”, “The till in Tver”.")
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it opens"), choices=ApiScope.choices, widget=forms.CheckboxSelectMultiple
    )
    employee = forms.ModelChoiceField(
        label=_("As whom it acts"),
        queryset=Employee.objects.none(),
        empty_label="—",
        help_text=_("With their powers, and only while they work here."),
    )
    place = forms.ModelChoiceField(
        label=_("Where it stands"), queryset=Place.objects.none(), required=False, empty_label="—"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Employee.objects.working().select_related("user").order_by("user__name")
        self.fields["employee"].queryset = people  # type: ignore[attr-defined]
        places = Place.objects.filter(closed_at=None).order_by("name")
        self.fields["place"].queryset = places  # type: ignore[attr-defined]
        if not places.exists():
            del self.fields["place"]


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def firm_keys(request: StaffRequest) -> HttpResponse:
    """Keys there are, and a new one, which is shown once."""
    at = clock.now()
    demand(may_change_firm(request.user, at))
    form, made = KeyForm(typed(request), initial={"employee": request.viewer.employee}), []
    valid = request.method == "POST" and form.is_valid()
    if valid and tried(
        form, lambda: made.append(make_key(**form.cleaned_data, by=request.user, at=at)), "name"
    ):
        answer = render(request, "people/desk/keys.html", _context(KeyForm(), made[0]))
        answer["Cache-Control"] = "no-store"
        return answer
    return form_page(request, "people/desk/keys.html", form, _context(form, None))


@require_POST
@staff_page
def key_close(request: StaffRequest, pk: int) -> HttpResponse:
    """The program is refused from now on."""
    at = clock.now()
    demand(may_change_firm(request.user, at))
    key = get_object_or_404(ApiKey, pk=pk)
    return pressed(
        request, lambda: close_key(key, by=request.user, at=at), gettext("Closed."), "firm-keys"
    )


def _context(form: forms.Form, made: tuple[ApiKey, str] | None) -> dict[str, Any]:
    keys = ApiKey.objects.filter(closed_at=None).select_related("employee__user", "place")
    return {
        "tab": "keys",
        "keys": keys.order_by("name", "pk"),
        "form": form,
        "made": made,
        "site": settings.BASE_URL,
    }
