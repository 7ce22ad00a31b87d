"""People who write a marker into every field there is, and the secrets that they are given on the way."""

import json
from dataclasses import dataclass, field
from typing import Any

from server.base.ids import uuid7
from server.push.encryption import base64url, key_of, new_key, point_of
from server.reminders import service as reminders
from tests.canary import marker
from tests.people import Cast, Person

SHORT = ("before_it", "what_helped", "keep", "note")
MEDICATION = ("name", "dose_text")
PLAN = (
    "warning_signs", "brings_me_back", "own_coping", "distractions", "people", "professionals", "safer_surroundings",
    "reasons",
)  # fmt: skip
LONG = ("intention", "reflection_24h", "reflection_7d")


@dataclass
class Told:
    """What was written, by field; what its owners could read of it again; and what nobody should see twice."""

    marks: dict[str, str] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)
    read_again: str = ""

    def mark(self, name: str) -> str:
        """The marker of a field, noted as written."""
        return self.marks.setdefault(name, marker(name))


async def tell_everything(cast: Cast) -> Told:
    """Writes into every field, well and badly, lets everybody look, and changes and deletes some of it."""
    told = Told()
    patient = await _join(cast, told, "patient")
    therapist = await _join(cast, told, "therapist")
    await _write(told, patient)
    await _be_reminded(told, patient)
    await _share(told, patient, therapist)
    await _go_wrong(told, patient)
    for person, paths in ((patient, PATIENT), (therapist, THERAPIST)):
        told.read_again += "".join([(await person.get(path)).text for path in paths])
    told.secrets |= {f"cookie of {each.email}": each.cookies["interlude"] for each in (patient, therapist)}
    told.secrets |= {f"mark of {each.email}": each.cookies["interlude-known"] for each in (patient, therapist)}
    return told


PATIENT = (
    "/api/account", "/api/sign-ins", "/api/check-ins", "/api/treatment-sessions", "/api/responses", "/api/summary",
    "/api/summary.fhir.json", "/api/summary.pdf", "/api/check-ins.csv",
    "/api/reminders", "/api/push-subscriptions", "/api/consents", "/api/audit",
)  # fmt: skip
THERAPIST = ("/api/account", "/api/sign-ins", "/api/shared", "/api/reading-hours")


async def _join(cast: Cast, told: Told, role: str) -> Person:
    """Registers, gets a second factor, signs in once more with a recovery code, and takes another name."""
    person = await cast.nobody()
    person.headers["user-agent"] = told.mark(f"header of a {role}.user-agent")
    person.email = f"{told.mark('NewAccount.email')}.{role}@example.org"
    credentials = {"email": person.email, "password": told.mark("NewAccount.password")}
    told.marks |= {"Credentials.email": person.email, "Credentials.password": credentials["password"]}
    body = credentials | {"role": role, "name": told.mark("NewAccount.name"), "zone": "UTC", "adult": True}
    assert (await person.post("/api/accounts", json=body)).status_code == 201
    assert told.marks["NewAccount.name"] in (await person.get("/api/account")).text
    codes = await person.enrol()
    told.secrets |= {"second factor": person.totp_secret} | {f"recovery code {code}": code for code in codes}
    assert (await person.post("/api/sign-ins", json=credentials | {"code": codes[0]})).status_code == 201
    assert (await person.post("/api/sign-ins", json=credentials | {"code": told.mark("Credentials.code")})).is_error
    assert (await person.patch("/api/account", json={"name": told.mark("AccountChanges.name")})).is_success
    return person


async def _write(told: Told, patient: Person) -> None:
    """Records with every text, then a change that leaves two versions and a deletion that leaves one."""
    texts = {name: told.mark(f"CheckIn.{name}") for name in SHORT}
    record = await patient.keep(mood=4, own={told.mark("CheckIn.own"): 3}, audience="therapist", **texts)
    await patient.keep("treatment_session", status="cancelled", **{n: told.mark(f"TreatmentSession.{n}") for n in LONG})
    pcl = {"instrument": "pcl-5", "instrument_version": "1", "answers": {"1": 4}}
    await patient.keep("response", index_event=told.mark("Response.index_event"), **pcl)
    await _surround(told, patient)
    for text in ("an earlier text", "a later text", "another phone's"):
        told.mark(text)
    first = await patient.keep(note=told.marks["an earlier text"])
    for text in ("a later text", "another phone's"):
        await patient.sync(patient.change(record_id=first["id"], base=first["revision"], note=told.marks[text]))
    gone = await patient.keep(note=told.mark("a deleted text"))
    deletion = patient.change(record_id=gone["id"], base=gone["revision"]) | {"delete": True}
    await patient.sync({name: value for name, value in deletion.items() if name != "patch"})
    told.read_again += (await patient.get(f"/api/records/{first['id']}/history")).text
    told.read_again += (await patient.get(f"/api/records/{gone['id']}/history")).text
    assert record["values"]["note"] == texts["note"]


async def _surround(told: Told, patient: Person) -> None:
    """What stands around the sessions and for the worst hour, each with every text that it takes."""
    account_id = (await patient.get("/api/account")).json()["id"]
    plan = {name: [told.mark(f"SafetyPlan.{name}")] for name in PLAN}
    changes = [
        patient.change("course", started_on="2026-09-01", reason=told.mark("Course.reason")),
        patient.change("medication", **{"from": "2026-09-01"}, **{n: told.mark(f"Medication.{n}") for n in MEDICATION}),
        patient.change("meeting", **{"with": told.mark("Meeting.with"), "agreed": [told.mark("Meeting.agreed")]}),
        patient.change("question", text=told.mark("Question.text")),
        patient.change("help_request", trigger="button", choice="call", message=told.mark("HelpRequest.message")),
        patient.change("safety_plan", record_id=account_id, **plan),
    ]
    told.read_again += json.dumps(await patient.sync(*changes))


