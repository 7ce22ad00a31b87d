"""The words that the phone's pure rules find: summaries, reminders, the country of the crisis lines."""

from typing import Any

from tests.browser.phone import Phone


def say(phone: Phone, module: str, call: str) -> Any:
    """What `call` of a module of the page answers."""
    base = str(phone.page.evaluate("document.querySelector('script').src")).removesuffix("start.js")
    return phone.page.evaluate(f"import('{base}{module}.js').then(it => it.{call})")


def test_a_summary_is_told_in_plain_words(phone: Phone) -> None:
    days = [*range(1, 23), *range(28, 32)]
    written = ", ".join(f"{{day: '2026-10-{day:02}'}}" for day in days)
    summary = f"{{check_ins: {{count: 40, days_with_entry: 26}}, daily: [{written}]}}"
    week = "{week: 1, better: 6, of: 7, reading: 'counted'}, {week: 2, better: 1, of: 2, reading: 'too_few'}"
    sessions = (
        "[{id: 'a', starts_at: '2026-10-01T10:00:00.000Z', better_days: null},"
        f" {{id: 'b', starts_at: '2026-10-04T10:00:00.000Z', better_days: {{weeks: [{week}]}}}}]"
    )

    def missing(first: str, last: str, told: str = summary) -> Any:
        return say(phone, "sharing/reading-words", f"missingInWords({told}, '{first}', '{last}', '2026-11-01')")

    assert missing("2026-10-01", "2026-10-31") == "40 check-ins on 26 of 31 days. No entries 23 to 27 October."
    assert missing("2026-09-20", "2026-10-31") == (
        "40 check-ins on 26 of 31 days, counted from the first in this period. No entries 23 to 27 October."
    )
    one = "{check_ins: {count: 1, days_with_entry: 1}, daily: [{day: '2026-10-31'}]}"
    assert missing("2026-10-31", "2026-10-31", one) == "", "where nothing is missing, nothing is said of it"
    assert missing("2026-10-01", "2026-10-31", "{daily: []}") == "No check-ins in this period."
    assert say(phone, "sharing/reading-words", f"betterRows({sessions})") == [
        {"id": "b", "after": "series of two, to 4 Oct", "weeks": ["6 of 7", "too few", "–", "–"]}
    ]
    assert say(phone, "sharing/reading-words", "startInWords({mood: null, days: 0, source: 'none'})").startswith(
        "Not counted"
    )
    assert say(phone, "sharing/hours-words", "weekdaysInWords([3, 1, 2])") == "on Monday to Wednesday"
    assert say(phone, "sharing/hours-words", "weekdaysInWords([1, 3])") == "on Monday, Wednesday"
    assert say(phone, "base/time-words", "durationWords(7500)") == "2 hours and 5 minutes"
    assert say(phone, "base/time-words", "durationWords(10)") == "1 minute"
    assert say(phone, "sharing/invitation-secret", "secretIn('not a link')") is None


def test_a_reminder_promises_no_notification_that_does_not_come(phone: Phone) -> None:
    def words(weekdays: list[int], comes: str) -> Any:
        reminder = f"{{local_time: '20:30', weekdays: {weekdays}, skip_if_logged: false}}"
        return say(phone, "reminders/reminder-words", f"inWords({reminder}, '2026-11-23', {comes})")

    assert words([1, 2, 3, 4, 5, 6, 7], "true") == "Every day at 20:30."
    assert words([1, 2, 3, 4, 5, 6, 7], "false").startswith("Set for 20:30. It shows here when you open the app;")
    assert words([1, 2, 3, 4, 5], "false").startswith("Set for 20:30 on weekdays. It shows here")


def test_the_crisis_lines_are_those_of_where_a_device_stands(phone: Phone) -> None:
    cases = {
        "'Europe/Berlin', ['en-US']": "DE",
        "'Asia/Calcutta', ['en-US']": "IN",
        "'America/Indianapolis', ['de-DE']": "US",
        "'Europe/Vienna', ['en-US']": "",
        "'UTC', ['en-GB', 'en']": "GB",
        "'Etc/GMT+5', ['en']": "",
    }

    found = {given: say(phone, "safety/rules", f"countryOf({given})") for given in cases}

    assert found == cases


def test_abroad_the_emergency_number_of_where_a_device_stands_comes_before_the_chosen_one(phone: Phone) -> None:
    cases = {
        "undefined, 'Europe/Berlin', ['en-US']": ["DE"],
        "'DE', 'Europe/Berlin', ['en-US']": ["DE"],
        "'US', 'Europe/Berlin', ['en-US']": ["DE", "US"],
        "'US', 'Europe/Vienna', ['en-US']": ["", "US"],
        "'', 'Europe/Berlin', ['en-US']": ["DE", ""],
        "'', 'Europe/Vienna', ['en-US']": [""],
        "'US', 'America/Toronto', ['en-US']": ["CA"],  # the same number, once
        "'US', 'UTC', ['en-GB']": ["US"],  # a zone that names no place takes nothing from a choice
        "undefined, 'UTC', ['en-GB']": ["GB"],
    }

    found = {given: say(phone, "safety/rules", f"emergencyIn({given})") for given in cases}

    assert found == cases
    line = "numbersLine().then((parts) => parts.map((part) => part.textContent ?? part).join(''))"
    assert "somebody now: 112, lines that answer" in say(phone, "measures/numbers-line", line)
    say(phone, "base/database", "remember('country', 'US')")
    assert "now: 112 (Germany), 911 (United States), lines that" in say(phone, "measures/numbers-line", line)


