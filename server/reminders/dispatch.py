"""Sending what is due: claim, send outside any transaction, write down what came of it."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import timedelta

from server.base.clock import Clock
from server.base.errors import Problem
from server.base.log import log
from server.prompts import service as prompts
from server.push import service as push
from server.reminders.claims import Claim, Result, claim_due, hand_back, record
from server.reminders.occurrences import DELIVERIES
from server.reminders.rules import LATE, outcome_of, payload_of, topic_of, try_again_s, ttl_s
from server.vault import service as vault

_BATCH = 100


async def dispatch(clock: Clock, is_stopping: Callable[[], bool] = lambda: False) -> int:
    """Sends everything that is due now, batch by batch; answers how many deliveries were tried.

    When cancelled it writes down what is known and hands back the rest.
    """
    tried = 0
    while not is_stopping():
        claims, moved = await claim_due(clock(), _BATCH)
        if not moved:
            break
        if claims:
            await _deliver_all(claims, clock)
            tried += len(claims)
    return tried


async def _deliver_all(claims: Sequence[Claim], clock: Clock) -> None:
    tasks: dict[Claim, asyncio.Task[Result]] = {}
    try:
        targets = await push.targets(claim.patient_id for claim in claims)
        for claim in claims:
            tasks[claim] = asyncio.create_task(_deliver(claim, targets.get(claim.patient_id, []), clock))
        await asyncio.wait(tasks.values())
    finally:
        known = []
        unknown = [claim for claim in claims if claim not in tasks]
        for claim, task in tasks.items():
            if not task.done():
                task.cancel()
                unknown.append(claim)
            elif (error := task.exception()) is not None:
                DELIVERIES["fault"].inc()
                log.error("a delivery failed", exc_info=error)  # its lease runs out, then it is tried again
            else:
                known.append(task.result())
        await record(known)
        await hand_back(unknown, clock())


async def _deliver(claim: Claim, targets: Sequence[push.Target], clock: Clock) -> Result:
    """Sends one delivery to the person's devices, or to the one that a test is for."""
    too_late = claim.due_at + LATE + timedelta(milliseconds=1)
    chosen = [target for target in targets if claim.subscription_id in (None, target.id)]
    if not chosen and claim.subscription_id is None:
        return Result(claim, "due", False, clock(), too_late)  # it shows in the app all the same
    try:
        key = await vault.key_of(claim.patient_id)
        wording = prompts.wording_of(key, claim.reminder_id, claim.updated_at, claim.sealed)
    except (Problem, vault.Unopened):
        log.exception("a reminder does not open")
        return Result(claim, "failed", False, clock())
    payload, topic = payload_of(claim.id, wording, claim.is_last), topic_of(claim.reminder_id, claim.day, claim.slot)
    message = push.Message(payload, ttl_s(claim.due_at, clock()), topic)
    answers = await asyncio.gather(*(push.send(target, message) for target in chosen))
    gone = [target for target, answer in zip(chosen, answers, strict=True) if answer.outcome == "gone"]
    if gone:
        await push.forget_gone(gone)
    at = clock()
    if (outcome := outcome_of([answer.outcome for answer in answers])) != "later":
        return Result(claim, outcome, True, at)
    asked_for_s = min(answer.retry_after_s for answer in answers if answer.outcome == "later")
    again_at = at + timedelta(seconds=try_again_s(claim.attempts, asked_for_s))
    return Result(claim, "due", True, at, min(again_at, too_late))
