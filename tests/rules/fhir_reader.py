"""Reads a FHIR document as somebody would who has the standard and the list of codes, and nothing of ours."""

from collections.abc import Iterator
from typing import Any

Found = dict[str, Any]


class Read:
    """One document: its resources by where they stand, and the figures that stand in them, by the summary's names."""

    def __init__(self, bundle: Found) -> None:
        self.by_url = {each["fullUrl"]: each["resource"] for each in bundle["entry"]}
        self.all = [each["resource"] for each in bundle["entry"]]
        self.composition = self.all[0]
        self.reached = self._reached()

    def of(self, kind: str) -> list[Found]:
        return [each for each in self.all if each["resourceType"] == kind]

    def observed(self, code: str) -> list[Found]:
        return [each for each in self.of("Observation") if code in codes(each["code"])]

    def _reached(self) -> set[str]:
        """What is found from the Composition on, by references and by the names of questionnaires."""
        named = {each["url"]: url for url, each in self.by_url.items() if "url" in each}
        seen: set[str] = set()
        ahead = list(references(self.composition))
        while ahead:
            url = ahead.pop()
            if url not in seen:
                seen.add(url)
                asked = self.by_url[url].get("questionnaire", "").partition("|")[0]
                ahead += [*references(self.by_url[url]), *([named[asked]] if asked else [])]
        return seen

    def figures(self) -> Found:
        """The summary, as far as it stands in resources."""
        found = {"daily": [daily(each) for each in self.observed("day")]}
        for name in ("check_ins", "exposure"):
            found[name] = next((parts(each) for each in self.observed(name)), None)
        over = {name: self.observed(name) for name in ("mood", "anxiety", "dissociation")}
        found["scales"] = {name: parts(there[0]) if there else None for name, there in over.items()}
        near, later = self.observed("dissociation_within_24h"), self.observed("dissociation_later")
        if later:
            names = ("n", "median", "highest")
            found["dissociation"] = {"later": part_of(later[0], *names, "distressing", "memory_gap_days")}
            found["dissociation"] |= {"within_24h": part_of(near[0], *names)} if near else {}
        found["start"] = next(({"mood": value_of(each), **parts(each)} for each in self.observed("start")), None)
        found["sessions"] = [self.session(each) for each in self.of("Procedure")]
        found["measures"] = self.measures()
        found["side_effects"] = [
            {"name": codes(each["code"])[0], **parts(each), "highest": value_of(each)}
            for each in self.of("Observation")
            if value_of(each) in ("none", "mild", "moderate", "severe")
        ]
        found["watch"] = [{"day": each["effectiveDateTime"], **parts(each)} for each in self.observed("watch")]
        found["medications"] = [
            {
                "name": each["medicationCodeableConcept"]["text"],
                "dose_text": each.get("dosage", [{}])[0].get("text"),
                "from": each["effectivePeriod"]["start"],
                "to": each["effectivePeriod"].get("end"),
            }
            for each in self.of("MedicationStatement")
            if "effectivePeriod" in each
        ]
        return found

    def session(self, procedure: Found) -> Found:
        def after(code: str) -> list[Found]:
            here = {"reference": f"urn:uuid:{procedure['id']}"}
            return [each for each in self.observed(code) if here in each["partOf"]]

        weeks = [
            {**parts(each), "better": value_of(each), "reading": codes(each["interpretation"][0])[0]}
            for each in after("better_days")
        ]
        last = [value_of(each) for each in after("last_better_on")]
        names = ("hours_since_session", "mood", "anxiety", "dissociation")
        curve = [part_of(each, *names) for each in after("after_session")]
        return {
            "starts_at": procedure["performedDateTime"],
            "phase": codes(procedure["category"])[0] if "category" in procedure else None,
            "curve": [{"hours": point.pop("hours_since_session"), **point} for point in curve],
            "better_days": {"weeks": weeks, "last_better_on": last[0] if last else None} if weeks else None,
        }

    def measures(self) -> list[Found]:
        moved: dict[str, Found] = {}
        for name in ("since_baseline", "since_last"):
            for each in self.observed(name):
                more = parts(each)
                reading = codes(each["interpretation"][0])[0] if "interpretation" in each else None
                told = {"points": value_of(each), "reading": reading}
                of_one = moved.setdefault(more["instrument"], {})
                of_one[name] = {**told, "response": more.get("response"), "remission": more.get("remission")}
                of_one |= {"baseline_at": more["baseline_at"]} if "baseline_at" in more else {}
        found: dict[str, Found] = {}
        for total in self.observed("total"):
            said = self.by_url[total["derivedFrom"][0]["reference"]]
            assert said["authored"] == total["effectiveDateTime"]
            name = total["code"]["text"].removesuffix(": total").lower()
            nothing = {"since_baseline": None, "baseline_at": None, "since_last": None}
            of_one = found.setdefault(name, {"instrument": name, "responses": [], **nothing, **moved.pop(name, {})})
            told = {"completed_at": said["authored"], "total": value_of(total), "spans_session": False, **parts(total)}
            of_one["responses"].append(told | {"band": total.get("interpretation", [{}])[0].get("text")})
        assert not moved
        return list(found.values())


def codes(concept: Found) -> list[str]:
    return [each["code"] for each in concept.get("coding", [])]


def value_of(found: Found) -> Any:
    """What an Observation or a part of it says; nothing where it says that it is not known."""
    values = [value for name, value in found.items() if name.startswith("value")]
    assert len(values) + ("dataAbsentReason" in found) == 1 or (not values and "component" in found), found
    if not values or not isinstance(values[0], dict):
        return values[0] if values else None
    return values[0]["value"] if "value" in values[0] else codes(values[0])[0]


def parts(found: Found) -> Found:
    return {codes(each["code"])[0]: value_of(each) for each in found.get("component", [])}


def part_of(found: Found, *names: str) -> Found:
    """These parts, those that it doesn't have as nothing, and no others."""
    there = parts(found)
    assert set(there) <= set(names)
    return {name: there.get(name) for name in names}


def daily(found: Found) -> Found:
    names = ("mood", "anxiety", "dissociation", "sleep_hours", "rested", "entries", "remembered_later", "within_24h")
    return {"day": found["effectiveDateTime"], **part_of(found, *names)}


def references(found: Any) -> Iterator[str]:
    """Every reference in a resource."""
    if isinstance(found, dict):
        if isinstance(found.get("reference"), str):
            yield found["reference"]
        for each in found.values():
            yield from references(each)
    elif isinstance(found, list):
        for each in found:
            yield from references(each)
