"""Going beyond a rule, and the moment of the answer to a colleague who asks for it."""

import django.db.models.deletion
from django.db import migrations, models

from zabota.cases.moments import KNOWN


def lay_missing(apps, schema_editor):
    moments = apps.get_model("cases", "Moment").objects
    for slug, ru, en, weight in KNOWN:
        moments.get_or_create(slug=slug, defaults={"name_ru": ru, "name_en": en, "weight": weight})


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0107_moments_of_tickets'),
        ('people', '0006_beyond'),
    ]

    operations = [
        migrations.CreateModel(
            name='Deviation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rule', models.CharField(max_length=200)),
                ('rule_key', models.CharField(max_length=200)),
                ('reason', models.TextField()),
                ('cost', models.DecimalField(decimal_places=2, max_digits=18)),
                ('currency', models.CharField(max_length=3)),
                ('told', models.TextField(blank=True)),
                ('state', models.CharField(choices=[('asked', 'asked'), ('granted', 'done'), ('refused', 'refused')], max_length=8)),
                ('asked_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(null=True)),
                ('answer', models.TextField(blank=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deviations', to='cases.case')),
                ('promise', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deviation', to='cases.promise')),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'rule_key', 'asked_at'], name='deviation_repeats')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('answered_by', None), ('promise__isnull', False), ('state', 'asked')), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False), ('state__in', ['granted', 'refused'])), _connector='OR'), name='deviation_answered_by_somebody'), models.CheckConstraint(condition=models.Q(('cost__gte', 0)), name='deviation_costs_no_less')],
            },
        ),
        migrations.RunPython(lay_missing, migrations.RunPython.noop),
    ]
