from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('server', '0007_backup_told')]

    initial = False

    operations = [
        ops.AddField(
            model_name='Consent',
            name='quiet_asked_at',
            field=fields.BigIntField(null=True, description='when that was asked later than the consent was given'),
        ),
    ]
