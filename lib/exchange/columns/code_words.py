"""The words of files for the codes of the store, Vietnamese first, then English, then what lists say instead.

Files are Vietnamese whatever the language of the screen, so these words are data and are not translated.
"""

from lib.core.words.place_words import KINDS, SHORT

Words = dict[str, tuple[str, ...]]

_ALSO = {kind: (short.upper(),) for short, kind in SHORT.items()}
_ALSO["khu phố"] += ("K.phố",)
HAMLET_KINDS: Words = {kind: (kind, kind, *_ALSO.get(kind, ())) for kind in KINDS}

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
        "Trưởng bản", "Tổ trưởng tổ dân phố", "Trưởng ấp/khu phố", "Trưởng xóm", "Trưởng buôn", "Buôn trưởng",
        "Trưởng làng",
    ),
    "front_head": (
        "Trưởng Ban công tác Mặt trận", "Head of the Front work committee", "Trưởng ban CTMT", "Trưởng BCTMT",
        "TB CTMT", "Trưởng ban mặt trận",
    ),
    "cell_secretary": ("Bí thư chi bộ", "Party-cell secretary", "Bí thư", "BT chi bộ", "BTCB", "Bí thư chi bộ bản",
                       "Bí thư chi bộ ấp", "Bí thư chi bộ thôn", "Bí thư chi bộ khu phố", "Bí thư ấp", "Bí thư bản"),
    "deputy_hamlet_head": (
        "Phó trưởng ấp, khu phố", "Deputy head of hamlet or quarter", "Phó trưởng ấp", "Phó ấp", "Phó khu phố",
        "Phó trưởng khu phố", "Phó thôn", "Phó trưởng thôn", "Phó bản", "Phó trưởng bản", "Phó trưởng xóm",
        "Phó trưởng buôn",
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
    "female": ("Nữ", "Female", "F", "Gái", "Bà", "Bé gái", "Nữ giới"),
    "male": ("Nam", "Male", "M", "Trai", "Ông", "Bé trai", "Nam giới"),
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
    "head": ("Chủ hộ", "Head of household", "CH", "Bản thân", "Chủ nhà"),
    "spouse": ("Vợ, chồng", "Wife or husband", "Vợ", "Chồng", "Vợ/chồng", "Vợ hoặc chồng"),
    "child": (
        "Con", "Child", "Con trai", "Con gái", "Con ruột", "Con đẻ", "Con nuôi", "Con riêng", "Con chung", "Con cả",
        "Con trưởng", "Con đầu", "Con út", "Con thứ", "Con trai cả", "Con trai út", "Con gái cả", "Con gái út",
        "Con riêng của vợ", "Con riêng của chồng", "Con vợ", "Con chồng",
    ),
    "parent": (
        "Cha, mẹ", "Parent", "Cha", "Mẹ", "Ba", "Bố", "Má", "Tía", "Cha/mẹ", "Bố/mẹ", "Mẹ ruột", "Cha ruột", "Bố ruột",
        "Ba ruột", "Má ruột", "Cha đẻ", "Bố đẻ", "Mẹ đẻ", "Bố vợ", "Cha vợ", "Ba vợ", "Tía vợ", "Mẹ vợ", "Má vợ",
        "Bố chồng", "Cha chồng", "Ba chồng", "Tía chồng", "Mẹ chồng", "Má chồng", "Bố nuôi", "Cha nuôi", "Ba nuôi",
        "Mẹ nuôi", "Má nuôi", "Mẹ kế", "Dì ghẻ", "Bố dượng", "Cha dượng", "Nhạc phụ", "Nhạc mẫu",
    ),
    "sibling": (
        "Anh, chị, em", "Brother or sister", "Anh", "Chị", "Em", "Anh/chị/em", "Anh ruột", "Chị ruột", "Em ruột",
        "Anh trai", "Chị gái", "Em gái", "Em trai", "Em trai ruột", "Em gái ruột", "Anh cả", "Em út", "Anh nuôi",
        "Chị nuôi", "Em nuôi", "Anh em", "Chị em", "Anh em ruột", "Chị em ruột",
    ),
    "grandchild": (
        "Cháu", "Grandchild", "Cháu nội", "Cháu ngoại", "Cháu trai", "Cháu gái", "Cháu đích tôn", "Cháu ruột",
        "Cháu nội trai", "Cháu nội gái", "Cháu ngoại trai", "Cháu ngoại gái",
    ),
    "other_kin": (
        "Người thân khác", "Other relative", "Khác", "Con dâu", "Con rể", "Dâu", "Rể", "Họ hàng", "Bà con", "Ông", "Bà",
        "Ông nội", "Bà nội", "Ông ngoại", "Bà ngoại", "Ông bà", "Ông, bà", "Ông bà nội", "Ông bà ngoại", "Ông cố",
        "Bà cố", "Cố", "Cụ", "Cụ ông", "Cụ bà", "Chắt", "Chắt nội", "Chắt ngoại", "Chít", "Bác", "Bác trai", "Bác gái",
        "Bác ruột", "Chú", "Chú ruột", "Thím", "Cô", "Cô ruột", "Dượng", "Cậu", "Cậu ruột", "Mợ", "Dì", "Dì ruột",
        "Anh rể", "Chị dâu", "Em dâu", "Em rể", "Cháu dâu", "Cháu rể", "Anh vợ", "Chị vợ", "Em vợ", "Anh chồng",
        "Chị chồng", "Em chồng", "Anh họ", "Chị họ", "Em họ", "Cháu họ", "Em con chú", "Em ruột vợ",
        "Em ruột chồng", "Anh em họ", "Chị em họ",
        "Người thân", "Thân nhân", "Người nhà", "Thông gia", "Sui gia", "Quan hệ khác", "Người họ hàng",
    ),
    "lodger": (
        "Người ở trọ", "Lodger", "Ở trọ", "Người ở nhờ", "Ở nhờ", "Ở cùng", "Người ở cùng", "Cùng ở nhờ", "Ở thuê",
        "Người thuê trọ", "Thuê trọ", "Người thuê nhà", "Khách trọ", "Người giúp việc", "Giúp việc", "Người làm",
        "Người làm thuê", "Người làm công", "Osin", "Bạn", "Bạn bè", "Không quan hệ", "Không họ hàng",
    ),
}  # fmt: skip

