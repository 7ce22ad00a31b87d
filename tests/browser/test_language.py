"""The words: English as index.html has them, Spanish where the person's browser asks for it, every key in both."""

from html.parser import HTMLParser

import pytest
from playwright.sync_api import Route, expect

from server.base.ids import uuid7
from tests.browser.phone import Phone
from tests.browser.server import PASSWORD, Server
from tests.browser.test_phone_rules import run
from tests.structure.shell import STATIC

# Which of the words above and below every page stand in more than one line.
BROKEN = """() => [...document.querySelectorAll('.top a, .words > *')].filter((one) => {
    const range = document.createRange()
    range.selectNodeContents(one)
    const lines = range.getBoundingClientRect().height / parseFloat(getComputedStyle(one).fontSize)
    return one.checkVisibility() && lines > 1.6
}).map((one) => one.textContent)"""


class Worded(HTMLParser):
    """What index.html says under each of its keys."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[tuple[str, str]] = []
        self._key = ""
        self.feed((STATIC / "index.html").read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes the key of a text that follows, and texts that stand in attributes."""
        given = {name: value or "" for name, value in attrs}
        self._key = given.get("data-w", "")
        for data, attribute in (("data-w-label", "aria-label"), ("data-w-hint", "placeholder")):
            if data in given:
                self.said.append((given[data], given[attribute]))

    def handle_data(self, data: str) -> None:
        """Takes the text of a key."""
        if self._key:
            self.said.append((self._key, data))
        self._key = ""


@pytest.fixture
def spanish(phone: Phone) -> Phone:
    """A phone whose person chose Spanish."""
    phone.page.evaluate("localStorage.setItem('interlude.language', 'es')")
    phone.page.reload()
    return phone


def test_the_page_as_it_is_served_says_what_the_english_words_say(phone: Phone) -> None:
    words = run(phone, "./page-words.en.js", "(module) => module.default", None)

    said = Worded().said

    assert dict(said).keys() == words.keys()
    assert [(key, text) for key, text in said if words[key] != text] == []


def test_a_check_in_is_written_and_found_in_spanish(spanish: Phone) -> None:
    expect(spanish.page.locator("html")).to_have_attribute("lang", "es")
    expect(spanish.page.locator("legend").first).to_have_text("Ahora mismo, ¿cómo está tu ánimo?")
    expect(spanish.page.get_by_role("button", name="Guardar", exact=True)).to_be_visible()

    spanish.rate("mood", 6)
    spanish.page.get_by_role("button", name="Guardar", exact=True).click()

    expect(spanish.page.locator("#earlier li")).to_contain_text("ánimo 6")
    spanish.page.evaluate("() => { document.documentElement.style.fontSize = '32px' }")
    one_line = "time => time.getBoundingClientRect().height < 2 * parseFloat(getComputedStyle(time).fontSize)"
    assert spanish.page.locator("#earlier .number").evaluate(one_line)


def test_nothing_is_seen_in_another_language_first(spanish: Phone) -> None:
    def come_late(route: Route) -> None:
        shown.append(spanish.page.locator("legend").first.is_visible())
        route.continue_()

    shown: list[bool] = []
    # With the worker the words of the first page have come: only those of the next are late.
    spanish.remove_worker()
    spanish.page.route("**/js/page-words.es.js", come_late)
    spanish.page.reload()

    expect(spanish.page.locator("legend").first).to_have_text("Ahora mismo, ¿cómo está tu ánimo?")
    assert shown == [False]


def test_making_an_account_and_what_the_server_refuses_are_said_in_spanish(spanish: Phone) -> None:
    page = spanish.page
    spanish.go("/#/register")
    page.get_by_role("button", name="Crear la cuenta").click()
    expect(page.locator("#page .fault")).to_have_count(4)
    page.get_by_label("Nombre").fill("M. K.")
    page.get_by_label("Correo").fill(f"{uuid7()}@example.org")
    page.get_by_label("Contraseña").fill("passwordpassword1")
    page.get_by_label("Tengo 18 años o más").check()
    page.get_by_role("button", name="Crear la cuenta").click()
    expect(page.locator("#page .fault")).to_contain_text("Es de las primeras que alguien probaría.")
    expect(page.get_by_label("Contraseña")).to_be_focused()
    script = "(module) => module.default.reason('occurred_at', 'is before 1900')"
    refused = run(spanish, "./journal/history/words.es.js", script, None)
    assert refused == "el momento en que lo sentiste queda antes de 1900"
    page.get_by_label("Contraseña").fill(PASSWORD)
    page.get_by_role("button", name="Crear la cuenta").click()

    expect(page.get_by_role("heading", name="¿Alguien más abre este teléfono?")).to_be_visible()
    expect(page.get_by_text("Tu cuenta está creada.")).to_be_visible()

    page.get_by_role("button", name="Sí, o puede pasar").click()
    page.get_by_role("link", name="Poner el bloqueo").click()
    page.get_by_role("button", name="Bloquearlo con un PIN").click()
    page.get_by_label("PIN nuevo").fill("246813")
    page.get_by_label("Otra vez el mismo").fill("246813")
    page.get_by_role("button", name="Bloquear con este PIN").click()
    expect(page.get_by_role("heading", name="¿Qué nombre le ponemos?")).to_be_visible()
    spanish.go("/#/begin")
    page.get_by_role("button", name="Sí, o puede pasar").click()  # a lock that is there is not offered again
    expect(page.get_by_role("heading", name="¿Qué nombre le ponemos?")).to_be_visible()
    expect(page.get_by_role("link", name="Compartido con: 0")).to_be_visible()
    expect(page.get_by_role("button", name="Ocultar")).to_be_visible()
    assert page.evaluate(BROKEN) == []


def test_a_start_without_a_network_is_in_spanish_too(spanish: Phone, server: Server) -> None:
    spanish.wait_for_shell()
    server.stop()

    spanish.page.reload()
    expect(spanish.page.locator("legend").first).to_have_text("Ahora mismo, ¿cómo está tu ánimo?")
    spanish.go("/#/sign-in")
    spanish.page.get_by_label("Correo").fill("a@example.org")
    spanish.page.get_by_label("Contraseña").fill(PASSWORD)
    spanish.page.get_by_role("button", name="Entrar").click()

    expect(spanish.page.get_by_role("alert")).to_contain_text("no se pudo llegar al servidor")
