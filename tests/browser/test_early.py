"""What is written and pressed before the scripts of the page have come."""

from playwright.sync_api import Route, expect

from tests.browser.phone import Phone


def open_without_scripts(phone: Phone) -> None:
    """Opens Today as a slow network brings it: the page at once, its scripts most of a second later."""

    def come_late(route: Route) -> None:
        phone.page.wait_for_timeout(800)
        route.continue_()

    phone.page.evaluate("navigator.serviceWorker.getRegistration().then(one => one && one.unregister())")
    phone.page.route("**/js/app.js", come_late)
    phone.page.goto(phone.url + "/", wait_until="commit")


def test_an_answer_given_before_the_script_came_is_kept(phone: Phone) -> None:
    open_without_scripts(phone)
    phone.rate("mood", 8)
    phone.page.locator("#note").fill("early")
    phone.save()

    phone.expect_state("Saved on this device")
    expect(phone.page.locator("#earlier li")).to_contain_text("mood 8")


def test_what_was_written_before_the_script_came_outlives_a_visit_to_another_page(phone: Phone) -> None:
    open_without_scripts(phone)
    phone.write("half a thought")
    phone.go("/#/help")

    expect(phone.page.locator("#page h1")).to_be_visible()
    phone.go("/#/")
    expect(phone.page.locator("#note")).to_have_value("half a thought")
    phone.page.wait_for_timeout(400)
    phone.page.reload()
    expect(phone.page.locator("#note")).to_have_value("half a thought")
