"""Markup that would run, in every text that people may write: a patient and their therapist who wrote nothing else."""

import itertools
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any, get_args

import httpx

from server.base.clock import wire_instant
from server.push.encryption import base64url, key_of, new_key, point_of
from server.sharing.rules import Scope
from tests.api.everything_told import LONG, MEDICATION, PLAN, SHORT
from tests.browser.server import Server
from tests.browser.test_phone_rules import change
from tests.browser.test_sharing import uuid7

# Each would note its number in `ran`. As short as the shortest field; none swallows the one after it.
FORMS = (
    "<img src=x onerror=ran.push({n})>",
    "<svg onload=ran.push({n})>",
    "<script>ran.push({n})</script>",
    "\"><img src=x onerror='ran.push({n})'>",
    "' autofocus onfocus=ran.push({n}) x='",
    "<details open ontoggle=ran.push({n})>",
    "</textarea><svg onload=ran.push({n})>",
    "</title><img src=x onerror=ran.push({n})>",
    "<style onload=ran.push({n})></style>",
    "<video><source onerror=ran.push({n})>",
    "<input autofocus onfocus=ran.push({n})>",
    "<a href=javascript:ran.push({n})>a</a>",
    "javascript:ran.push({n})",
    "<math><mtext><svg onload=ran.push({n})>",
    "--><img src=x onerror=ran.push({n})>",
    "${{ran.push({n})}} {{{{ran.push({n})}}}}",
    "&lt;img src=x onerror=ran.push({n})&gt;",
    "<IMG/SRC=x/ONERROR=ran.push({n})>",
    "<iframe srcdoc='<svg onload=parent.ran.push({n})>'></iframe>",
    "<iframe src=javascript:parent.ran.push({n})></iframe>",
)
VERSIONS = (("two", "second version"), ("two", "third version"), ("edited", "later note"))
AUDIENCE = {"audience": "therapist"}
DAILY = {"weekdays": [1, 2, 3, 4, 5, 6, 7], "zone": "UTC"}


class Texts:
    """Texts to write. `fields` says where each number stands."""

    def __init__(self, turn: int) -> None:
        self._turn = itertools.count(turn)
        self.fields: dict[int, str] = {}

    def line(self, field: str) -> str:
        """One form; another for the next field, and for this one in the next turn."""
        return self._form(field, next(self._turn) % len(FORMS))

    def lines(self, field: str) -> list[str]:
        """Every form, each a text of its own."""
        return [self._form(field, number) for number in range(len(FORMS))]

    def text(self, field: str) -> str:
        """Every form in one text."""
        return "\n".join(self.lines(field))

    def _form(self, field: str, form: int) -> str:
        number = len(self.fields)
        self.fields[number] = field
        return FORMS[form].format(n=number)


