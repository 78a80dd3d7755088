"""The words on printed sheets, always Vietnamese."""

from datetime import date

# As the keys and the words of the screen's sheet: an answer on paper is typed with the digit printed above it.
OUTCOMES = {
    "met": "Gặp trực tiếp",
    "phone": "Qua điện thoại",
    "absent": "Vắng",
    "refused": "Từ chối",
    "central_quarantine": "Cách ly tập trung",
}
FLAGS = {
    "s": "Có triệu chứng",
    "v": "Khách, người từ nơi khác đến, về",
    "k": "Không khai báo, vi phạm",
    "n": "Cần hỗ trợ",
    "g": "Ghi chú",
}
STATUS = {"central_quarantine": "Cả hộ đang cách ly tập trung", "locked_down_elsewhere": "Đang ở khu phong tỏa khác"}
ROLES = {"leader": "Tổ trưởng", "deputy": "Tổ phó", "member": "Tổ viên"}
BLANK = "…" * 8  # to be written by hand


def day(value: str) -> str:
    """Write a day: "ngày 06 tháng 8 năm 2021", with a zero before days under ten and the months 1 and 2 only."""
    on = date.fromisoformat(value)
    month = f"{on.month:02d}" if on.month < 3 else str(on.month)
    return f"ngày {on.day:02d} tháng {month} năm {on.year}"


def short_day(value: str) -> str:
    return date.fromisoformat(value).strftime("%d/%m/%Y")


def place(line: dict) -> str:
    """Write an address, the nearest part first: "12A, Hẻm 3, Tổ tự quản 5"."""
    return ", ".join(filter(None, (line["house_number"], line["lane"], line["group_name"])))


def spans(lines: list[dict]) -> str:
    """Write row numbers as runs: "1–8, 25"."""
    runs: list[list[int]] = []
    for number in sorted(line["number"] for line in lines):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)


def counted(lines: list[dict]) -> str:
    """Write the sums of these rows: "8 hộ, 31 nhân khẩu"."""
    return f"{len(lines)} hộ, {sum(line['persons'] for line in lines)} nhân khẩu"
