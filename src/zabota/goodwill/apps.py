from django.apps import AppConfig


class GoodwillConfig(AppConfig):
    name = "zabota.goodwill"
    label = "goodwill"
