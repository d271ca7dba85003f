"""Addresses of boards."""

from django.urls import URLPattern, path

from zabota.insight import desk, desk_orders

desk_urls: list[URLPattern] = [
    path("reports/", desk.report_page, name="reports"),
    path("reports/requests/", desk.report_requests, name="report-requests"),
    path("reports/endings/", desk.report_page, {"name": "endings"}, name="report-endings"),
    path("reports/backlog/", desk.report_page, {"name": "backlog"}, name="report-backlog"),
    path("reports/broken/", desk.report_page, {"name": "broken"}, name="report-broken"),
    path("reports/orders/", desk.report_page, {"name": "orders"}, name="report-orders"),
    path("reports/orders/lines/", desk_orders.report_order_lines, name="report-order-lines"),
]
