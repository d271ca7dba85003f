from django.apps import AppConfig

from zabota.journal.kinds import find_kinds


class JournalConfig(AppConfig):
    name = "zabota.journal"
    label = "journal"

    def ready(self) -> None:
        find_kinds()
