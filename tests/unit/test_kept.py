"""Answers kept for everybody: made once, forgotten last, and a failure is no answer."""

import threading
import time

import pytest

from lib.screen.shared_cache import SharedCache


def test_an_answer_is_made_once_however_many_ask_at_the_same_time():
    kept, made = SharedCache(4), []

    def make():
        time.sleep(0.05)
        made.append(1)
        return ["answer"]

    asking = [threading.Thread(target=kept.get, args=("key", make)) for _ in range(8)]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()
    assert made == [1] and kept.peek("key") == ["answer"]


def test_what_was_asked_for_longest_ago_is_forgotten_first():
    kept = SharedCache(2)
    for key in ("one", "two", "one", "three"):
        kept.get(key, lambda key=key: key.upper())
    assert [kept.peek(key) for key in ("one", "two", "three")] == ["ONE", None, "THREE"]


def test_a_failure_is_not_kept():
    kept = SharedCache(2)
    with pytest.raises(ZeroDivisionError):
        kept.get("key", lambda: 1 / 0)
    assert kept.get("key", lambda: "well") == "well"


def test_an_empty_answer_is_an_answer():
    kept, made = SharedCache(2), []
    for _ in range(2):
        kept.get("key", lambda: made.append(1) or [])
    assert made == [1]
