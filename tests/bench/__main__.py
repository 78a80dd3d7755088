"""Speed of what people wait for, on a full province; `make bench`.

Absolute times depend on the machine; where it can be, a line compares the product with the least that could be done
on the same file in the same minute. Also written to bench.json: `[{name, value, unit, aim, holds}]`. BENCH_DAYS and
BENCH_SIZE make a smaller run, BENCH_STORE keeps the store it builds, and takes it the next time.
"""

import json
import logging
import os
import shutil
import tempfile
from pathlib import Path

logging.disable(logging.WARNING)  # Streamlit wonders why its parts are imported outside of a page

from lib.core import clock, database  # noqa: E402
from lib.core.identity import authentication  # noqa: E402
from lib.operations import clockwork  # noqa: E402
from tests.bench import browser, imports, reports, service, store, wall  # noqa: E402
from tests.bench.measure import results  # noqa: E402
from tests.server import Server  # noqa: E402


def main() -> None:
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_FOLDER")) as folder:
        file = Path(folder) / "bench.db"
        built(file)
        store.bench_size(file)
        store.bench_board(file)
        store.bench_search(file)
        store.bench_save(file)
        wall.bench(file)
        reports.bench(file)
        imports.bench(file)
        serve(file)
    (database.ROOT / "bench.json").write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", "utf-8")
    missed = [line["name"] for line in results if line["holds"] is False]
    print("\nall aims hold" if not missed else f"\nmissed: {', '.join(missed)}")


def built(file: Path) -> None:
    """A new store, or a copy of the one kept from before."""
    kept = Path(os.environ["BENCH_STORE"]) if "BENCH_STORE" in os.environ else None
    if kept and kept.exists():
        shutil.copy(kept, file)
        database.prepare(file, now=store.NOW)
        return
    store.build(file)
    if kept:
        shutil.copy(file, kept)


def serve(file: Path) -> None:
    """A server at half past one, its nightly work done, and everybody who comes to it."""
    teams = service.long_teams(file)
    db = database.connect(file)
    authentication.signing_key(db)
    database.set_setting(db, "reconciled_day", store.TODAY)
    os.environ["TUNGNHA_DB"] = str(file)
    clockwork.keep(db, now=clock.instant(clock.at(store.TODAY, "13:30")))
    db.close()
    server = Server(file, clock=f"{store.TODAY}T13:30").start()
    try:
        service.bench_first(server)
        browser.bench(server, teams)
        service.bench_long_sheet(server, teams)
        service.bench_reruns(server)
        service.bench_watchers(server)
    finally:
        server.stop()


if __name__ == "__main__":
    main()
