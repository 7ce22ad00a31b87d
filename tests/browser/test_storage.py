"""A phone whose storage gives out: what is on the screen stays, and nothing is called saved that is not."""

import pytest
from playwright.sync_api import expect

from tests.browser.phone import Phone
from tests.browser.server import Server
from tests.browser.stored import rows
from tests.tried import size, tell

# Leaves no room for a long note: what is put in shrinks until hardly anything fits any more.
FILL = """async () => {
    const db = await new Promise((done) => {
        const asked = indexedDB.open('filler', 1)
        asked.onupgradeneeded = () => asked.result.createObjectStore('all', { autoIncrement: true })
        asked.onsuccess = () => done(asked.result)
    })
    for (const size of [1 << 20, 1 << 17, 1 << 14, 1 << 11]) {
        for (let isFull = false; !isFull; ) {
            const bytes = new Uint8Array(size)
            for (let i = 0; i < size; i += 65536) crypto.getRandomValues(bytes.subarray(i, i + 65536))
            const tx = db.transaction('all', 'readwrite', { durability: 'strict' })
            tx.objectStore('all').put(bytes)
            isFull = await new Promise((done) => {
                tx.oncomplete = () => done(false)
                tx.onabort = () => done(true)
            })
        }
    }
    db.close()
}"""
EMPTY = "new Promise((done) => { indexedDB.deleteDatabase('filler').onsuccess = done })"


def test_a_full_device_says_so_and_keeps_what_is_on_the_screen(phone: Phone) -> None:
    times, kept = size(5, 100), 0
    phone.wait_for_shell()
    cdp = phone.context.new_cdp_session(phone.page)
    for number in range(times):
        note = " ".join(f"There is no room for this, {number} times {part}." for part in range(450))
        used = phone.page.evaluate("navigator.storage.estimate().then(({ usage }) => usage)")
        cdp.send("Storage.overrideQuotaForOrigin", {"origin": phone.url, "quotaSize": used + (4 << 20)})
        phone.page.evaluate(FILL)
        phone.page.locator("#note").fill(note)

        phone.save()

        phone.expect_state("Not saved: this device has no room left.")
        expect(phone.page.locator("#note")).to_have_value(note)
        assert len(rows(phone, "interlude-guest")["records"]) == kept
        phone.page.evaluate(EMPTY)
        phone.save()
        phone.expect_state("Saved on this device, ")
        kept = len(rows(phone, "interlude-guest")["records"])
        assert kept == number + 1
    tell(f"F7 no room left: {times} tried, 0 called saved that were not, {times - kept} lost")


@pytest.mark.parametrize("deleted", ["everything", "the entries"])
def test_storage_deleted_under_an_open_page_is_never_followed_by_a_false_saved(phone: Phone, deleted: str) -> None:
    phone.wait_for_shell()
    phone.write("before")
    phone.save()
    phone.expect_state("Saved on this device, ")
    expect(phone.page.locator("#note")).to_have_value("")
    if deleted == "everything":
        cdp = phone.context.new_cdp_session(phone.page)
        cdp.send("Storage.clearDataForOrigin", {"origin": phone.url, "storageTypes": "indexeddb"})
    else:
        phone.page.evaluate("new Promise(done => { indexedDB.deleteDatabase('interlude-guest').onsuccess = done })")

    for note in ("first", "second"):
        phone.page.locator("#note").fill(note)
        phone.save()
        phone.until(lambda: is_decided(phone), "what became of it")
        if phone.page.locator("#note").input_value() == "":
            phone.expect_state("Saved on this device, ")
        else:
            phone.expect_state("Not saved: ")
    is_last_kept = phone.page.locator("#note").input_value() == ""

    phone.page.reload()
    assert is_last_kept
    expect(phone.page.locator("#earlier li").first).to_be_visible()
    phone.go("/#/history")
    expect(phone.page.get_by_text("second", exact=True)).to_be_visible()


def is_decided(phone: Phone) -> bool:
    """Whether it was kept, or said not to be."""
    is_kept = phone.page.locator("#note").input_value() == ""
    return is_kept or "Not saved: " in (phone.page.locator("#saved").text_content() or "")


def test_keys_that_were_deleted_are_said_to_be_and_what_was_sent_comes_back(phone: Phone, server: Server) -> None:
    patient = server.register()
    page = phone.page
    phone.sign_in(patient)
    phone.write("it was sent")
    phone.save()
    phone.expect_state("Saved and sent")
    phone.remove_worker()
    page.route("**/api/sync", lambda route: route.abort())
    phone.write("it was not")
    phone.save()
    phone.expect_state("Saved on this device")
    page.evaluate("new Promise(done => { indexedDB.deleteDatabase('interlude').onsuccess = done })")

    page.goto("about:blank")
    phone.go("/")
    phone.write("it works")
    phone.save()
    phone.expect_state("Saved on this device")
    page.unroute("**/api/sync")
    phone.sign_in(patient)

    expect(page.get_by_text("1 entry had not been sent, and is lost.")).to_be_visible()
    page.get_by_role("button", name="I have read this").click()
    page.reload()
    phone.go("/#/history")
    expect(page.get_by_text("it was sent")).to_be_visible()
    expect(page.get_by_text("it works")).to_be_visible()
    expect(page.get_by_text("I have read this")).to_have_count(0)
