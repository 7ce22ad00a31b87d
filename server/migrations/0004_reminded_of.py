from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    dependencies = [('server', '0003_alerts')]

    initial = False

    operations = [
        ops.AlterModelOptions(
            name='Reminder',
            options={'table': 'reminder', 'app': 'server', 'indexes': [Index(fields=['next_due_at']), Index(fields=['patient_id'])], 'pk_attr': 'id', 'table_description': 'A reminder and its next occurrence. That one column of instants is the whole scheduler.'},
        ),
        ops.AddField(
            model_name='Reminder',
            name='every_days',
            field=fields.IntField(null=True),
        ),
        ops.AddField(
            model_name='Reminder',
            name='form',
            field=fields.CharField(null=True, description='empty for a daily one', max_length=16),
        ),
        ops.AddField(
            model_name='Reminder',
            name='terms',
            field=fields.BinaryField(null=True, description='what it reminds of'),
        ),
    ]
