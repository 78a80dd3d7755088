"""The words of files for the codes of the store, Vietnamese first, then English, then what lists say instead.

Files are Vietnamese whatever the language of the screen, so these words are data and are not translated.
"""

Words = dict[str, tuple[str, ...]]

HAMLET_KINDS: Words = {
    "ấp": ("ấp", "ấp"),
    "khu phố": ("khu phố", "khu phố", "KP", "K.phố"),
    "thôn": ("thôn", "thôn"),
    "bản": ("bản", "bản"),
    "tổ dân phố": ("tổ dân phố", "tổ dân phố", "TDP"),
    "khu dân cư": ("khu dân cư", "khu dân cư", "KDC"),
    "buôn": ("buôn", "buôn"),
    "làng": ("làng", "làng"),
    "xóm": ("xóm", "xóm"),
}

TEAM_MODELS: Words = {
    "hamlet": ("Tổ của ấp, khu phố", "Hamlet team", "Ấp, khu phố", "Ấp", "Khu phố", "Theo ấp", "Thôn"),
    "residential_area": (
        "Tổ của khu dân cư", "Residential-area team", "Khu dân cư", "Theo khu dân cư", "KDC", "Tổ tự quản", "Tổ dân cư",
    ),
}  # fmt: skip

TEAM_STATUS: Words = {
    "active": ("Đang hoạt động", "Active", "Hoạt động"),
    "reconstituting": ("Đang kiện toàn", "Being reconstituted", "Kiện toàn"),
}

MEMBER_ROLES: Words = {
    "leader": ("Tổ trưởng", "Leader", "Trưởng", "TT"),
    "deputy": ("Tổ phó", "Deputy leader", "Phó", "TP"),
    "member": ("Tổ viên", "Member", "Thành viên", "TV", "Ủy viên"),
}

POSITIONS: Words = {
    "deputy_cell_secretary": (
        "Phó bí thư chi bộ", "Deputy Party-cell secretary", "Phó bí thư", "PBT chi bộ", "Phó BT chi bộ", "PBT",
    ),
    "hamlet_head": (
        "Trưởng ấp, khu phố", "Head of hamlet or quarter", "Trưởng ấp", "Trưởng khu phố", "Trưởng KP", "Trưởng thôn",
        "Trưởng bản", "Tổ trưởng tổ dân phố", "Trưởng ấp/khu phố",
    ),
    "front_head": (
        "Trưởng Ban công tác Mặt trận", "Head of the Front work committee", "Trưởng ban CTMT", "Trưởng BCTMT",
        "TB CTMT", "Trưởng ban mặt trận",
    ),
    "cell_secretary": ("Bí thư chi bộ", "Party-cell secretary", "Bí thư", "BT chi bộ", "BTCB"),
    "deputy_hamlet_head": (
        "Phó trưởng ấp, khu phố", "Deputy head of hamlet or quarter", "Phó trưởng ấp", "Phó ấp", "Phó khu phố",
        "Phó trưởng khu phố", "Phó thôn", "Phó trưởng thôn",
    ),
    "other": ("Chức vụ khác", "Other post", "Khác"),
}  # fmt: skip

CATEGORIES: Words = {
    "party_member": ("Đảng viên", "Party member", "ĐV"),
    "front_worker": ("Cán bộ Mặt trận", "Front work", "Mặt trận", "Công tác mặt trận"),
    "cell_committee": ("Cấp ủy viên chi bộ", "Cell committee member", "Cấp ủy", "Chi ủy viên", "Cấp ủy viên"),
    "police": ("Công an viên", "Commune police officer", "Công an", "CAV"),
    "health_worker": (
        "Nhân viên y tế ấp, khu phố", "Hamlet health worker", "Y tế", "Y tế ấp", "Nhân viên y tế", "Y tế thôn bản",
        "Nhân viên y tế ấp", "NVYT",
    ),
    "hamlet_cadre": ("Cán bộ ấp, khu phố", "Hamlet or quarter cadre", "Cán bộ ấp", "Cán bộ khu phố"),
    "association": ("Hội, đoàn thể", "Association or union", "Đoàn thể", "Hội", "Hội đoàn thể"),
    "volunteer": ("Tình nguyện viên", "Volunteer", "TNV", "Tình nguyện"),
}  # fmt: skip

ORGANISATIONS: Words = {
    "front": ("Mặt trận Tổ quốc", "Fatherland Front", "MTTQ", "Mặt trận", "UBMTTQ"),
    "women": ("Hội Liên hiệp Phụ nữ", "Women's Union", "Phụ nữ", "Hội Phụ nữ", "HPN", "Hội LHPN"),
    "youth": ("Đoàn Thanh niên", "Youth Union", "Thanh niên", "Đoàn TN", "ĐTN"),
    "farmers": ("Hội Nông dân", "Farmers' Association", "Nông dân", "HND"),
    "veterans": ("Hội Cựu chiến binh", "Veterans' Association", "Cựu chiến binh", "CCB", "Hội CCB"),
    "elderly": ("Hội Người cao tuổi", "Association of the Elderly", "Người cao tuổi", "NCT", "Hội NCT"),
    "police": ("Công an", "Police", "CA"),
    "health": ("Ngành y tế", "Health sector", "Y tế", "Trạm y tế"),
    "other": ("Khác", "Other"),
}

