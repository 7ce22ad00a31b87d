"""Tables of the audit. No foreign key: the chain outlives the account, ended by a tombstone."""

from tortoise import fields

from server.database import service as database


class AuditHead(database.Table):
    """The end of an account's chain. Its row is the lock under which the chain grows."""

    account_id = fields.UUIDField(primary_key=True)
    seq = fields.BigIntField()
    hash = fields.BinaryField()

    class Meta:
        app = "server"
        table = "audit_head"


class AuditEvent(database.Table):
    """One event. Its details are sealed under the account's key."""

    number = fields.BigIntField(primary_key=True)
    account_id = fields.UUIDField()
    seq = fields.BigIntField()
    at = fields.BigIntField()
    act = fields.CharField(max_length=40)
    actor_id = fields.UUIDField(null=True)
    details = fields.BinaryField()
    hash = fields.BinaryField()

    class Meta:
        app = "server"
        table = "audit_event"
        unique_together = (("account_id", "seq"),)
