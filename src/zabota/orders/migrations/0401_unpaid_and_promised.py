from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("orders", "0400_return_digest")]

    operations = [
        migrations.AddIndex(
            model_name="invoice",
            index=models.Index(
                fields=["id"],
                name="invoice_unpaid",
                condition=Q(cancelled_at=None, paid__lt=F("total")),
            ),
        ),
        migrations.AddIndex(
            model_name="orderline",
            index=models.Index(fields=["promised_on", "shipped_on"], name="order_line_promised"),
        ),
    ]
