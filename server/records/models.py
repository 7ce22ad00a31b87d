"""Tables of records. Everything a patient wrote is in `sealed`; outside it stand only when and in what order."""

from typing import Any

from tortoise import fields

from server.database import service as database


class Head(database.Table):
    """A patient's latest revision. Its row is the lock under which the patient's records change."""

    patient: fields.OneToOneRelation[Any] = fields.OneToOneField(
        "server.Account", primary_key=True, related_name=False, on_delete=fields.CASCADE
    )
    revision = fields.BigIntField(default=0)

    class Meta:
        app = "server"
        table = "record_head"


class Record(database.Table):
    """A record as it is now."""

    number = fields.BigIntField(primary_key=True)
    patient: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "server.Account", related_name=False, on_delete=fields.CASCADE
    )
    record_id = fields.UUIDField()
    kind = fields.CharField(max_length=32)
    revision = fields.BigIntField()
    deleted = fields.BooleanField(default=False)
    day = fields.CharField(max_length=10, description="local day, YYYY-MM-DD")
    happened_at = fields.BigIntField(description="milliseconds since 1970")
    recorded_at = fields.BigIntField()
    edited_at = fields.BigIntField()
    received_at = fields.BigIntField()
    sealed = fields.BinaryField()

    class Meta:
        app = "server"
        table = "record"
        unique_together = (("patient_id", "record_id"), ("patient_id", "revision"))
        indexes = (("patient_id", "kind", "day", "happened_at", "number"),)


class Version(database.Table):
    """A record as it was before a change, sealed as it was then."""

    number = fields.BigIntField(primary_key=True)
    patient: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "server.Account", related_name=False, on_delete=fields.CASCADE
    )
    record_id = fields.UUIDField()
    kind = fields.CharField(max_length=32)
    revision = fields.BigIntField()
    deleted = fields.BooleanField(default=False)
    recorded_at = fields.BigIntField()
    edited_at = fields.BigIntField()
    received_at = fields.BigIntField()
    sealed = fields.BinaryField()

    class Meta:
        app = "server"
        table = "record_version"
        unique_together = (("patient_id", "record_id", "revision"),)


class Change(database.Table):
    """A change that was taken in, by its id, so that its repeat is known."""

    number = fields.BigIntField(primary_key=True)
    patient: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "server.Account", related_name=False, on_delete=fields.CASCADE
    )
    change_id = fields.UUIDField()
    record_id = fields.UUIDField()

    class Meta:
        app = "server"
        table = "record_change"
        unique_together = (("patient_id", "change_id"),)


class Installation(database.Table):
    """The one row that says which history this database holds. A restore renews it."""

    id = fields.IntField(primary_key=True)
    history = fields.UUIDField()

    class Meta:
        app = "server"
        table = "installation"
