"""What was decided of exceptions that repeat."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0112_verdicts'),
        ('people', '0006_beyond'),
    ]

    operations = [
        migrations.CreateModel(
            name='RuleOffer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rule_key', models.CharField(db_index=True, max_length=200)),
                ('rule', models.CharField(max_length=200)),
                ('made', models.BooleanField()),
                ('words', models.TextField(blank=True)),
                ('settled_at', models.DateTimeField()),
                ('settled_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('made', False), models.Q(('words', ''), _negated=True), _connector='OR'), name='rule_made_in_words')],
            },
        ),
    ]
