"""The decisions of many communes, one file each, in a folder or a zip; each is in memory only while it is made."""

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

from lib.core import text
from lib.exchange.documents.decision_letter import decision
from lib.exchange.documents.letterhead import Letterhead, default
from lib.exchange.letters.letter_docx import docx
from lib.exchange.letters.letter_pdf import pdf

FORMS = {"docx": docx, "pdf": pdf}


def head_of(content: dict) -> Letterhead:
    """The commune's own letterhead, else the one that follows from its place."""
    return content.get("head") or default("state", content["commune"], [content["district"], content["province"]])


def document(content: dict, form: str) -> bytes:
    return FORMS[form](decision(content, head_of(content)))


def decisions(
    communes: Iterable[dict], target: Path, form: str, progress: Callable[[int, str], None] | None = None
) -> int:
    """Write one file a commune into `target`, a folder or a .zip; `progress` hears how many are done. How many."""
    done = 0
    with _shelf(target) as put:
        for done, content in enumerate(communes, start=1):
            put(f"{_name(content)}.{form}", document(content, form))
            gc.collect()  # a document's fonts point at each other, and would pile up until enough small things do
            if progress:
                progress(done, content["commune"]["name"])
    return done


@contextmanager
def _shelf(target: Path) -> Iterator[Callable[[str, bytes], None]]:
    """Where files are put as soon as they are made."""
    if target.suffix.lower() == ".zip":
        with ZipFile(target, "w", ZIP_STORED) as zipped:  # what is put in is compressed already
            yield zipped.writestr
    else:
        target.mkdir(parents=True, exist_ok=True)
        yield lambda name, content: target.joinpath(name).write_bytes(content)


def _name(content: dict) -> str:
    words = text.fold(content["commune"]["name"]).replace(" ", "-")
    return f"quyet-dinh-{content['commune']['code']}-{words}"
