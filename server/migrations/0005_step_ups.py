from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise import fields

class Migration(migrations.Migration):
    dependencies = [('server', '0004_reminded_of')]

    initial = False

    operations = [
        ops.AddField(
            model_name='SignIn',
            name='proved_at',
            field=fields.BigIntField(null=True, description='when its person proved again who they are'),
        ),
    ]
