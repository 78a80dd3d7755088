"""Measuring: medians, lines on the screen and in bench.json, and what a process has used."""

import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path

results: list[dict] = []


def timed(run: Callable[[], object], times: int = 5, *, by: Callable[[], float] = time.perf_counter) -> float:
    """Median seconds of a few runs; by `time.thread_time` those of the processor, without waiting for other work."""
    taken = []
    for _n in range(times):
        start = by()
        run()
        taken.append(by() - start)
    return statistics.median(taken)


def spent(run: Callable[[], object]) -> tuple[float, float]:
    """Seconds of one run: those that passed, and those of the processor."""
    passed, used = time.perf_counter(), time.thread_time()
    run()
    return time.perf_counter() - passed, time.thread_time() - used


def note(name: str, amount: float, unit: str, aim: str, holds: bool | None = None) -> None:
    results.append({"name": name, "value": round(amount, 4), "unit": unit, "aim": aim, "holds": holds})
    mark = {True: "holds", False: "MISSED", None: ""}[holds]
    print(f"{name:<68}{amount:>12.2f} {unit:<10}{aim:<12}{mark}", flush=True)


def share(values: list[float], part: float) -> float:
    """The value below which this part of them lies."""
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


def cores_used(process: int) -> float | None:
    """Seconds of processor time a process has used so far; None where the machine does not tell."""
    try:
        told = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")
