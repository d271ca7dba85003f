from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "zabota.cases"
    label = "cases"
