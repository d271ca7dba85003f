"""Addresses of goodwill: the desk, the room, and what anybody may open."""

from django.urls import URLPattern, path

from zabota.goodwill import figures_urls
from zabota.goodwill.pages import accounts, firm, give, mine, public, room

desk_urls: list[URLPattern] = [
    path("goodwill/", mine.goodwill_page, name="goodwill"),
    path("goodwill/give/", give.gift_give, name="gift-give"),
    path("goodwill/gifts/<id:pk>/", give.gift_page, name="gift"),
    path("goodwill/gifts/<id:pk>/withdraw/", give.gift_withdraw, name="gift-withdraw"),
    path("goodwill/gifts/<id:pk>/hand-over/", give.gift_hand_over, name="gift-hand-over"),
    path("goodwill/gifts/<id:pk>/invite/", give.gift_invite, name="gift-invite"),
    path("goodwill/clients/<id:pk>/official/", give.client_official, name="client-official"),
    path("goodwill/make-good/<id:pk>/", give.promise_make_good, name="make-good"),
    path("goodwill/thank/<id:pk>/", mine.purchase_thank, name="purchase-thank"),
    path("goodwill/card/", mine.calling_card, name="calling-card"),
    path("goodwill/card/sheet.pdf", mine.card_paper, name="card-paper"),
    *(
        path(
            f"goodwill/card/letters/<id:pk>/{verb}/",
            mine.card_letter_do,
            {"verb": verb},
            name=f"card-letter-{verb}",
        )
        for verb in ("answer", "aside")
    ),
    *figures_urls.desk_urls,
    path("goodwill/accounts/", accounts.accounts_page, name="goodwill-accounts"),
    path("firm/goodwill/", firm.firm_goodwill, name="firm-goodwill"),
    path("firm/goodwill/terms/", firm.firm_goodwill_terms, name="firm-goodwill-terms"),
    path("firm/goodwill/budgets/<id:pk>/", firm.firm_goodwill_budget, name="firm-goodwill-budget"),
    path("firm/goodwill/goods/new/", firm.firm_good, name="firm-good-new"),
    path("firm/goodwill/goods/<id:pk>/", firm.firm_good, name="firm-good"),
    path("firm/goodwill/goods/<id:pk>/close/", firm.firm_good_close, name="firm-good-close"),
    path("firm/goodwill/limits/new/", firm.firm_limit, name="firm-limit-new"),
    path("firm/goodwill/limits/<id:pk>/", firm.firm_limit, name="firm-limit"),
]
room_urls: list[URLPattern] = [
    path("goodwill/", room.room_gifts, name="room-gifts"),
    path("goodwill/<id:pk>/", room.room_gift, name="room-gift"),
    path("goodwill/thanks/<id:pk>/open/", room.room_thanks_open, name="room-thanks-open"),
    path("cases/<id:pk>/thank/", room.room_case_thank, name="room-case-thank"),
]
public_urls: list[URLPattern] = [
    path("g/", public.code_typed, name="gift-code"),
    path("g/<str:code>/", public.gift_claim, name="gift-claim"),
    path("gifts/<str:token>/", public.gift_link, name="gift-link"),
    path("thanks/<str:token>/", public.thanks_link, name="thanks-link"),
    path("thank/<str:token>/", public.thank_link, name="thank-link"),
]
api_urls: list[URLPattern] = []
