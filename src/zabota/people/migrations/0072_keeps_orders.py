from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0061_gives_points")]
    operations = [
        migrations.AddField(
            model_name="firm",
            name="keeps_orders",
            field=models.BooleanField(default=False),
        ),
    ]
