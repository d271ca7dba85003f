from django.apps import AppConfig
from django.urls import register_converter

from zabota.common.ids import IdConverter


class CommonConfig(AppConfig):
    name = "zabota.common"
    label = "common"

    def ready(self) -> None:
        """Addresses name rows by numbers a row can have."""
        register_converter(IdConverter, "id")
