from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0072_keeps_orders")]
    operations = [
        migrations.AddField(
            model_name="firm",
            name="currency",
            field=models.CharField(default="RUB", max_length=3),
        ),
    ]
