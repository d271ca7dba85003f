"""Addresses of orders: the desk, the room, and what programs call."""

from django.urls import URLPattern, path

from zabota.orders import api, one_c
from zabota.orders.desk import cases, lines, orders, payments, verbs
from zabota.orders.portal import debts
from zabota.orders.portal import orders as room

desk_urls: list[URLPattern] = [
    path("orders/", orders.order_list, name="desk-orders"),
    path("orders/new/", lines.order_for, name="desk-order-for"),
    path("orders/new/<id:client>/", lines.order_new, name="desk-order-new"),
    path("orders/<id:pk>/", orders.order_page, name="desk-order"),
    path("orders/<id:pk>/cancel/", orders.order_cancel, name="desk-order-cancel"),
    path("orders/<id:pk>/invoice/", verbs.order_invoice, name="desk-order-invoice"),
    path("orders/<id:pk>/invoices/<id:invoice>/back/", verbs.invoice_take_back),
    path("orders/<id:pk>/invoices/<id:invoice>/invoice.pdf", orders.invoice_file),
    path("orders/<id:pk>/ship/", verbs.order_ship, name="desk-order-ship"),
    path("orders/<id:pk>/shipments/<id:shipment>/", verbs.shipment_delivered),
    path("orders/<id:pk>/shipments/<id:shipment>/off/", verbs.shipment_take_off),
    path("orders/<id:pk>/return/", verbs.order_return, name="desk-order-return"),
    path("orders/<id:pk>/lines/", lines.order_lines, name="desk-order-lines"),
    path("orders/<id:pk>/lines/<id:line>/", verbs.line_expect, name="desk-line-expect"),
    path("orders/<id:pk>/duty/", verbs.order_duty, name="desk-order-duty"),
    path("orders/<id:pk>/duties/<id:duty>/keep/", verbs.duty_keep),
    path("orders/<id:pk>/papers/", verbs.order_paper_add, name="desk-order-paper-add"),
    path("orders/<id:pk>/papers/<id:paper>/", orders.order_paper),
    path("orders/<id:pk>/papers/<id:paper>/remove/", orders.paper_remove),
    path("orders/<id:pk>/pay/", payments.order_pay, name="desk-order-pay"),
    path("payments/", payments.payment_list, name="desk-payments"),
    path("payments/<id:pk>/allocate/", payments.payment_allocate, name="payment-allocate"),
    path("payments/<id:pk>/aside/", payments.payment_aside, name="payment-aside"),
    path("allocations/<id:pk>/release/", payments.allocation_release, name="allocation-release"),
    path("clients/<id:pk>/terms/", payments.client_terms, name="client-terms"),
    path("delays/<id:pk>/", cases.delay_page, name="desk-delay"),
    path("delays/<id:pk>/settle/", cases.delay_settle, name="desk-delay-settle"),
    path("acts/<id:pk>/", cases.act_page, name="desk-act"),
    path("acts/<id:pk>/make/", cases.act_make, name="desk-act-make"),
    path("acts/<id:pk>/act.pdf", cases.act_file, {"kind": "pdf"}),
    path("acts/<id:pk>/act.xlsx", cases.act_file, {"kind": "xlsx"}),
]
room_urls: list[URLPattern] = [
    path("orders/", room.order_list, name="room-orders"),
    path("orders/<id:pk>/", room.order_page, name="room-order"),
    path("orders/<id:pk>/papers/<id:paper>/", room.order_paper),
    path("orders/<id:pk>/invoices/<id:invoice>/invoice.pdf", room.invoice_file),
    path("delays/<id:pk>/", room.delay_page, name="room-delay"),
    path("delays/<id:pk>/choose/", room.delay_choose, name="room-delay-choose"),
    path("debt/", debts.debt_page, name="room-debt"),
    path("debt/act/", debts.act_ask, name="room-act-ask"),
    path("debt/people/<id:pk>/", debts.debt_show, name="room-debt-show"),
    path("acts/<id:pk>/", debts.act_page, name="room-act"),
    path("acts/<id:pk>/act.pdf", debts.act_file, {"kind": "pdf"}),
    path("acts/<id:pk>/act.xlsx", debts.act_file, {"kind": "xlsx"}),
]
public_urls: list[URLPattern] = [path("exchange/1c/", one_c.exchange, name="exchange-1c")]
api_urls: list[URLPattern] = [
    path("orders/", api.take, {"what": "order"}, name="api-orders"),
    path("orders/<str:key>/", api.order, name="api-order"),
    path("orders/<str:key>/papers/", api.paper, name="api-order-papers"),
    path("invoices/", api.take, {"what": "invoice"}, name="api-invoices"),
    path("payments/", api.take, {"what": "payment"}, name="api-payments"),
    path("shipments/", api.take, {"what": "shipment"}, name="api-shipments"),
    path("returns/", api.take, {"what": "return"}, name="api-returns"),
]
