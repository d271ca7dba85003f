from django.apps import AppConfig


class ContractsConfig(AppConfig):
    name = "zabota.contracts"
    label = "contracts"
