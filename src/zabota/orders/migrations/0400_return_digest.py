from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("orders", "0002_exchange_files")]

    operations = [
        migrations.AddField(
            model_name="return",
            name="digest",
            field=models.CharField(blank=True, default="", max_length=64),
            preserve_default=False,
        ),
    ]
