from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "zabota.referrals"
    label = "referrals"
