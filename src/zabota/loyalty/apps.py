from django.apps import AppConfig


class LoyaltyConfig(AppConfig):
    name = "zabota.loyalty"
    label = "loyalty"
