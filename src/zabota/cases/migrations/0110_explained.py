"""Why a promise was broken, and to whom each kind is explained."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0109_worth'),
        ('people', '0006_beyond'),
    ]

    operations = [
        migrations.AddField(
            model_name='moment',
            name='explained_to',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee'),
        ),
        migrations.CreateModel(
            name='Explanation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('cause', models.CharField(blank=True, choices=[('hands', 'Too few hands'), ('missed', 'We overlooked it'), ('facts', 'We lacked facts'), ('colleagues', 'Colleagues did not answer in time'), ('partner', 'A partner or supplier let us down'), ('breakdown', 'Equipment or software failed'), ('term', 'We promised too short a time'), ('client', 'The client changed what is needed'), ('other', 'Something else')], max_length=12)),
                ('words', models.TextField(blank=True)),
                ('told', models.TextField(blank=True)),
                ('explained_at', models.DateTimeField(null=True)),
                ('raised_at', models.DateTimeField(null=True)),
                ('asked', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='explains', to='cases.promise')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='explanations', to='cases.case')),
                ('explained_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
                ('promise', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='explanation', to='cases.promise')),
                ('to', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('explained_at__isnull', True)), fields=['id'], name='explanation_waits')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('cause', ''), ('explained_at', None), ('explained_by', None)), models.Q(('explained_at__isnull', False), ('explained_by__isnull', False), models.Q(('cause', ''), _negated=True)), _connector='OR'), name='explanation_says_why')],
            },
        ),
    ]
