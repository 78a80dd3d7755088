"""The columns of each list; no other column is read."""

from dataclasses import replace

from lib.exchange.columns import cell_values, code_words, shared
from lib.exchange.columns.column import Column

HAMLETS = (
    Column(
        "code",
        "Mã ấp, khu phố",
        "Code",
        ("Mã", "Mã ấp", "Mã khu phố", "Mã thôn", "Hamlet code"),
        cell_values.place_code,
    ),
    shared.COMMUNE,
    shared.DISTRICT,
    Column(
        "kind",
        "Loại",
        "Kind",
        ("Loại hình", "Loại ấp", "Ấp hay khu phố"),
        example="ấp",
        choices=code_words.HAMLET_KINDS,
    ),
    Column(
        "name",
        "Tên ấp, khu phố",
        "Name",
        ("Tên", "Ấp, khu phố", "Ấp", "Khu phố", "Ấp/khu phố", "Tên ấp", "Tên khu phố", "Tên thôn", "Thôn", "Hamlet"),
        cell_values.numbered,
        required=True,
        example="Phước Mẫu",
    ),
)

_MEMBER = (
    Column(
        "full_name",
        "Họ và tên",
        "Full name",
        (*shared.NAMES, "Họ tên tổ viên", "Họ và tên thành viên", "Họ tên thành viên", "Thành viên", "Tổ viên"),
        example="Nguyễn Văn Mẫu",
    ),
    Column(
        "role",
        "Vai trò",
        "Role",
        ("Vai trò trong tổ", "Nhiệm vụ", "Chức danh", "Chức vụ trong tổ", "Nhiệm vụ trong tổ"),
        example="Tổ trưởng",
        choices=code_words.MEMBER_ROLES,
    ),
    Column("sex", "Giới tính", "Sex", ("Giới", "Nam/nữ", "Phái", "Gender"), example="Nam", choices=code_words.SEXES),
    Column("birth_year", "Năm sinh", "Year of birth", shared.BIRTHS, cell_values.year, example="1975"),
    Column("phone", "Điện thoại", "Telephone", shared.PHONES, cell_values.phone, example="0912345678"),
    Column("id_number", "Số CMND/CCCD", "Identity number", shared.ID_NUMBERS, cell_values.identity),
    Column(
        "position",
        "Chức vụ",
        "Post",
        ("Chức vụ, đơn vị", "Chức vụ hiện nay", "Position"),
        example="Trưởng ấp, khu phố",
        choices=code_words.POSITIONS,
    ),
    Column(
        "position_words",
        "Chức vụ khác, ghi rõ",
        "Other post (specify)",
        ("Other post, in words", "Chức vụ ghi rõ", "Chức vụ cụ thể"),
    ),
    Column(
        "categories",
        "Thành phần",
        "Categories",
        ("Đối tượng", "Thành phần tham gia"),
        example="Đảng viên",
        choices=code_words.CATEGORIES,
        several=True,
    ),
    Column(
        "organisation",
        "Tổ chức, đoàn thể",
        "Organisation",
        ("Đoàn thể", "Tổ chức", "Đơn vị", "Ngành, đoàn thể"),
        example="Mặt trận Tổ quốc",
        choices=code_words.ORGANISATIONS,
    ),
    Column(
        "availability",
        "Tình trạng tham gia",
        "Availability",
        ("Tình trạng tổ viên",),
        example="Sẵn sàng",
        choices=code_words.AVAILABILITY,
    ),
    Column("from_day", "Tham gia từ ngày", "Joined on", ("Ngày tham gia", "Vào tổ từ ngày"), cell_values.day),
)

