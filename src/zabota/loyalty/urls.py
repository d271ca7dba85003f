"""Addresses of loyalty: the desk, the room, and what anybody may open."""

from django.urls import URLPattern, path

from zabota.loyalty import portal
from zabota.loyalty.desk import clients, figures, rewards, settings

desk_urls: list[URLPattern] = [
    path("points/", figures.points_figures, name="points"),
    path("points/rules/", settings.rule_list, name="points-rules"),
    path("points/rules/<id:pk>/end/", settings.rule_end, name="points-rule-end"),
    path("points/units/add/", settings.unit_edit, name="points-unit-add"),
    path("points/units/<id:pk>/", settings.unit_edit, name="points-unit"),
    path("points/units/<id:pk>/close/", settings.unit_close, name="points-unit-close"),
    path("points/tiers/add/", settings.tier_edit, name="points-tier-add"),
    path("points/tiers/<id:pk>/", settings.tier_edit, name="points-tier"),
    path("points/tiers/<id:pk>/close/", settings.tier_close, name="points-tier-close"),
    path("points/expiry/", settings.expiry_page, name="points-expiry"),
    path("points/expiry/off/", settings.expiry_off, name="points-expiry-off"),
    path("points/rewards/", rewards.reward_list, name="points-rewards"),
    path("points/rewards/add/", rewards.reward_edit, name="points-reward-add"),
    path("points/rewards/<id:pk>/", rewards.reward_edit, name="points-reward"),
    path("points/rewards/<id:pk>/close/", rewards.reward_close, name="points-reward-close"),
    path("clients/<id:pk>/points/", clients.client_points, name="client-points"),
    path("clients/<id:pk>/points/batches/", clients.client_batches, name="client-batches"),
    path("clients/<id:pk>/points/moves/", clients.client_moves, name="client-moves"),
]
room_urls: list[URLPattern] = [
    path("points/", portal.points_page, name="room-points"),
    path("points/batches/", portal.batches_page, name="room-points-batches"),
    path("points/moves/", portal.moves_page, name="room-points-moves"),
    path("points/rewards/<id:pk>/take/", portal.reward_take, name="reward-take"),
    path("points/claims/<id:pk>/call-back/", portal.claim_call_back, name="claim-call-back"),
    path("points/card/", portal.card_renew, name="card-renew"),
    path("points/birthday/", portal.birthday_tell, name="birthday-tell"),
]
public_urls: list[URLPattern] = []
api_urls: list[URLPattern] = []
