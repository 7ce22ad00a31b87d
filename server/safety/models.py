"""Tables of safety. Outside what is sealed stand only whose alert it is, and when it was raised, seen and closed."""

from typing import Any

from tortoise import fields

from server.database import service as database


class Alert(database.Table):
    """Something that a reader under one consent is told of, and what became of it."""

    id = fields.UUIDField(primary_key=True)
    patient: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "server.Account", related_name=False, on_delete=fields.CASCADE
    )
    consent: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "server.Consent", related_name=False, on_delete=fields.CASCADE
    )
    sealed = fields.BinaryField(description="what raised it")
    raised_at = fields.BigIntField(description="milliseconds since 1970")
    due_at = fields.BigIntField(null=True, description="when it is called unseen, empty once that is settled")
    unseen_at = fields.BigIntField(null=True)
    seen_at = fields.BigIntField(null=True)
    reply = fields.BinaryField(null=True, description="who saw it, and with which reply")
    closed_at = fields.BigIntField(null=True)
    backup_told_at = fields.BigIntField(null=True, description="when whoever reads instead was written to")

    class Meta:
        app = "server"
        table = "alert"
        indexes = (("patient_id", "raised_at"), ("consent_id",), ("due_at",))
