from django.apps import AppConfig


class OutreachConfig(AppConfig):
    name = "zabota.outreach"
    label = "outreach"
