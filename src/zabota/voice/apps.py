from django.apps import AppConfig


class VoiceConfig(AppConfig):
    name = "zabota.voice"
    label = "voice"
