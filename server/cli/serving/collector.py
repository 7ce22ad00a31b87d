"""Python's collector of cycles: it looks seldom, and never through what was there from the start."""

import gc

YOUNG = 10_000  # new objects between two looks; by itself 700


def calm() -> None:
    """Once everything is imported: what is there stays, so no later look goes through it.

    As Python has it, it went through the whole program, a tenth of a second long, when many came at once.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, *gc.get_threshold()[1:])