# KT1: registered and living here; KT2 is registered elsewhere in the province, KT3 and KT4 in another one.
RESIDENCES: Words = {
    "permanent": (
        "Thường trú", "Permanent residence", "Permanent", "TT", "HKTT", "Hộ khẩu thường trú", "Đăng ký thường trú",
        "HK thường trú", "Thường trú KT1", "ĐKTT", "ĐK HKTT", "KT1", "Có hộ khẩu", "Hộ khẩu", "Thường chú",
        "Thường trú tại địa phương", "HKTT tại chỗ",
    ),
    "temporary": (
        "Tạm trú", "Temporary residence", "Temporary", "KT2", "KT3", "KT4", "Tạm trú dài hạn", "Tạm trú ngắn hạn",
        "Tạm trú có thời hạn", "Tạm trú KT2", "Tạm trú KT3", "Tạm trú KT4", "Đăng ký tạm trú", "Tạm chú", "Sổ tạm trú",
    ),
    "guest": (
        "Lưu trú", "Overnight guest", "Guest", "Khách", "Lưu trú qua đêm", "Vãng lai", "Khách vãng lai", "Ở chơi",
    ),
    "away": (
        "Tạm vắng", "Temporarily absent", "Away", "Vắng", "Đi vắng", "Vắng mặt", "Vắng nhà", "Đi làm ăn xa",
        "Đi làm xa", "Đi xa",
    ),
}  # fmt: skip
