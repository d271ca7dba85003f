from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("cases", "0100_moments"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="amount",
            field=models.DecimalField(decimal_places=2, max_digits=18, null=True),
        ),
    ]
