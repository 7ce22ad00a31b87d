from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('server', '0008_quiet_asked')]

    initial = False

    operations = [
        ops.AddField(
            model_name='Consent',
            name='reader_name',
            field=fields.BinaryField(null=True, description='what they went by when they accepted, sealed'),
        ),
    ]
