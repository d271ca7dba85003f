from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "zabota.home"
    label = "home"
