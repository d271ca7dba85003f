"""Papers of orders as PDF: words and sums come in as they are read. Free of Django."""

from zabota.orders.paper.act import act_page
from zabota.orders.paper.invoice import invoice_page

__all__ = ["act_page", "invoice_page"]
