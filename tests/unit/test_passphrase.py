"""What a password has to be: long enough, typed as seen, and not one that everybody tries first."""

import unicodedata

import bcrypt

from lib.core.identity import authentication, passphrase, password_hashing
from lib.practice import province
from tests.table import tabled

GOOD = [
    "mười ký tự",
    "Mật khẩu dài 2021!",
    "a1b2c3d4e5f6g7" * 5,
    "пароль-длинный",
    "sương sớm trên đồi chè",
    "tổ chim sẻ 12",
    "bang-buom-cam-chanh-23",
    "áo dài trắng",
    "Tây Ninh quê tôi đẹp",
    "correct horse battery",
]
ABOUT = ["xa.thanhphuoc", "Nguyễn Văn Bình", "Thanh Phước", "Xã Thanh Phước", "Gò Dầu", "Huyện Gò Dầu", "Tây Ninh"]


def said(password: str, again: str | None = None, about=ABOUT) -> str | None:
    found = passphrase.faults(password, again, about=about)
    return next((fault.text for fault in found.values()), None)


@tabled("password", GOOD)
def test_a_sentence_of_ones_own_is_good_in_any_script(password):
    assert said(password, password) is None


@tabled("password", ["", "ngắn", "123456789", "ậ" * 25, "a1b2c" * 20, "x y" * 10_000_000])
def test_too_short_and_too_long(password):
    assert said(password)


@tabled(
    "password",
    [
        "1234567890",
        "0987654321",
        "0912345678",
        "12345678",
        "11/11/1990 09:00",
        "0000000000",
        "aaaaaaaaaaaa",
        "ababababab",
        "abcdefghijklm",
        "zyxwvutsrqpo",
        "matkhau123",
        "Mật khẩu 2021",
        "m@tkhau2021",
        "MatKhauMatKhau",
        "mat-khau-1234567",
        "123matkhau456",
        "P@ssw0rd2021",
        "password123",
        "admin123456",
        "administrator",
        "qwertyuiop",
        "qwerty123456",
        "1q2w3e4r5t",
        "1qaz2wsx3edc",
        "anhyeuem123",
        "vietnam2021",
        "covid19covid19",
        "Covid-19 Tây Ninh",
        "tungnha2021",
        "từng nhà từng nhà",
        "quantri2021",
        "Quản trị viên 1",
        "iloveyou2021",
        "nhà nào cũng đến",
        "đi từng ngõ gõ từng nhà",
        province.PASSWORD,
        "Thực hành Tây Ninh",
        province.PASSWORD.upper() + "2021",
    ],
)
def test_what_is_tried_first_is_refused(password):
    assert passphrase.faults(password)["password"]


@tabled(
    "password",
    [
        "Matkhau@123",
        "matkhau123!",
        "P@ssw0rd@123",
        "Admin@12345",
        "Tayninh@2021",
        "Hanoi!Vietnam",
        "M4tkh4u12345",
        "Thanhphuoc@2021",
        "Aa@123456789",
        "Aa123456789",
        "123456789a",
        "Abc!@#1234",
        "1q2w3e4r5t6y",
        "zaq12wsxcde3",
        "poiuytrewq",
        "!QAZ@WSX#EDC",
        "abcdeabcde",
        "Mật khẩu của tôi",
        province.PASSWORD.replace("-", "@"),
    ],
)
def test_a_sign_between_or_in_the_place_of_a_letter_hides_nothing(password):
    assert said(password) == passphrase._FIRST_TRIED


@tabled(
    "password",
    [
        "xa.thanhphuoc",
        "xathanhphuoc2021",
        "Xã Thanh Phước",
        "thanhphuoc123",
        "ThanhPhuocThanhPhuoc",
        "godau-thanhphuoc",
        "nguyenvanbinh",
        "Nguyễn Văn Bình 1980",
        "binh.nguyen.2021",
        "matkhauthanhphuoc",
        "huyện gò dầu 2021",
        "couhphnaht1",
    ],
)
def test_names_of_the_account_and_its_area_are_refused(password):
    assert said(password) == passphrase._FIRST_TRIED


UNSEEN = [
    "\u200b",
    "\u200d",
    "\u200e",
    "\ufeff",
    "\u00ad",
    "\u2060",
    "\u202e",
    "\u00a0",
    "\u3000",
    "\u2003",
    "\t",
    "\n",
    "\x00",
    "\x7f",
    "\x1b",
    "\u2028",
    "\ud800",
    "\ue000",
    "\u115f",
    "\u3164",
    "\u2800",
    "\ufe0f",
    "\u034f",
    "\U000e0001",
    "\U000e0101",
    "\u180e",
]


@tabled("sign", UNSEEN)
@tabled("where", [0, 8, 15])
def test_what_cannot_be_seen_is_refused_and_its_place_told(sign, where):
    typed = "gió mùa đông bắc"[:where] + sign + "gió mùa đông bắc"[where:]
    [fault] = passphrase.faults(typed).values()
    assert "is invisible" in fault.text and fault.places == {"n": where + 1}


@tabled("password", [" gió mùa đông bắc", "gió mùa đông bắc ", " " * 12, "          x"])
def test_blanks_at_the_ends_are_refused_not_dropped(password):
    assert "space" in said(password)


def test_the_two_must_agree_however_their_marks_are_composed():
    assert set(passphrase.faults("gió mùa đông bắc", "gió mùa đông nam")) == {"again"}
    assert not passphrase.faults("gió mùa đông bắc", unicodedata.normalize("NFD", "gió mùa đông bắc"))


@tabled("stored", ["NFC", "NFD", None])
@tabled("typed", ["NFC", "NFD"])
def test_one_password_signs_in_from_every_keyboard(stored, typed):
    """Also where it was hashed as it came, by an earlier version (`None`: by this one)."""
    password = "gió mùa đông bắc"
    shape = {how: unicodedata.normalize(how, password) for how in ("NFC", "NFD")}
    kept = (
        bcrypt.hashpw(shape[stored].encode(), bcrypt.gensalt()).decode()
        if stored
        else password_hashing.hashed(shape["NFD"])
    )
    assert password_hashing.matches(shape[typed], kept)
    assert not password_hashing.matches(shape[typed] + "x", kept) and not password_hashing.matches(
        "gio mua dong bac", kept
    )


def test_a_password_is_hashed_in_twelve_rounds(monkeypatch):
    monkeypatch.setattr(bcrypt, "gensalt", bcrypt.gensalt.func)
    assert password_hashing.hashed("gió mùa đông bắc").startswith("$2b$12$")


def test_what_belongs_to_an_account_is_known(as_):
    names = authentication.about(*as_("binh"))
    assert {"binh", "Lê Thanh Bình", "1", "Phường 1", "Tây Ninh", "Thành phố Tây Ninh", "Tỉnh Tây Ninh"} <= set(names)
    assert passphrase.faults("phuong1tayninh2021", about=names)
