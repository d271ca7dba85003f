"""What is asked beyond the rules may be taken back by whoever asked."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("cases", "0350_news")]
    operations = [
        migrations.RemoveConstraint("deviation", "deviation_answered_by_somebody"),
        migrations.AlterField(
            "deviation",
            "state",
            models.CharField(
                choices=[
                    ("asked", "asked"),
                    ("granted", "done"),
                    ("refused", "refused"),
                    ("back", "taken back"),
                ],
                max_length=8,
            ),
        ),
        migrations.AddConstraint(
            "deviation",
            models.CheckConstraint(
                name="deviation_answered_by_somebody",
                condition=(
                    Q(state="asked", answered_by=None, answered_at=None, promise__isnull=False)
                    | Q(
                        state__in=["granted", "refused", "back"],
                        answered_by__isnull=False,
                        answered_at__isnull=False,
                    )
                ),
            ),
        ),
    ]