TEAMS = (
    shared.COMMUNE,
    shared.DISTRICT,
    Column(
        "name",
        "Tên tổ",
        "Team",
        ("Tổ", "Tổ Covid", "Tổ Covid cộng đồng", "Tên tổ Covid cộng đồng", "Tổ số", "Số tổ", "Team name"),
        cell_values.numbered,
        required=True,
        example="Tổ Covid cộng đồng số 01 – ấp Phước Đức",
    ),
    shared.HAMLET,
    Column("hamlets", "Các ấp, khu phố khác", "Further hamlets", ("Ấp, khu phố khác", "Phụ trách thêm ấp, khu phố")),
    Column(
        "model",
        "Mô hình tổ",
        "Model",
        ("Mô hình", "Loại tổ"),
        example="Tổ của ấp, khu phố",
        choices=code_words.TEAM_MODELS,
    ),
    Column(
        "group_name", "Tổ tự quản", "Self-managed group", ("Tổ dân cư tự quản", "Tổ liên gia"), cell_values.numbered
    ),
    Column(
        "decision_no",
        "Số quyết định",
        "Number of the decision",
        ("Quyết định số", "Số QĐ", "Quyết định", "QĐ số"),
        cell_values.numbered,
        example="12/QĐ-UBND",
    ),
    Column(
        "decision_day",
        "Ngày quyết định",
        "Date of the decision",
        ("Day of the decision", "Ngày QĐ", "Ngày ra quyết định", "Ngày ký"),
        cell_values.day,
        example="01/08/2021",
    ),
    Column(
        "decision_issuer",
        "Cơ quan ban hành",
        "Issued by",
        ("Nơi ban hành", "Cơ quan ra quyết định"),
        example="Ủy ban nhân dân xã",
    ),
    Column("decision_signer", "Người ký", "Signed by", ("Người ký quyết định",)),
    Column(
        "team_from_day",
        "Hoạt động từ ngày",
        "From",
        ("Từ ngày", "Ngày thành lập", "Ngày hoạt động", "Thành lập ngày"),
        cell_values.day,
        example="01/08/2021",
    ),
    Column(
        "status",
        "Tình trạng",
        "Status",
        ("Trạng thái", "Tình trạng tổ"),
        example="Đang hoạt động",
        choices=code_words.TEAM_STATUS,
    ),
    Column(
        "team_phone",
        "Điện thoại của tổ",
        "Telephone of the team",
        ("SĐT tổ", "Điện thoại tổ", "SĐT của tổ"),
        cell_values.phone,
    ),
    Column("is_pilot", "Mô hình điểm", "Pilot team", ("Tổ điểm", "Điểm"), cell_values.flag, example="Không"),
    Column(
        "equipment",
        "Trang bị",
        "Equipment",
        ("Trang thiết bị", "Vật dụng được cấp"),
        example="Khẩu trang",
        choices=code_words.EQUIPMENT,
        several=True,
    ),
    Column("training_day", "Ngày tập huấn", "Trained on", ("Tập huấn", "Đã tập huấn ngày"), cell_values.day),
    shared.NOTE,
    Column("leader", "Họ tên tổ trưởng", "Leader", ("Tổ trưởng", "Tên tổ trưởng", "Họ và tên tổ trưởng")),
    Column("deputy", "Họ tên tổ phó", "Deputy leader", ("Tổ phó", "Tên tổ phó", "Họ và tên tổ phó")),
    *(replace(column, key=f"member.{column.key}") for column in _MEMBER),
)

HOUSEHOLDS = (
    shared.HOUSEHOLD,
    shared.COMMUNE,
    shared.DISTRICT,
    shared.HAMLET,
    shared.HEAD,
    Column(
        "group_name",
        "Tổ tự quản",
        "Self-managed group",
        ("Tổ", "Tổ dân cư", "Tổ dân cư tự quản", "Tổ liên gia", "Tổ tự quản số", "Tổ đoàn kết", "Số tổ", "Group"),
        cell_values.numbered,
        example="Tổ 3",
    ),
    shared.LANE,
    shared.HOUSE_NUMBER,
    Column(
        "phone",
        "Điện thoại",
        "Telephone",
        (*shared.PHONES, "SĐT chủ hộ", "Điện thoại chủ hộ", "Số điện thoại chủ hộ"),
        cell_values.phone,
        example="0912345678",
    ),
    Column(
        "phone2",
        "Điện thoại thứ hai",
        "Second telephone",
        (
            "Điện thoại 2",
            "SĐT 2",
            "SĐT thứ hai",
            "Số điện thoại 2",
            "SĐT khác",
            "Điện thoại khác",
            "SĐT người thân",
            "Điện thoại người thân",
            "Điện thoại bàn",
            "Điện thoại dự phòng",
            "Phone 2",
        ),
        cell_values.phone,
    ),
    Column(
        "person_count",
        "Số nhân khẩu",
        "Number of persons",
        (
            "Số khẩu",
            "Nhân khẩu",
            "Khẩu",
            "Số người",
            "Số người trong hộ",
            "Tổng số nhân khẩu",
            "Tổng số khẩu",
            "Tổng nhân khẩu",
            "Số NK",
            "NK",
            "Số thành viên",
            "Tổng số người",
            "Số nhân khẩu thực tế",
            "Persons",
        ),
        cell_values.whole,
        required=True,
        example="4",
    ),
    Column(
        "temporary_count",
        "Trong đó tạm trú",
        "Temporary residents",
        (
            "Of them temporary",
            "Tạm trú",
            "Số tạm trú",
            "Nhân khẩu tạm trú",
            "Số người tạm trú",
            "Khẩu tạm trú",
            "Số nhân khẩu tạm trú",
        ),
        cell_values.whole,
        example="0",
    ),
    Column(
        "dwelling",
        "Loại nhà ở",
        "Dwelling",
        ("Loại nhà", "Nhà ở", "Loại hình nhà ở"),
        example="Nhà ở riêng",
        choices=code_words.DWELLINGS,
    ),
    Column(
        "vulnerabilities",
        "Đối tượng yếu thế",
        "Vulnerability",
        ("Hộ yếu thế", "Yếu thế", "Hoàn cảnh", "Đối tượng", "Diện hộ", "Diện chính sách"),
        example="Hộ nghèo",
        choices=code_words.VULNERABILITIES,
        several=True,
    ),
    Column(
        "exposures",
        "Nguy cơ phơi nhiễm",
        "Exposure",
        ("Nguy cơ", "Nguy cơ lây nhiễm", "Nghề nguy cơ"),
        example="Tiểu thương",
        choices=code_words.EXPOSURES,
        several=True,
    ),
    Column(
        "commitment_day",
        "Ngày ký cam kết",
        "Commitment signed on",
        ("Ký cam kết", "Ngày cam kết"),
        cell_values.day,
        example="05/08/2021",
    ),
    Column(
        "from_day", "Quản lý từ ngày", "Registered from", ("Ngày đăng ký", "Đưa vào danh sách từ ngày"), cell_values.day
    ),
    Column(
        "walk_order",
        "Thứ tự đi thăm",
        "Position in the walking order",
        ("Place in the walking order", "Thứ tự thăm", "Thứ tự đi"),
        cell_values.whole,
    ),
    shared.NOTE,
)