def test_numbers_say_when_they_were_checked_and_that_it_is_due_again(phone: Phone) -> None:
    checked = "{ reviewed_on: '2026-01-05', stale_after: '2026-07-05', source: '' }"
    never = "{ reviewed_on: null, stale_after: null, source: '' }"

    assert say(phone, "safety/rules", f"reviewOf([{checked}], '2026-07-05')") == {"on": "2026-01-05", "isStale": False}
    assert say(phone, "safety/rules", f"reviewOf([{checked}], '2026-07-06')") == {"on": "2026-01-05", "isStale": True}
    assert say(phone, "safety/rules", f"reviewOf([{checked}, {never}], '2026-02-01')") == {"on": None, "isStale": True}
    assert say(phone, "safety/rules", "reviewOf([], '2030-01-01')") is None

    # What became of an alert is news until it was read, a later reply is news again; what waits, or lies back, is none.
    news = """[
        { id: 'a', seen_at: '2026-01-20T10:00:00Z', reply: 'read' },
        { id: 'b', seen_at: '2026-01-19T10:00:00Z', reply: 'will_call', call_by: '2026-01-20T10:00:00Z' },
        { id: 'c', unseen_at: '2026-01-18T10:00:00Z' },
        { id: 'd' },
        { id: 'e', unseen_at: '2026-01-01T10:00:00Z' },
    ]"""
    read = "['b read', 'c unseen']"
    told = say(phone, "safety/rules", f"newsOf({news}, {read}, '2026-01-20T12:00:00Z').map(({{ id }}) => id)")
    assert told == ["a", "b"]
    every = "['a read', 'b will_call 2026-01-20T10:00:00Z', 'c unseen']"
    assert say(phone, "safety/rules", f"newsOf({news}, {every}, '2026-01-20T12:00:00Z')") == []


def test_an_asking_that_no_alert_came_of_is_said_to_have_reached_nobody(phone: Phone) -> None:
    def untold(answer: str, *askings: str) -> Any:
        return say(phone, "safety/rules", f"untoldOf([{', '.join(askings)}], {answer})")

    def asking(hour: int, more: str = "", choice: str = "tell_therapist") -> str:
        values = f"{{ choice: '{choice}', raised_at: '2026-01-20T{hour:02}:00:00.000Z' }}"
        came = f"{{ received_at: '2026-01-20T{hour:02}:30:00.000Z' }}"
        return f"{{ id: 'h{hour}', base: {came}, record: {{ values: {values} }}{more} }}"

    came = "{ reason: 'asked', raised_at: '2026-01-20T09:30:00.000Z', occurred_at: '2026-01-20T05:00:00.000Z' }"
    felt = "{ reason: 'asked', raised_at: '2026-01-20T11:00:00.000Z', occurred_at: '2026-01-20T10:00:00.000Z' }"
    other = "{ reason: 'rise', raised_at: '2026-01-20T08:30:00.000Z', occurred_at: '2026-01-20T08:00:00.000Z' }"
    whole = f"{{ items: [{came}, {felt}, {other}], next: null }}"
    said = {"id": "h8", "occurred_at": "2026-01-20T08:00:00.000Z", "untold_at": "2026-01-20T08:30:00.000Z"}
    elsewhere = [asking(7, ", waiting: true"), asking(6, ", refused: []"), asking(5, choice="call")]

    assert untold(whole, asking(10), asking(9), asking(8), *elsewhere) == [said]
    # Of what lies further back than an answer reaches, nothing is said.
    assert untold(f"{{ items: [{felt}, {came}], next: 'more' }}", asking(10), asking(9), asking(8)) == []

    # That nobody was told is news, and so is a share that ended before anybody read.
    waits = "{ id: 'w', consent_id: 'c', raised_at: '2026-01-20T11:00:00Z' }"
    for open_, found in (("['c']", ["h8"]), ("[]", ["h8", "w"]), ("undefined", ["h8"])):
        news = f"newsOf([{said}, {waits}], [], '2026-01-20T12:00:00Z', {open_}).map(({{ id }}) => id)"
        assert say(phone, "safety/rules", news) == found
    assert say(phone, "safety/rules", f"newsOf([{said}], ['h8 untold'], '2026-01-20T12:00:00Z', [])") == []


def test_a_chosen_pack_that_is_gone_from_the_installation_is_not_offered(phone: Phone) -> None:
    session = "{ record: { values: { starts_at: new Date(Date.now() - 15 * 86_400_000).toISOString() } } }"

    assert say(phone, "measures/offered", f"offersOf({{ offered: ['a-pack'], not_now: [] }}, [{session}], [])") == []


def test_only_a_page_of_ours_and_its_way_on_are_gone_to(phone: Phone) -> None:
    cases = {
        "/share": "/share",
        "/account?next=%2Finvitation%2Fopened": "/account?next=%2Finvitation%2Fopened",
        "//example.org": None,
        "/account?next=https://example.org": None,
        "javascript:alert(1)": None,
    }

    assert {path: say(phone, "accounts/rules", f"mayGo({path!r})") for path in cases} == cases
