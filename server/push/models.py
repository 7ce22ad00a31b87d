"""Tables of push. An endpoint, its keys and a device's name are sealed under the person's key."""

from typing import Any

from tortoise import fields

from server.database import service as database


class Subscription(database.Table):
    """One browser of a patient that may be reached."""

    id = fields.UUIDField(primary_key=True)
    patient: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "server.Account", related_name=False, on_delete=fields.CASCADE
    )
    endpoint_index = fields.BinaryField(description="keyed hash of the endpoint, by which a repeat is known")
    sealed = fields.BinaryField(description="endpoint, keys and label")
    created_at = fields.BigIntField(description="milliseconds since 1970")
    changed_at = fields.BigIntField()

    class Meta:
        app = "server"
        table = "push_subscription"
        unique_together = (("patient_id", "endpoint_index"),)


class InstallationSecret(database.Table):
    """A secret of the installation, sealed under its own key and shared by all its processes."""

    name = fields.CharField(max_length=32, primary_key=True)
    sealed = fields.BinaryField()

    class Meta:
        app = "server"
        table = "installation_secret"
