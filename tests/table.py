"""Many cases that differ in their data alone are one test: it tries them all and tells those that fail, by name."""

import functools
import inspect
import itertools
from collections.abc import Callable, Iterable

WIDTH = 200  # characters of a value of a case, as it is told


def tabled(names: str | tuple[str, ...] | list[str], cases: Iterable) -> Callable:
    """`@tabled(("cell", "stored"), [...])`: as pytest's parametrize, of which several multiply, but one test.

    The cases share the fixtures of the test, its store too: for tests that leave no trace there.
    """
    keys = [name.strip() for name in names.split(",")] if isinstance(names, str) else list(names)
    lines = [dict(zip(keys, case if len(keys) > 1 else (case,), strict=True)) for case in cases]
    assert lines, "a table without a case tries nothing"

    def over(test: Callable) -> Callable:
        inner, before = getattr(test, "table", (test, [{}]))
        every = [line | earlier for line, earlier in itertools.product(lines, before)]

        @functools.wraps(inner)
        def whole(**fixtures) -> None:
            if faults := [fault for case in every if (fault := _fault(inner, case, fixtures))]:
                raise ExceptionGroup(f"{len(faults)} of {len(every)} cases", faults)

        whole.table = (inner, every)
        signature = inspect.signature(inner)
        kept = [one for name, one in signature.parameters.items() if name not in every[0]]
        whole.__signature__ = signature.replace(parameters=kept)
        return whole

    return over


def _fault(test: Callable, case: dict, fixtures: dict) -> Exception | None:
    try:
        test(**case, **fixtures)
    except Exception as error:
        error.add_note(f"case: {', '.join(f'{name}={value!r}'[:WIDTH] for name, value in case.items())}")
        return error
    return None
