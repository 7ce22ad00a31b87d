from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.fields.base import OnDelete
from uuid import uuid4
from tortoise import fields
from tortoise.indexes import Index

class Migration(migrations.Migration):
    initial = True

    operations = [
        ops.CreateModel(
            name='Account',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('role', fields.CharField(max_length=16)),
                ('mail_index', fields.CharField(unique=True, description='keyed hash of the lower-case mail', max_length=64)),
                ('sealed', fields.BinaryField(description='name and mail')),
                ('password_hash', fields.CharField(max_length=200)),
                ('zone', fields.CharField(max_length=64)),
                ('day_starts_at', fields.CharField(default='04:00', max_length=5)),
                ('language', fields.CharField(default='en', max_length=16)),
                ('created_at', fields.BigIntField()),
            ],
            options={'table': 'account', 'app': 'server', 'pk_attr': 'id', 'table_description': 'A person.'},
            bases=['Table'],
        ),
        ops.CreateModel(
            name='Attempt',
            fields=[
                ('bucket', fields.CharField(unique=True, max_length=64)),
                ('number', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('count', fields.IntField()),
                ('ends_at', fields.BigIntField()),
            ],
            options={'table': 'attempt', 'app': 'server', 'indexes': [Index(fields=['ends_at'])], 'pk_attr': 'number', 'table_description': 'How often something was tried in a span of time, by a keyed hash of who tried it.'},
            bases=['Table'],
        ),
        ops.CreateModel(
            name='AuditEvent',
            fields=[
                ('number', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('account_id', fields.UUIDField()),
                ('seq', fields.BigIntField()),
                ('at', fields.BigIntField()),
                ('act', fields.CharField(max_length=40)),
                ('actor_id', fields.UUIDField(null=True)),
                ('details', fields.BinaryField()),
                ('hash', fields.BinaryField()),
            ],
            options={'table': 'audit_event', 'app': 'server', 'unique_together': (('account_id', 'seq'),), 'pk_attr': 'number', 'table_description': "One event. Its details are sealed under the account's key."},
            bases=['Table'],
        ),
        ops.CreateModel(
            name='AuditHead',
            fields=[
                ('account_id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('seq', fields.BigIntField()),
                ('hash', fields.BinaryField()),
            ],
            options={'table': 'audit_head', 'app': 'server', 'pk_attr': 'account_id', 'table_description': "The end of an account's chain. Its row is the lock under which the chain grows."},
            bases=['Table'],
        ),
        ops.CreateModel(
            name='Change',
            fields=[
                ('number', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('patient', fields.ForeignKeyField('server.Account', source_field='patient_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('change_id', fields.UUIDField()),
                ('record_id', fields.UUIDField()),
            ],
            options={'table': 'record_change', 'app': 'server', 'unique_together': (('patient_id', 'change_id'),), 'pk_attr': 'number', 'table_description': 'A change that was taken in, by its id, so that its repeat is known.'},
            bases=['Table'],
        ),
        ops.CreateModel(
            name='Consent',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('patient', fields.ForeignKeyField('server.Account', source_field='patient_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('therapist', fields.ForeignKeyField('server.Account', source_field='therapist_id', null=True, db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.SET_NULL)),
                ('secret_hash', fields.CharField(unique=True, max_length=64)),
                ('reader', fields.CharField(description='therapist or prescriber', max_length=16)),
                ('scopes', fields.CharField(max_length=200)),
                ('first_day', fields.CharField(null=True, max_length=10)),
                ('last_day', fields.CharField(null=True, max_length=10)),
                ('notes_from', fields.CharField(max_length=10)),
                ('quiet_after_days', fields.IntField(null=True)),
                ('given_at', fields.BigIntField()),
                ('expires_at', fields.BigIntField()),
                ('accepted_at', fields.BigIntField(null=True)),
                ('withdrawn_at', fields.BigIntField(null=True)),
                ('last_viewed_at', fields.BigIntField(null=True)),
                ('views', fields.IntField(default=0)),
            ],
            options={'table': 'consent', 'app': 'server', 'indexes': [Index(fields=['patient_id']), Index(fields=['therapist_id'])], 'pk_attr': 'id', 'table_description': 'What one patient opens to one reader, with the date of everything that befell it.'},
            bases=['Table'],
        ),
        ops.CreateModel(
            name='Factor',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('account', fields.ForeignKeyField('server.Account', source_field='account_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('sealed', fields.BinaryField(description='the shared secret')),
                ('created_at', fields.BigIntField()),
                ('confirmed_at', fields.BigIntField(null=True)),
                ('last_step', fields.BigIntField(default=0, description='the last time step used, so that a code works once')),
            ],
            options={'table': 'factor', 'app': 'server', 'indexes': [Index(fields=['account_id'])], 'pk_attr': 'id', 'table_description': 'A second proof by time-based codes (RFC 6238).'},
            bases=['Table'],
        ),
        ops.CreateModel(
            name='Head',
            fields=[
                ('patient', fields.OneToOneField('server.Account', source_field='patient_id', primary_key=True, db_index=True, db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('revision', fields.BigIntField(default=0)),
            ],
            options={'table': 'record_head', 'app': 'server', 'pk_attr': 'patient_id', 'table_description': "A patient's latest revision. Its row is the lock under which the patient's records change."},
            bases=['Table'],
        ),
        ops.CreateModel(
            name='Hours',
            fields=[
                ('therapist', fields.OneToOneField('server.Account', source_field='therapist_id', primary_key=True, db_index=True, db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('sealed', fields.BinaryField()),
            ],
            options={'table': 'reading_hours', 'app': 'server', 'pk_attr': 'therapist_id', 'table_description': 'When a therapist reads.'},
            bases=['Table'],
        ),
        ops.CreateModel(
            name='Installation',
            fields=[
                ('id', fields.IntField(primary_key=True, unique=True, db_index=True)),
                ('history', fields.UUIDField()),
            ],
            options={'table': 'installation', 'app': 'server', 'pk_attr': 'id', 'table_description': 'The one row that says which history this database holds. A restore renews it.'},
            bases=['Table'],
        ),
        ops.CreateModel(
            name='InstallationSecret',
            fields=[
                ('name', fields.CharField(primary_key=True, unique=True, db_index=True, max_length=32)),
                ('sealed', fields.BinaryField()),
            ],
            options={'table': 'installation_secret', 'app': 'server', 'pk_attr': 'name', 'table_description': 'A secret of the installation, sealed under its own key and shared by all its processes.'},
            bases=['Table'],
        ),
        ops.CreateModel(
            name='OpenedNote',
            fields=[
                ('number', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('consent', fields.ForeignKeyField('server.Consent', source_field='consent_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('record_id', fields.UUIDField()),
            ],
            options={'table': 'opened_note', 'app': 'server', 'unique_together': (('consent_id', 'record_id'),), 'pk_attr': 'number', 'table_description': 'A note older than the consent, opened by itself.'},
            bases=['Table'],
        ),
        ops.CreateModel(
            name='Record',
            fields=[
                ('number', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('patient', fields.ForeignKeyField('server.Account', source_field='patient_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('record_id', fields.UUIDField()),
                ('kind', fields.CharField(max_length=32)),
                ('revision', fields.BigIntField()),
                ('deleted', fields.BooleanField(default=False)),
                ('day', fields.CharField(description='local day, YYYY-MM-DD', max_length=10)),
                ('happened_at', fields.BigIntField(description='milliseconds since 1970')),
                ('recorded_at', fields.BigIntField()),
                ('edited_at', fields.BigIntField()),
                ('received_at', fields.BigIntField()),
                ('sealed', fields.BinaryField()),
            ],
            options={'table': 'record', 'app': 'server', 'unique_together': (('patient_id', 'record_id'), ('patient_id', 'revision')), 'indexes': [Index(fields=['patient_id', 'kind', 'day'])], 'pk_attr': 'number', 'table_description': 'A record as it is now.'},
            bases=['Table'],
        ),
        ops.CreateModel(
            name='RecoveryCode',
            fields=[
                ('number', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('account', fields.ForeignKeyField('server.Account', source_field='account_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('code_hash', fields.CharField(max_length=64)),
                ('used_at', fields.BigIntField(null=True)),
            ],
            options={'table': 'recovery_code', 'app': 'server', 'indexes': [Index(fields=['account_id'])], 'pk_attr': 'number', 'table_description': 'A code that replaces a lost second factor, once.'},
            bases=['Table'],
        ),
        ops.CreateModel(
            name='SignIn',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('account', fields.ForeignKeyField('server.Account', source_field='account_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('token_hash', fields.CharField(unique=True, max_length=64)),
                ('sealed', fields.BinaryField(description='the device in words')),
                ('created_at', fields.BigIntField()),
                ('seen_at', fields.BigIntField()),
                ('expires_at', fields.BigIntField()),
            ],
            options={'table': 'sign_in', 'app': 'server', 'indexes': [Index(fields=['account_id'])], 'pk_attr': 'id', 'table_description': 'One device that is, or was, signed in.'},
            bases=['Table'],
        ),
        ops.CreateModel(
            name='Subscription',
            fields=[
                ('id', fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ('patient', fields.ForeignKeyField('server.Account', source_field='patient_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('endpoint_index', fields.BinaryField(description='keyed hash of the endpoint, by which a repeat is known')),
                ('sealed', fields.BinaryField(description='endpoint, keys and label')),
                ('created_at', fields.BigIntField(description='milliseconds since 1970')),
                ('changed_at', fields.BigIntField()),
            ],
            options={'table': 'push_subscription', 'app': 'server', 'unique_together': (('patient_id', 'endpoint_index'),), 'pk_attr': 'id', 'table_description': 'One browser of a patient that may be reached.'},
            bases=['Table'],
        ),
        ops.CreateModel(
            name='Version',
            fields=[
                ('number', fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ('patient', fields.ForeignKeyField('server.Account', source_field='patient_id', db_constraint=True, to_field='id', related_name=False, on_delete=OnDelete.CASCADE)),
                ('record_id', fields.UUIDField()),
                ('kind', fields.CharField(max_length=32)),
                ('revision', fields.BigIntField()),
                ('deleted', fields.BooleanField(default=False)),
                ('recorded_at', fields.BigIntField()),
                ('edited_at', fields.BigIntField()),
                ('received_at', fields.BigIntField()),
                ('sealed', fields.BinaryField()),
            ],
            options={'table': 'record_version', 'app': 'server', 'unique_together': (('patient_id', 'record_id', 'revision'),), 'pk_attr': 'number', 'table_description': 'A record as it was before a change, sealed as it was then.'},
            bases=['Table'],
        ),
    ]
