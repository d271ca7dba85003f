"""The forms that come with Zabota, laid by a button where there are none yet."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from zabota.common import clock
from zabota.contracts.actions import lay_shipped_forms
from zabota.people.access import StaffRequest, staff_page
from zabota.people.pages import pressed

BACK = ("/desk/forms/", "/desk/routes/")


@require_POST
@staff_page
def lay_shipped_forms_page(request: StaffRequest) -> HttpResponse:
    """Lay the ready forms and their routes, then back to the list the button stands on."""
    back = request.POST.get("back", "")
    return pressed(
        request,
        lambda: lay_shipped_forms(by=request.viewer, at=clock.now()),
        _("The ready forms are laid and in force; each has a route. Please look through them."),
        back if back in BACK else BACK[0],
    )
