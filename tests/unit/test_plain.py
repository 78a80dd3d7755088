"""Typed text is drawn as typed: no marks, no links, no signs."""

from lib.screen.markdown import plain
from tests.table import tabled


@tabled(
    ("typed", "drawn"),
    [
        ("*x* [y](http://z) $1", r"\*x\* \[y\]\(http\://z\) \$1"),
        (":smile:", "\\:\u200bsmile\\:"),
        (":material/home:", "\\:\u200bmaterial/home\\:"),
        (":red[x]", "\\:\u200bred\\[x\\]"),
        (":+1: :-1:", "\\:\u200b\\+1\\: \\:\u200b\\-1\\:"),
        (":100:", "\\:\u200b100\\:"),
        ("từ 14:00 đến 15:30", r"từ 14\:00 đến 15\:30"),
        ("Chú ý: chó dữ", r"Chú ý\: chó dữ"),
        ("Ghi chú:đổi cổng", "Ghi chú\\:\u200bđổi cổng"),
        (None, ""),
    ],
)
def test_typed_text_holds_no_marks_and_no_signs(typed, drawn):
    assert plain(typed) == drawn
