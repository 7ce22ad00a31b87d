"""The rule of which prompts come, as it reads: every session is held against every other, however long ago."""

from collections.abc import Collection, Iterable

from server.prompts.points import _BEGUN, APART, WINDOWS, Given, Prompt, Wish, _prompt, chosen_of, is_steady


def prompts_of_all(sessions: Iterable[Given], wish: Wish, pushed: Collection[tuple[str, str]]) -> list[Prompt]:
    """The prompts of all these sessions, in order."""
    in_turn = sorted(sessions, key=lambda each: (each.starts_at, each.id))
    found: list[tuple[bool, int, Prompt]] = []
    for place, session in enumerate(in_turn):
        others = [each.starts_at for each in in_turn if each.id != session.id]
        for point in chosen_of(wish.points, is_steady(in_turn[: place + 1])):
            prompt = _prompt(session, point, wish)
            is_paused = wish.paused_until is not None and prompt.due_at < wish.paused_until
            is_in_another = any(start <= prompt.due_at < start + _BEGUN for start in others)
            if not is_paused and not is_in_another and (session.id, point) not in pushed:
                is_late = prompt.due_at >= session.starts_at + WINDOWS[point][1]
                found.append((is_late, -place, prompt))
    kept: list[Prompt] = []
    for *_, prompt in sorted(found, key=lambda each: (each[0], each[1], each[2].due_at)):
        if not any(prompt.day == other.day or abs(prompt.due_at - other.due_at) < APART for other in kept):
            kept.append(prompt)
    return sorted(kept, key=lambda each: each.due_at)
