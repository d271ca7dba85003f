from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "zabota.orders"
    label = "orders"
