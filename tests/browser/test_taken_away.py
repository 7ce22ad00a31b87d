"""A summary as a file: on the patient's phone for whoever it is meant for, and on the therapist's desk."""

import json
from pathlib import Path

from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.conftest import OpenPhone
from tests.browser.phone import Phone
from tests.browser.server import Server
from tests.browser.test_sharing import FOR_THEM, PRIVATE, WIDE, accepted, two_weeks


def taken(page: Page, button: str) -> Path:
    """The file that a button makes."""
    with page.expect_download() as coming:
        page.get_by_role("button", name=button).click()
    return Path(coming.value.path())


def text_of(paper: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(paper).pages).split())


def test_paper_for_the_therapist_leaves_out_what_is_private_and_that_for_oneself_does_not(
    phone: Phone, server: Server
) -> None:
    patient = two_weeks(server)
    phone.sign_in(patient)
    phone.go("/#/trends")
    phone.page.get_by_role("link", name="On paper, or as a file").click()

    handed = text_of(taken(phone.page, "Make the paper (PDF)"))
    phone.page.get_by_text("For myself").click()
    expect(phone.page.get_by_text("Think of who may find it.")).to_be_visible()
    own = text_of(taken(phone.page, "Make the paper (PDF)"))
    document = json.loads(taken(phone.page, "The same for another program").read_text("utf-8"))

    assert "Mara Kindler" in handed
    assert FOR_THEM in handed
    assert PRIVATE not in handed
    assert PRIVATE in own
    assert (document["resourceType"], document["type"]) == ("Bundle", "document")
    phone.context.set_offline(True)
    phone.page.get_by_role("button", name="Make the paper (PDF)").click()
    expect(phone.page.get_by_role("status").filter(has_text="The file did not come")).to_be_visible()


def test_a_therapist_keeps_on_paper_what_the_page_shows_and_its_person_sees_that(
    open_phone: OpenPhone, phone: Phone, server: Server
) -> None:
    patient = two_weeks(server)
    therapist, consent = accepted(server, patient)
    desk = open_phone("desk", WIDE)
    desk.sign_in(therapist)
    desk.go(f"/#/people/{consent}")

    paper = text_of(taken(desk.page, "Keep it on paper (PDF)"))

    assert FOR_THEM in paper
    assert PRIVATE not in paper
    phone.sign_in(patient)
    phone.go("/#/share")
    expect(phone.page.get_by_text("took the summary away as a file")).to_be_visible()
