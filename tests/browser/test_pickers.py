"""Pickers find what is typed without accents, in Streamlit's own select boxes and multiselects."""

from playwright.sync_api import expect

from lib.core.database import connect
from lib.screen.gate import pickers
from tests import world

LABELS = (
    "Xã Thanh Phước, Huyện Gò Dầu",
    "Xã Thạnh Phước, Huyện Gò Dầu",
    "Xã Phước Thành",
    "Phường 1",
    "Phường 10",
    "Phường 11",
    "Tổ 13",
    "Tổ 30",
    "Tổ Covid cộng đồng số 03 – ấp Phước Đức",
    "Tổ 3",
    "Khu phố 3",
    "Khu phố 13",
    "Thị trấn Gò Dầu",
    "Nguyễn Văn Đức",
    "Đặng Thị Đức · Tổ 1",
    "Xã Đắk R'Măng",
    "100%",
    "ấp Mỹ (cũ)",
)
FIRST = {
    "thanh phuoc": "Xã Thanh Phước, Huyện Gò Dầu",
    "thạnh phước": "Xã Thạnh Phước, Huyện Gò Dầu",
    "THANH PHUOC": "Xã Thanh Phước, Huyện Gò Dầu",
    "thanhphuoc": "Xã Thanh Phước, Huyện Gò Dầu",
    "phuoc thanh": "Xã Phước Thành",
    "to 3": "Tổ 3",
    "tổ 03": "Tổ 3",
    "1": "Phường 1",
    "phuong 1": "Phường 1",
    "kp 3": "Khu phố 3",
    "go dau": "Thị trấn Gò Dầu",
    "ttgd": "Thị trấn Gò Dầu",
    "duc": "Nguyễn Văn Đức",
    "duc to 1": "Đặng Thị Đức · Tổ 1",
    "dak rmang": "Xã Đắk R'Măng",
    "r'mang": "Xã Đắk R'Măng",
    "100%": "100%",
    "%": "100%",
    "hanh": "Xã Thanh Phước, Huyện Gò Dầu",
    "so 3": "Tổ Covid cộng đồng số 03 – ấp Phước Đức",
    "my": "ấp Mỹ (cũ)",
}
FITS = {"to 3": 3, "phuong 1": 3, "zzz": 0, "to 33": 0, "' or 1=1": 0, "x" * 200: 0, "  ": len(LABELS)}


def test_pickers_find_options_without_accents(visit, server):
    with connect(server.store).conn as conn:
        db = connect(server.store)
        for code, name in (("2545603", "Thạnh Phước"), ("2545604", "Thanh Phước"), ("2545605", "Bến Đá")):
            world.add_area(db, code, "hamlet", "ấp", name, "25456")
        conn.execute("update teams set name = 'Tổ 13' where id = 1")
        conn.execute("update teams set name = 'Tổ 03', hamlet_code = '2545601' where id = 2")
        conn.execute(
            "update households set hamlet_code = '2545601', walk_order = walk_order + 24 where id between 25 and 48"
        )
    page = visit("binh", "households")
    ranked = f"""([labels, typed]) =>
        {pickers.comparison()}(labels.map((label) => ({{label}})), typed).map((each) => each.label)"""
    for typed, label in FIRST.items():
        assert page.evaluate(ranked, [LABELS, typed])[:1] == [label], typed
    for typed, count in FITS.items():
        assert len(page.evaluate(ranked, [LABELS, typed])) == count, typed

    picker, options = page.get_by_role("combobox", name="Hamlet"), page.get_by_role("option")
    picker.click()
    expect(options).to_have_count(5)
    picker.press_sequentially("ben da")
    expect(options).to_have_text(["ấp Bến Đá"])
    page.keyboard.press("Enter")
    expect(picker).to_have_value("ấp Bến Đá")
    picker.click()
    picker.fill("thanh phuoc")
    expect(options).to_have_text(["ấp Thanh Phước", "ấp Thạnh Phước"])
    picker.fill("thạnh")
    expect(options).to_have_text(["ấp Thạnh Phước", "ấp Thanh Phước"])

    page = visit("binh", "assignments?hamlet=2545601&way=propose")
    teams = page.get_by_test_id("stMultiSelect").get_by_role("combobox")
    page.get_by_role("button", name="Clear all").click()
    teams.click()
    teams.press_sequentially("to 3")
    expect(page.get_by_role("option", name="Tổ 03")).to_be_visible()
    expect(page.get_by_role("option", name="Tổ 13")).to_have_count(0)