class Written:
    """Who wrote, what the paths of the screens name, and the noon at which the patient looks."""

    def __init__(self, server: Server, turn: int) -> None:
        self.noon = datetime.now(UTC).replace(hour=11, minute=0) + timedelta(days=1)
        self.texts = texts = Texts(turn)
        self.patient = server.register(name=texts.line("patient's name"))
        self.therapist = server.register_therapist(texts.line("therapist's name"))
        self.ids: dict[str, str] = {}
        with closing(server.client(self.patient)) as patient, closing(server.client(self.therapist)) as therapist:
            self._keep(patient, self.noon - timedelta(days=2))
            self._be_reminded(patient)
            self._share(patient, therapist)
        device = {"User-Agent": texts.line("device")}
        body = {"email": self.patient.email, "password": self.patient.password}
        httpx.post(f"{server.url}/api/sign-ins", json=body, headers=device).raise_for_status()

    def _keep(self, patient: httpx.Client, at: datetime) -> None:
        """A record of every kind."""
        texts, account_id = self.texts, patient.get("/api/account").json()["id"]

        def fill(kind: str, *names: str) -> dict[str, Any]:
            return {name: texts.text(f"{kind}.{name}") for name in names}

        rated = {"mood": 4, "dissociation": 7, "audience": "therapist", "own": {texts.line("check-in.own"): 3}}
        answers = {"instrument": "pcl-5", "instrument_version": "1", "answers": {"1": 4}, "zone": "UTC"}
        answered = answers | {"completed_at": wire_instant(at)} | fill("response", "index_event")
        course = {"started_on": "2026-09-01", "ended_on": f"{at:%Y-%m-%d}"} | fill("course", "reason")
        medication = {name: texts.line(f"medication.{name}") for name in MEDICATION}
        plan = {name: texts.lines(f"plan.{name}") for name in PLAN} | {"locked_too": PLAN}
        meeting = {"with": texts.line("meeting.with"), "agreed": texts.lines("meeting.agreed")}
        made = {
            "check_in": change("check_in", at, rated | fill("check-in", *SHORT)),
            "session": change("treatment_session", at - timedelta(hours=25), fill("session", *LONG)),
            "meeting": change("meeting", at, meeting),
            "response": change("response", at, {}) | {"patch": answered},
            "course": change("course", at, {}) | {"patch": course},
            "medication": change("medication", at, {}) | {"patch": AUDIENCE | {"from": "2026-09-01"} | medication},
            "question": change("question", at, {}) | {"patch": AUDIENCE | fill("question", "text")},
            "plan": change("safety_plan", at, {}) | {"patch": plan, "record_id": account_id},
            "two": change("check_in", at - timedelta(hours=2), {"note": "first"}),
            "edited": change("check_in", at - timedelta(hours=1), {"note": texts.line("earlier note")}),
        }
        kept = dict(zip(made, self._sync(patient, list(made.values())), strict=True))
        later = []
        for turn, (name, version) in enumerate(VERSIONS):
            edit = {"id": uuid7(), "base_revision": kept[name]["record"]["revision"]}
            edit |= {"edited_at": wire_instant(at + timedelta(hours=turn)), "patch": {"note": texts.line(version)}}
            later.append(made[name] | edit)
        self._sync(patient, later)
        self.ids |= {name: each["record_id"] for name, each in made.items()} | {"day": f"{at:%Y-%m-%d}"}

    def _sync(self, patient: httpx.Client, changes: list[dict[str, Any]]) -> list[dict[str, Any]]:
        answer = patient.post("/api/sync", json={"since": 0, "changes": changes}).raise_for_status().json()
        results: list[dict[str, Any]] = answer["results"]
        assert [one for one in results if one["outcome"] not in ("stored", "merged")] == []
        return results

    def _be_reminded(self, patient: httpx.Client) -> None:
        """A reminder of every form in the person's own words, none of them due soon; and a device."""
        for name, more in (
            ("daily", DAILY | {"local_time": "12:00"}),
            ("form", {"instrument": "pcl-5", "every_days": 30, "local_time": "12:00"}),
            ("points", {"after_session": True, "points": ["t+72h"]}),
        ):
            body = more | {"wording": self.texts.line(f"wording.{name}")}
            patient.put(f"/api/reminders/{uuid7()}", json=body).raise_for_status()
        keys = {"p256dh": base64url(point_of(key_of(new_key()))), "auth": base64url(b"sixteen secrets!")}
        endpoint = f"https://fcm.googleapis.com/fcm/send/{uuid7()}"
        body = {"endpoint": endpoint, "keys": keys, "label": self.texts.line("label")}
        patient.post("/api/push-subscriptions", json=body).raise_for_status()

    def _share(self, patient: httpx.Client, therapist: httpx.Client) -> None:
        """A consent that is read under, with an alert; and an invitation that is not accepted yet."""
        hours = DAILY | {"from": "00:00", "to": "23:59"}
        hours |= {name: self.texts.line(name)[:60] for name in ("backup", "urgent_phone")}
        therapist.put("/api/reading-hours", json=hours).raise_for_status()
        scopes = list(get_args(Scope))
        for name in ("consent", "invitation"):
            body = {"as": "therapist", "scopes": scopes, "from": "2026-09-01", "notes_from": "2026-09-01"}
            given = patient.post("/api/consents", json=body).raise_for_status().json()
            self.ids[name] = given["invitation"].rpartition("/")[2]
            if name == "consent":
                answer = therapist.post("/api/consents/acceptance", json={"secret": self.ids[name]})
                self.ids[name] = answer.raise_for_status().json()["id"]
        now = datetime.now(UTC)
        asked = {"trigger": "button", "raised_at": wire_instant(now), "choice": "tell_therapist"}
        asked["message"] = self.texts.text("message")
        self._sync(patient, [change("help_request", now, {}) | {"patch": asked}])