PERSONS = (
    shared.HOUSEHOLD,
    shared.COMMUNE,
    shared.DISTRICT,
    replace(shared.HAMLET, required=False),
    replace(shared.HEAD, required=False, others=tuple(name for name in shared.HEAD.others if "hủ hộ" in name)),
    shared.LANE,
    shared.HOUSE_NUMBER,
    Column(
        "full_name",
        "Họ và tên",
        "Full name",
        (*shared.NAMES, "Họ tên nhân khẩu", "Nhân khẩu", "Họ và tên nhân khẩu"),
        required=True,
        example="Nguyễn Văn Mẫu",
    ),
    Column("birth_year", "Năm sinh", "Year of birth", shared.BIRTHS, cell_values.year, example="1975"),
    Column("sex", "Giới tính", "Sex", ("Giới", "Nam/nữ", "Phái", "Gender"), example="Nam", choices=code_words.SEXES),
    Column(
        "relation",
        "Quan hệ với chủ hộ",
        "Relation to the head",
        ("Quan hệ", "Quan hệ chủ hộ", "QH với chủ hộ"),
        example="Chủ hộ",
        choices=code_words.RELATIONS,
    ),
    Column(
        "residence",
        "Cư trú",
        "Residence",
        ("Tình trạng cư trú", "Loại cư trú", "Diện cư trú"),
        example="Thường trú",
        choices=code_words.RESIDENCES,
    ),
    Column("id_number", "Số CMND/CCCD", "Identity number", shared.ID_NUMBERS, cell_values.identity),
    Column("phone", "Điện thoại", "Telephone", shared.PHONES, cell_values.phone),
    shared.NOTE,
)

ASSIGNMENTS = (
    replace(shared.HOUSEHOLD, required=True, example="25456-0001"),
    shared.COMMUNE,
    shared.DISTRICT,
    replace(shared.HAMLET, required=False),
    replace(shared.HEAD, required=False),
    shared.LANE,
    shared.HOUSE_NUMBER,
    Column(
        "team",
        "Tên tổ",
        "Team",
        ("Tổ", "Tổ Covid", "Tổ Covid cộng đồng", "Tên tổ Covid cộng đồng", "Tổ phụ trách"),
        cell_values.numbered,
        example="Tổ Covid cộng đồng số 01 – ấp Phước Đức",
    ),
    Column(
        "member",
        "Người phụ trách",
        "Responsible member",
        (
            "Tổ viên phụ trách",
            "Tổ viên",
            "Thành viên phụ trách",
            "Họ tên tổ viên",
            "Người phụ trách hộ",
            "Họ và tên người phụ trách",
            "Họ tên người phụ trách",
            "Phụ trách",
            "Họ và tên tổ viên",
            "Member",
        ),
        required=True,
        example="Nguyễn Văn Mẫu",
    ),
    Column(
        "phone",
        "Điện thoại người phụ trách",
        "Telephone of the member",
        (*shared.PHONES, "SĐT người phụ trách", "SĐT tổ viên", "Điện thoại tổ viên"),
        cell_values.phone,
        example="0912345678",
    ),
    Column(
        "from_day", "Từ ngày", "From", ("Phụ trách từ ngày", "Ngày phân công", "Phân công từ ngày"), cell_values.day
    ),
)

