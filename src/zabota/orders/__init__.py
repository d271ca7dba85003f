"""Goods promised: orders, счета, payments, shipments, returns, and what is kept for a client.

Words: заказ Order, счёт Invoice, резерв Hold.
Neighbours: an order is the other half of a `cases.Case`; contracts stand above.
"""
