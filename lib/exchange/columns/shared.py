"""Columns that several kinds of files share, and what lists call them."""

from lib.exchange.columns import cell_values
from lib.exchange.columns.column import Column

PHONES = (
    "SĐT", "Số ĐT", "ĐT", "Số điện thoại", "Điện thoại liên hệ", "Số điện thoại liên hệ", "SĐT liên hệ", "Di động",
    "Số di động", "ĐTDĐ", "Điện thoại di động", "Liên hệ", "Phone", "Mobile", "Phone number",
)  # fmt: skip
NAMES = ("Họ tên", "Tên", "Họ, tên", "Name")
ID_NUMBERS = (
    "CMND", "CCCD", "CMND/CCCD", "CCCD/CMND", "Số CMND", "Số CCCD", "Số CCCD/CMND", "Số định danh", "Căn cước công dân",
    "Chứng minh nhân dân", "Số CMT", "Mã định danh", "ID number",
)  # fmt: skip
BIRTHS = ("Ngày sinh", "Ngày tháng năm sinh", "Ngày, tháng, năm sinh", "NS", "Birth year", "Born")

COMMUNE = Column(
    "commune", "Xã, phường, thị trấn", "Commune",
    (
        "Mã xã", "Xã", "Phường", "Thị trấn", "Xã, phường", "Xã/phường", "Phường/xã", "Cấp xã", "Tên xã",
        "Mã xã, phường",
    ),
    cell_values.place_code, example="",
)  # fmt: skip
DISTRICT = Column(
    "district", "Huyện, thị xã, thành phố", "District",
    (
        "Huyện", "Quận", "Quận, huyện", "Huyện, quận", "Huyện, thị xã", "Huyện, thành phố", "Thị xã", "Tên huyện",
        "Tên quận, huyện", "Thuộc huyện", "Thuộc quận, huyện", "Mã huyện", "Mã quận, huyện", "Huyện, TX, TP",
        "Huyện, TX", "Huyện, TP", "Quận, huyện, thị xã", "Quận, huyện, thành phố", "Quận, huyện, thị xã, thành phố",
        "Huyện, quận, thị xã", "Huyện, quận, thị xã, thành phố", "Thị xã, thành phố", "TX, TP", "Q, H",
    ),
    cell_values.place_code,
)  # fmt: skip
HAMLET = Column(
    "hamlet_code", "Ấp, khu phố", "Hamlet",
    (
        "Ấp", "Khu phố", "Khu phố/ấp", "Thôn", "Bản", "Tổ dân phố", "Khu dân cư", "Thôn/bản", "Xóm", "Làng", "Buôn",
        "Thôn, bản, tổ dân phố", "Mã ấp", "Tên ấp", "Mã ấp, khu phố", "Tên ấp, khu phố", "KP", "TDP", "Địa bàn",
        "Thuộc ấp", "Thuộc ấp, khu phố", "Ấp (khu phố)", "Hamlet code",
    ),
    cell_values.place_code, required=True, example="Ấp Phước Đức",
)  # fmt: skip
HOUSEHOLD = Column(
    "code", "Mã hộ", "Household code", ("Mã hộ gia đình", "Mã số hộ", "Mã HGĐ", "Household"), cell_values.household_code
)
HEAD = Column(
    "head_name", "Họ tên chủ hộ", "Head of household",
    (
        "Họ và tên chủ hộ", "Tên chủ hộ", "Chủ hộ", "Họ tên", "Họ và tên", "Họ, tên chủ hộ", "Hộ gia đình", "Tên hộ",
        "Hộ ông/bà", "Họ tên chủ hộ gia đình", "Họ và tên chủ hộ gia đình", "Tên chủ hộ gia đình", "Họ tên hộ", "Head",
    ),
    required=True, example="Nguyễn Văn Mẫu",
)  # fmt: skip
LANE = Column(
    "lane", "Ngõ, hẻm", "Lane",
    ("Hẻm", "Ngõ", "Đường", "Tên đường", "Đường, hẻm", "Đường phố", "Kiệt", "Hẻm, đường", "Street"),
    cell_values.numbered, example="Hẻm 5",
)  # fmt: skip
HOUSE_NUMBER = Column(
    "house_number", "Số nhà hoặc mốc nhận biết", "House number or landmark",
    (
        "Số nhà", "Địa chỉ", "Địa chỉ nhà", "Địa chỉ cụ thể", "Địa chỉ cư trú", "Nơi ở", "Chỗ ở", "Chỗ ở hiện nay",
        "Nơi ở hiện nay", "Nơi cư trú", "Mốc nhận biết", "Address", "House number",
    ),
    cell_values.numbered, example="Số 12, gần chợ",
)  # fmt: skip
NOTE = Column("note", "Ghi chú", "Note", ("Ghi chú khác", "GC", "Chú thích"))
