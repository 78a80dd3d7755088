"""Write db/schema.sql, the schema as the migrations leave it."""

import tempfile
from datetime import UTC, datetime
from pathlib import Path

from lib.core import ROOT, database

_NOW = datetime(2021, 8, 16, tzinfo=UTC)  # the hour of a store that nobody keeps

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        db = database.connect(database.prepare(Path(folder) / "fresh.db", now=_NOW))
        (ROOT / "db" / "schema.sql").write_text(database.schema(db), "utf-8")
        db.close()
