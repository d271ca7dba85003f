from django.apps import AppConfig


class InsightConfig(AppConfig):
    name = "zabota.insight"
    label = "insight"
