"""Reading /metrics as an operator's program does."""

from collections.abc import Iterator

import httpx
from prometheus_client import Metric
from prometheus_client.parser import text_string_to_metric_families
from starlette.applications import Starlette

from tests.people import ORIGIN

OURS = "interlude_"


class Figures:
    """What one look said. Figures outlive an app, so tests compare two looks."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.families: list[Metric] = list(text_string_to_metric_families(text))
        self._values = {_key(name, labels): value for name, labels, value in self.samples()}

    def samples(self) -> Iterator[tuple[str, dict[str, str], float]]:
        """Every name with its labels and its value."""
        for family in self.families:
            for sample in family.samples:
                yield sample.name, sample.labels, sample.value

    def value(self, name: str, **labels: str) -> float:
        """One figure; 0 where it was never told."""
        return self._values.get(_key(OURS + name, labels), 0.0)

    def since(self, before: "Figures", name: str, **labels: str) -> float:
        """By how much a figure has grown since an earlier look."""
        return self.value(name, **labels) - before.value(name, **labels)

    def moved(self, before: "Figures") -> list[tuple[str, dict[str, str]]]:
        """Name and labels of every figure that changed since an earlier look."""
        was = before._values
        return [(name, labels) for name, labels, value in self.samples() if was.get(_key(name, labels), 0.0) != value]

    def has(self, name: str) -> bool:
        """Whether there is such a figure without labels."""
        return _key(OURS + name, {}) in self._values


def _key(name: str, labels: dict[str, str]) -> tuple[str, frozenset[tuple[str, str]]]:
    return name, frozenset(labels.items())


async def look(app: Starlette) -> Figures:
    """The figures as this machine is told them."""
    transport = httpx.ASGITransport(app=app, client=("127.0.0.1", 50000))
    async with httpx.AsyncClient(transport=transport, base_url=ORIGIN) as operator:
        answer = await operator.get("/metrics")
    assert answer.status_code == 200
    return Figures(answer.text)
