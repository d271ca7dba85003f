from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "zabota.common"
    label = "common"
