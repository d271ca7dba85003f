from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("outreach", "0001_initial")]

    operations = [
        migrations.AddField("message", "again_at", models.DateTimeField(null=True)),
        migrations.AddIndex(
            "message",
            models.Index(
                fields=["-id"], name="message_failed", condition=models.Q(state="failed")
            ),
        ),
    ]
