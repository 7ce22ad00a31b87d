"""Alerts and standing answers as a section of a written summary. Pure."""

from collections.abc import Iterator

from server.export.written.sections import Section
from server.export.written.words import Words
from server.summaries import service as summaries


def alerts(told: summaries.Summary, words: Words, zone: str) -> Iterator[Section]:
    """Alerts that are not closed, the newest first, then what has been answered for long."""
    standing = [_standing(each, words, zone) for each in told.standing_answers or []]
    lines = [line for each in told.alerts or [] if each.closed_at is None for line in _alert(each, words, zone)]
    if lines or standing:
        yield Section("alerts", words["alerts.title"], [*lines, *standing])


def _alert(alert: summaries.AlertTold, words: Words, zone: str) -> Iterator[str]:
    yield _reason(alert, words)
    if alert.changed:
        yield str(words["alerts.changed"])
    if alert.message:
        yield words.say("alerts.message", message=alert.message)
    felt, arrived = words.instant(alert.occurred_at, zone), words.instant(alert.raised_at, zone)
    yield words.say("alerts.when_late" if alert.late else "alerts.when", felt=felt, arrived=arrived)
    yield _state(alert, words, zone)


def _reason(alert: summaries.AlertTold, words: Words) -> str:
    if alert.taken_back:
        return str(words["alerts.taken_back"])
    if alert.value is None:
        return str(words["alerts.asked"])
    key = "alerts.answered" if alert.before is None else "alerts.answered_before"
    return words.say(key, value=alert.value, label=words["alerts.labels"][alert.value], before=alert.before)


def _state(alert: summaries.AlertTold, words: Words, zone: str) -> str:
    if alert.seen_at is None:
        return str(words["alerts.unseen" if alert.unseen_at else "alerts.unread"])
    if alert.reply is None:
        return words.say("alerts.seen_bare", who=alert.seen_by, when=words.instant(alert.seen_at, zone))
    reply: str = words["alerts.reply"][alert.reply]
    if alert.call_by:
        reply = reply.format(when=words.instant(alert.call_by, zone))
    return words.say("alerts.seen", who=alert.seen_by, when=words.instant(alert.seen_at, zone), reply=reply)


def _standing(answer: summaries.StandingTold, words: Words, zone: str) -> str:
    since, latest = words.instant(answer.since, zone), words.instant(answer.latest_at, zone)
    key = "alerts.standing" if answer.answers > 1 else "alerts.standing_once"
    return words.say(key, value=answer.value, since=since, latest=latest, answers=words.number(answer.answers))
