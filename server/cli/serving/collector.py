"""Python's collector of cycles, which looks seldom and never through what was there from the start; and its memory."""

import ctypes
import gc

YOUNG = 10_000  # new objects between two looks; by itself 700


def calm() -> None:
    """Once everything is imported: what is there stays, so no later look goes through it.

    As Python has it, it went through the whole program, a tenth of a second long, when many came at once. What only
    the start needed goes back to the system: glibc would keep it, 20 MB where files were pressed for the first time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, *gc.get_threshold()[1:])
    give_back = getattr(ctypes.CDLL(None), "malloc_trim", None)  # malloc_trim(3); other libraries have none
    if give_back:
        give_back(0)
