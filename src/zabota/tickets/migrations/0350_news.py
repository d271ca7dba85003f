"""While a request goes on its client hears from a person; how often, each speed says."""

import django.db.models.deletion
from django.db import migrations, models

from zabota.tickets.levels import NEWS


def lay(apps, schema_editor):
    levels = apps.get_model("tickets", "ServiceLevel").objects
    for priority, minutes in NEWS.items():
        levels.filter(priority=priority).update(news_minutes=minutes)


class Migration(migrations.Migration):
    dependencies = [("tickets", "0070_contract_from"), ("cases", "0350_news")]
    operations = [
        migrations.AddField(
            model_name="servicelevel",
            name="news_minutes",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="ticket",
            name="news",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="news_of",
                to="cases.promise",
            ),
        ),
        migrations.RunPython(lay, migrations.RunPython.noop),
    ]
