from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('server', '0001_initial')]

    initial = False

    operations = [
        ops.AlterModelOptions(
            name='Head',
            options={'table': 'record_head', 'app': 'server', 'pk_attr': 'patient_id', 'table_description': "A patient's latest revision. Its row is the lock under which the patient's records change."},
        ),
        ops.AlterModelOptions(
            name='Hours',
            options={'table': 'reading_hours', 'app': 'server', 'pk_attr': 'therapist_id', 'table_description': 'When a therapist reads.'},
        ),
        ops.AddField(
            model_name='Reminder',
            name='opened_at',
            field=fields.BigIntField(null=True, description='when the person last had the app open, to the hour'),
        ),
    ]
