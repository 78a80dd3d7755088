"""Take the pictures of two report pages for the README; `make screenshots`, or python -m tests.letter_pictures."""

from pathlib import Path

import pypdfium2

from lib.exchange.documents import report_letter
from lib.exchange.documents.letterhead import default
from lib.exchange.letters.letter import Letter
from lib.exchange.letters.letter_pdf import pdf
from tests import contents

DOCS = Path(__file__).resolve().parents[1] / "docs"
SCALE = 1.5  # pixels to a point


def take(folder: Path = DOCS) -> None:
    """The first page of a district's report, and the table of the province with a district missing."""
    district = default("party", contents.DISTRICT, [contents.PROVINCE])
    _picture(report_letter.report(contents.district(), district), 0, folder / "report-district.png")
    province = default("party", contents.PROVINCE, [])
    _picture(report_letter.report(contents.province(missing=4), province), -1, folder / "report-province.png")


def _picture(letter: Letter, page: int, file: Path) -> None:
    document = pypdfium2.PdfDocument(pdf(letter))
    image = document[page % len(document)].render(scale=SCALE).to_pil().convert("L")
    image.quantize(16).save(file, optimize=True)


if __name__ == "__main__":
    take()
