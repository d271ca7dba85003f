from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tickets", "0350_news")]
    operations = [
        migrations.RemoveIndex(model_name="call", name="call_now"),
        migrations.AddIndex(
            model_name="call",
            index=models.Index(fields=["-rang_at"], name="call_lately"),
        ),
    ]