AVAILABILITY: Words = {
    "available": ("Sẵn sàng", "Available", "Đang tham gia"),
    "isolating": ("Đang cách ly", "Isolating", "Cách ly"),
    "ill": ("Ốm", "Ill", "Bệnh", "Đang bệnh"),
    "leave": ("Nghỉ phép", "On leave", "Nghỉ"),
}

EQUIPMENT: Words = {
    "badge": ("Thẻ hoặc băng đeo tay", "Badge or armband", "Thẻ", "Băng đeo tay", "Băng đỏ", "Thẻ đeo"),
    "masks": ("Khẩu trang", "Masks"),
    "sanitiser": ("Nước sát khuẩn", "Hand sanitiser", "Sát khuẩn", "Nước rửa tay"),
    "thermometer": ("Nhiệt kế", "Thermometer", "Máy đo thân nhiệt", "Máy đo nhiệt độ"),
    "loudspeaker": ("Loa cầm tay", "Hand loudspeaker", "Loa"),
    "notebook": ("Sổ theo dõi", "Notebook", "Sổ"),
}

SEXES: Words = {
    "female": ("Nữ", "Female", "F", "Gái", "Bà"),
    "male": ("Nam", "Male", "M", "Trai", "Ông"),
}

DWELLINGS: Words = {
    "house": ("Nhà ở riêng", "House", "Nhà riêng", "Nhà", "Nhà ở", "Nhà cấp 4"),
    "boarding_room": ("Phòng trọ", "Boarding room", "Nhà trọ", "Trọ", "Ở trọ"),
    "flat": ("Căn hộ", "Flat", "Chung cư", "Căn hộ chung cư"),
    "dormitory": ("Ký túc xá, nhà tập thể", "Dormitory", "Ký túc xá", "KTX", "Nhà tập thể"),
    "shop": ("Cửa hàng", "Shop", "Tiệm", "Cơ sở kinh doanh"),
}

VULNERABILITIES: Words = {
    "poor": ("Hộ nghèo", "Poor household", "Nghèo", "Hộ cận nghèo", "Cận nghèo"),
    "elderly_alone": (
        "Người cao tuổi neo đơn",
        "Elderly living alone",
        "Người già neo đơn",
        "Neo đơn",
        "Già neo đơn",
    ),
    "disabled": ("Người khuyết tật", "Person with a disability", "Khuyết tật", "NKT"),
    "pregnant": ("Phụ nữ mang thai", "Pregnant woman", "Mang thai", "Có thai", "Thai phụ"),
    "chronic": ("Bệnh mạn tính", "Chronic disease", "Bệnh nền", "Bệnh mãn tính", "Người có bệnh nền"),
    "child_under_5": ("Trẻ dưới 5 tuổi", "Child under 5", "Trẻ em dưới 5 tuổi", "Trẻ nhỏ"),
}

EXPOSURES: Words = {
    "trader": ("Tiểu thương", "Market trader", "Buôn bán", "Buôn bán chợ"),
    "driver": ("Lái xe", "Driver", "Tài xế"),
    "factory": ("Công nhân nhà máy", "Factory worker", "Công nhân"),
    "health_worker": ("Nhân viên y tế", "Health worker", "Y tế", "NVYT"),
    "border": ("Làm việc ở biên giới", "Border work", "Biên giới"),
}

RELATIONS: Words = {
    "head": ("Chủ hộ", "Head of household"),
    "spouse": ("Vợ, chồng", "Wife or husband", "Vợ", "Chồng", "Vợ/chồng"),
    "child": ("Con", "Child", "Con trai", "Con gái", "Con ruột", "Con đẻ"),
    "parent": ("Cha, mẹ", "Parent", "Cha", "Mẹ", "Ba", "Bố", "Má", "Cha/mẹ", "Bố/mẹ", "Mẹ ruột", "Cha ruột"),
    "sibling": ("Anh, chị, em", "Brother or sister", "Anh", "Chị", "Em", "Anh/chị/em", "Em ruột", "Em gái", "Em trai"),
    "grandchild": ("Cháu", "Grandchild", "Cháu nội", "Cháu ngoại"),
    "other_kin": ("Người thân khác", "Other relative", "Khác", "Con dâu", "Con rể", "Dâu", "Rể", "Họ hàng", "Bà con"),
    "lodger": ("Người ở trọ", "Lodger", "Ở trọ", "Người ở nhờ", "Ở nhờ"),
}

RESIDENCES: Words = {
    "permanent": ("Thường trú", "Permanent residence", "Permanent", "TT"),
    "temporary": ("Tạm trú", "Temporary residence", "Temporary", "KT3"),
    "guest": ("Lưu trú", "Overnight guest", "Guest", "Khách"),
    "away": ("Tạm vắng", "Temporarily absent", "Away", "Vắng"),
}
