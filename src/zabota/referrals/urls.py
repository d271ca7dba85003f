"""Addresses of referrals: the desk, the room, and what anybody with a link may open."""

from django.urls import URLPattern, path

from zabota.referrals.desk import chains, note, referrals, terms
from zabota.referrals.portal import friend, recommend

desk_urls: list[URLPattern] = [
    path("referrals/", referrals.referral_list, name="referrals"),
    path("referrals/terms/", terms.terms_page, name="referral-terms"),
    path("referrals/terms/open/", terms.terms_open, name="referral-terms-open"),
    path("referrals/brochure/", terms.brochure_page, name="referral-brochure"),
    path("referrals/questionnaire/", terms.questions_page, name="referral-questions"),
    path("referrals/chains/", chains.chains_page, name="referral-chains"),
    path("referrals/worth/", chains.worth_page, name="referrals-worth"),
    path("referrals/at-risk/", chains.risk_page, name="referrals-at-risk"),
    path("clients/<id:pk>/sent-by/", note.referral_note, name="referral-note"),
    path("clients/<id:pk>/leaves/", chains.departure_note, name="client-leaves"),
    path("referrals/stays/<id:pk>/", chains.departure_end, name="client-stays"),
    path("referrals/<id:pk>/", referrals.referral_page, name="referral"),
    path("referrals/<id:pk>/talk/", referrals.referral_talk, name="referral-talk"),
    path("referrals/<id:pk>/end/", referrals.referral_end, name="referral-end"),
    path("referrals/<id:pk>/decide/", referrals.referral_decide, name="referral-decide"),
    path("referrals/<id:pk>/thank/", referrals.referral_thank, name="referral-thank"),
]
room_urls: list[URLPattern] = [
    path("recommend/", recommend.recommend_page, name="room-recommend"),
    path("recommend/link/", recommend.link_make, name="room-recommend-link"),
    path("recommend/link/<id:pk>/revoke/", recommend.link_revoke, name="room-recommend-revoke"),
    path("recommend/letter/", recommend.letter_home, name="room-recommend-letter"),
    path("recommend/qr/", recommend.qr_picture, name="room-recommend-qr"),
    path("recommend/questionnaire/", recommend.sheet_begin, name="room-recommend-sheet"),
]
public_urls: list[URLPattern] = [
    path("with/mine/<str:token>/", friend.mine_page, name="with-mine"),
    path("with/mine/<str:token>/withdraw/", friend.mine_withdraw, name="with-withdraw"),
    path("with/<str:token>/", friend.friend_page, name="with"),
    path("with/<str:token>/brochure/", friend.brochure_paper, name="with-brochure"),
]
api_urls: list[URLPattern] = []
