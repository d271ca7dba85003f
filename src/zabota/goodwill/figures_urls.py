"""Addresses of what gifts brought, reviews of budgets and bonuses."""

from django.urls import URLPattern, path

from zabota.goodwill.pages import bonuses, brought, review

desk_urls: list[URLPattern] = [
    path("goodwill/brought/", brought.own_brought, name="goodwill-brought"),
    path("goodwill/brought/firm/", brought.firm_brought, name="goodwill-firm"),
    path("goodwill/brought/refit/", brought.refit, name="goodwill-refit"),
    path("goodwill/review/", review.review_page, name="goodwill-review"),
    path("goodwill/review/<id:pk>/", review.review_decide, name="review-decide"),
    path("goodwill/bonuses/", bonuses.bonuses_page, name="goodwill-bonuses"),
    path("goodwill/bonuses/close/", bonuses.bonuses_close, name="bonuses-close"),
    path("goodwill/bonuses/terms/", bonuses.bonus_terms, name="bonus-terms"),
]
