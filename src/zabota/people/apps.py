from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "zabota.people"
    label = "people"
