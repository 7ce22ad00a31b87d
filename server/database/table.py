"""The class that every table's model derives from."""

from typing import Any

from tortoise.models import Model


class Table(Model):
    """A Tortoise model without signals: waiting for listeners needs an event loop, and a verb's thread has none."""

    async def _wait_for_listeners(self, signal: Any, *arguments: Any) -> None:
        return None

    class Meta:
        abstract = True