EXPECTED = (
    Column(
        "code",
        "Mã đơn vị",
        "Code",
        ("Mã", "Mã xã", "Mã ĐVHC", "Mã đơn vị hành chính", "Mã xã, phường"),
        cell_values.number_text,
    ),
    replace(shared.DISTRICT, example="Huyện Mẫu"),
    Column(
        "name",
        "Đơn vị",
        "Unit",
        (
            "Tên đơn vị",
            "Xã, phường, thị trấn",
            "Xã, phường",
            "Xã/phường",
            "Xã",
            "Phường",
            "Tên xã",
            "Đơn vị hành chính",
            "Tên xã, phường",
        ),
        required=True,
        example="Xã Mẫu",
    ),
    Column(
        "households",
        "Số hộ dự kiến",
        "Households expected",
        ("Số hộ", "Tổng số hộ", "Số hộ gia đình", "Số hộ dân", "Tổng số hộ dân", "Tổng số hộ gia đình", "Households"),
        cell_values.whole,
        example="3550",
    ),
    Column(
        "persons",
        "Số nhân khẩu",
        "Persons",
        ("Dân số", "Số dân", "Nhân khẩu", "Tổng số nhân khẩu", "Số khẩu", "Tổng dân số", "Population"),
        cell_values.whole,
        example="12400",
    ),
    Column("source", "Nguồn số liệu", "Source", ("Nguồn", "Căn cứ"), example="Tổng điều tra dân số năm 2019"),
    Column("entered_day", "Ngày nhập", "Entered on", ("Ngày cập nhật",), cell_values.day),
    Column("estimate", "Số hộ ước tính", "Estimate", (), cell_values.whole),
    Column("registered", "Số hộ đã lập danh sách", "Households on the lists", (), cell_values.whole),
)

# A household with a row for each of its persons, as in the register of residence: the head first, then who lives there.
OF_A_PERSON = ("full_name", "birth_year", "sex", "relation", "residence", "id_number")
MEMBERS = (
    *(column for column in HOUSEHOLDS if column.key not in ("head_name", "person_count")),
    next(column for column in PERSONS if column.key == "head_name"),
    replace(next(column for column in HOUSEHOLDS if column.key == "person_count"), required=False),
    *(column for column in PERSONS if column.key in OF_A_PERSON),
)

# Persons are the second sheet of a file of households.
KINDS: dict[str, tuple[Column, ...]] = {
    "hamlets": HAMLETS,
    "teams": TEAMS,
    "households": HOUSEHOLDS,
    "persons": PERSONS,
    "assignments": ASSIGNMENTS,
    "expected": EXPECTED,
}
_KNOWN_BY = {"code", "commune", "district", "hamlet_code", "hamlets", "name"}
# A name may fall into two columns, the family name with the middle name, and the given name.
NAMES = {"head_name", "full_name", "member.full_name", "leader", "deputy", "member"}
OF_SEX = ("sex", "member.sex")  # may be two columns, one for each sex
FAMILY_NAMES, GIVEN_NAMES = ("Họ", "Họ đệm", "Họ và đệm", "Họ và tên đệm", "Họ lót", "Họ và chữ lót"), ("Tên",)
# Headings over the numbers of the rows.
NUMBERING = ("STT", "TT", "Số TT", "Số thứ tự", "Thứ tự", "S.T.T", "No", "No.", "#")
# Headings that number the households where each has a row for each of its persons.
NUMBERING_HOUSEHOLDS = ("STT hộ", "TT hộ", "Số TT hộ", "Số thứ tự hộ", "Hộ số", "Hộ thứ")


def is_needed(column: Column) -> bool:
    """Whether rows of any list are known by this column, or counted by it."""
    return column.required or column.key in NAMES or column.key in _KNOWN_BY


def columns_of(kind: str) -> tuple[Column, ...]:
    """Return the columns of a list, or of "members"."""
    return MEMBERS if kind == "members" else KINDS[kind]
