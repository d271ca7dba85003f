from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("tickets", "0051_alarm_words"),
    ]

    operations = [
        migrations.AddField(
            model_name="priorityrule",
            name="contract_from",
            field=models.DecimalField(decimal_places=2, max_digits=18, null=True),
        ),
    ]
