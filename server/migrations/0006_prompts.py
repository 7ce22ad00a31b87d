from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.fields.base import OnDelete
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('server', '0005_step_ups')]

    initial = False

    operations = [
        ops.CreateModel(
            name='PromptedDay',
            fields=[
                ('number', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('patient', fields.ForeignKeyField('server.Account', source_field='patient_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('day', fields.CharField(max_length=10)),
                ('delivery_id', fields.UUIDField()),
            ],
            options={'table': 'prompted_day', 'app': 'server', 'unique_together': (('patient_id', 'day'),), 'pk_attr': 'number', 'table_description': 'The one delivery that may be pushed on a local day, for who is asked about more than one thing.'},
            bases=['Table'],
        ),
        ops.AddField(
            model_name='Delivery',
            name='session_id',
            field=fields.UUIDField(null=True, description='the session that it asks about'),
        ),
        ops.AddField(
            model_name='Delivery',
            name='since',
            field=fields.BigIntField(null=True, description='an entry from then on makes it needless'),
        ),
        ops.AddField(
            model_name='Reminder',
            name='coming',
            field=fields.TextField(null=True, description='the prompts of sessions that are planned, the next one first', unique=False),
        ),
    ]
