"""What points are good for, as the firm sets it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zabota.common import clock
from zabota.loyalty.actions import close_reward, set_reward
from zabota.loyalty.actions.earn import local_day
from zabota.loyalty.forms.settings import RewardForm
from zabota.loyalty.models import Reward
from zabota.loyalty.rules import may_set_points
from zabota.people.access import StaffRequest, staff_page
from zabota.people.pages import form_page, pressed, tried, typed
from zabota.people.rules import demand

REWARDS = "/desk/points/rewards/"
MOST = 200


@require_GET
@staff_page
def reward_list(request: StaffRequest) -> HttpResponse:
    """Everything that is shown, will be, or is out of stock."""
    at, language = clock.now(), get_language() or "ru"
    demand(may_set_points(request.user, at))
    today = local_day(at)
    rows = Reward.objects.filter(closed_at=None).select_related("unit", "early_tier")
    context = {
        "tab": "rewards",
        "rewards": [
            (
                one,
                one.name(language),
                one.unit.counted(one.price, language),
                _state(one, today),
                one.early_tier.name(language) if one.early_tier else "",
            )
            for one in rows.order_by("price", "pk")[:MOST]
        ],
    }
    return render(request, "loyalty/desk/rewards.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def reward_edit(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """A new reward, or another price, stock or words of one."""
    at = clock.now()
    demand(may_set_points(request.user, at))
    reward = get_object_or_404(Reward, pk=pk, closed_at=None) if pk is not None else None
    initial = (
        {name: getattr(reward, name) for name in RewardForm.base_fields}
        if reward
        else {"from_day": local_day(at)}
    )
    form = RewardForm(typed(request), initial=initial)
    sent = request.method == "POST" and form.is_valid()
    if sent and tried(form, lambda: set_reward(reward, form.kept(), by=request.user, at=at)):
        messages.success(request, _("Saved."))
        return redirect(REWARDS)
    context = {
        "tab": "rewards",
        "title": reward.name(get_language() or "ru") if reward else _("New reward"),
        "back": REWARDS,
        "close": reverse("points-reward-close", args=[pk]) if reward else "",
    }
    return form_page(request, "loyalty/desk/edit.html", form, context)


@require_POST
@staff_page
def reward_close(request: StaffRequest, pk: int) -> HttpResponse:
    """It is shown no more."""
    reward = get_object_or_404(Reward, pk=pk)
    return pressed(
        request,
        lambda: close_reward(reward, by=request.user, at=clock.now()),
        _("It is shown no more; whoever took it gets it."),
        REWARDS,
    )


def _state(reward: Reward, today: object) -> str:
    """Whether clients see it now, and why not."""
    if reward.stock == 0:
        return _("out of stock, not shown")
    if reward.from_day > today:  # type: ignore[operator]
        return _("to come")
    if reward.until_day is not None and reward.until_day < today:  # type: ignore[operator]
        return _("over")
    return _("shown to clients")