async def _be_reminded(told: Told, patient: Person) -> None:
    """A device and a reminder, and a delivery that fails in every way the push service likes."""
    keys = {"p256dh": base64url(point_of(key_of(new_key()))), "auth": base64url(b"sixteen secrets!")}
    endpoint = f"https://fcm.googleapis.com/fcm/send/{told.mark('NewSubscription.endpoint')}"
    body = {"endpoint": endpoint, "keys": keys, "label": told.mark("NewSubscription.label")}
    assert (await patient.post("/api/push-subscriptions", json=body)).status_code == 201
    daily: dict[str, Any] = {"local_time": "20:00", "weekdays": [1, 2, 3, 4, 5, 6, 7], "zone": "UTC"}
    daily |= {"skip_if_logged": False, "wording": told.mark("ReminderBody.wording")}
    assert (await patient.put(f"/api/reminders/{uuid7()}", json=daily)).status_code == 200
    patient.clock.move(hours=1)
    for _ in range(4):
        await reminders.dispatch(patient.clock)
        patient.clock.move(minutes=10)
    told.read_again += (await patient.get("/api/deliveries")).text + (await patient.get("/api/due")).text


async def _share(told: Told, patient: Person, therapist: Person) -> None:
    """Reading hours, a consent with a look under it, and one that is withdrawn."""
    hours = {"weekdays": [1], "from": "09:00", "to": "17:00", "zone": "UTC"}
    hours |= {name: told.mark(f"ReadingHours.{name}") for name in ("backup", "urgent_phone")}
    credentials = {"email": therapist.email, "password": told.marks["NewAccount.password"]}
    await therapist.post("/api/sign-ins", json=credentials | {"code": therapist.code()})
    assert (await therapist.put("/api/reading-hours", json=hours)).status_code == 200
    proof = {"password": told.marks["NewAccount.password"]}
    assert (await patient.post("/api/step-ups", json={"code": told.mark("Proof.code")})).is_error
    assert (await patient.post("/api/step-ups", json={"password": told.mark("Proof.password")})).is_error
    assert (await patient.post("/api/step-ups", json=proof)).is_success
    for number in range(2):
        body = {"as": "therapist", "scopes": ["scales", "sessions", "notes", "alerts"]}
        given = (await patient.post("/api/consents", json=body)).json()
        told.secrets[f"invitation {number}"] = given["invitation"].rpartition("/")[2]
        accepted = await therapist.post(
            "/api/consents/acceptance", json={"secret": told.secrets[f"invitation {number}"]}
        )
        summary = await therapist.get(f"/api/shared/{accepted.json()['id']}/summary")
        assert told.marks["CheckIn.note"] in summary.text
        await _tell(told, patient, therapist)
        if number:
            assert (await patient.delete(f"/api/consents/{given['id']}")).status_code == 204
    assert (await therapist.post("/api/consents/acceptance", json={"secret": told.mark("Acceptance.secret")})).is_error


async def _tell(told: Told, patient: Person, therapist: Person) -> None:
    """An alert with the person's message, which its reader sees and answers."""
    message = told.marks["HelpRequest.message"]
    await patient.keep("help_request", trigger="button", choice="tell_therapist", message=message)
    alert = (await therapist.get("/api/alerts")).json()["items"][0]
    assert alert["message"] == message
    assert (await therapist.post(f"/api/alerts/{alert['id']}/seen", json={"reply": "read"})).status_code == 200
    told.read_again += (await patient.get("/api/alerts")).text


async def _go_wrong(told: Told, patient: Person) -> None:
    """Markers where nothing should be: paths, queries, headers, bodies that are refused or that can't be read."""
    json = {"content-type": "application/json"}
    wrong = told.mark("a wrong path"), told.mark("a query"), told.mark("a header"), told.mark("a body")
    tried = [
        await patient.get(f"/api/{wrong[0]}"),
        await patient.get(f"/api/records/{wrong[0]}/history"),
        await patient.get("/api/check-ins", params={"from": wrong[1], wrong[1]: wrong[1]}),
        await patient.get("/api/summary", params={"to": wrong[1]}),
        await patient.patch("/api/account", json={}, headers={"origin": f"https://{wrong[2]}", "referer": wrong[2]}),
        await patient.request(wrong[2].upper(), "/api/account"),
        await patient.post("/api/sync", content=f'{{"note": "{wrong[3]}'.encode(), headers=json),
        await patient.post("/api/sync", json={wrong[3]: wrong[3]}),
        await patient.post("/api/sync", content=wrong[3].encode(), headers={"content-type": wrong[2]}),
        await patient.request("DELETE", "/api/account", json={"password": told.mark("Erasure.password")}),
        await patient.post(f"/api/factors/totp/{uuid7()}/confirm", json={"code": told.mark("CodeBody.code")}),
    ]
    assert all(400 <= answer.status_code < 500 for answer in tried), [answer.text for answer in tried]
    answers = {"instrument": "phq-9", "instrument_version": "1", "answers": {told.mark("Response.answers"): 1}}
    for change in (patient.change(note=7, **{wrong[3]: wrong[3]}), patient.change("response", **answers)):
        assert (await patient.sync(change))["results"][0]["outcome"] == "refused"
