"""Write db/schema.sql, the schema as the migrations leave it."""

import tempfile
from datetime import UTC, datetime
from pathlib import Path

from lib.core import database

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        db = database.connect(database.prepare(Path(folder) / "fresh.db", now=datetime.now(UTC)))
        Path(__file__).with_name("schema.sql").write_text(database.schema(db), "utf-8")
        db.close()
