"""Invents people of the South: natural names by generation, and plausible families.

Nobody is copied from life; combinations of the words below are as common as real ones, no more.
"""

from random import Random
from typing import NamedTuple

FAMILY_NAMES = {
    "Nguyễn": 300,
    "Trần": 115,
    "Lê": 100,
    "Phạm": 62,
    "Huỳnh": 62,
    "Võ": 48,
    "Phan": 42,
    "Trương": 27,
    "Đặng": 26,
    "Bùi": 22,
    "Dương": 18,
    "Hồ": 17,
    "Đỗ": 16,
    "Ngô": 15,
    "Lý": 11,
    "Đoàn": 10,
    "Lâm": 10,
    "Mai": 9,
    "Cao": 8,
    "Châu": 7,
    "Đinh": 7,
    "Tô": 6,
    "Thái": 6,
    "Hà": 5,
    "Lương": 5,
    "Tạ": 4,
    "Kiều": 3,
}


def words(text: str) -> list[str]:
    """Split a list written as one string: by commas if it has any, else by spaces."""
    return text.split("," if "," in text else None)


_MEN = {"Văn": 56, "Thanh": 10, "Hữu": 8, "Minh": 6, "Công": 5, "Ngọc": 5, "Hoàng": 4, "Phước": 3, "Trung": 3}
_WOMEN = {"Thị": 76, "Ngọc": 8, "Kim": 7, "Thu": 5, "Bích": 4}

# Given names by sex and generation; from the youngest on, two words that are given together.
_OLD_MEN = words(
    "Hùng Sơn Hải Thành Tâm Tài Lợi Hòa Đức Nghĩa Tư Năm Mười Út Nhơn Sang Rành Thiệt Bền Đẹt Hiếu Chiến Dân Khen "
    "Lực Mừng Nhựt Phải Quới Tròn Xê Xứng Đực Bông Cang Chót Đặng Hạp Kỉnh Lành Mén Nhẫn Sáng Thâu Tiếp Vinh"
)
_OLD_WOMEN = words(
    "Ba Tư Năm Tám Chín Mười Huệ Cúc Đào Liên Sen Nga Hồng Mận Lựu Xinh Gấm Lụa Thơm Nhàn Hiền Sương Tuyết Phấn Lài "
    "Bưởi Chanh Điệp Đẹp Ghi Hến Hường Khéo Lẹ Mến Nở Nhạn Phượng Rỡ Son Tho Thừa Tốt Xuyến Yến Bông Ngoan"
)
_MEN_NOW = words(
    "Tuấn Hùng Dũng Thắng Cường Phong Tùng Thanh Vinh Quang Hiếu Trung Lâm Toàn Phúc Tân Nam Khánh Hải Sơn Tâm Tài "
    "Hậu Hiệp Thuận Thịnh Lộc Nhân Tiến Trường Bình Đạt Đông Giang Hoàng Huy Khoa Lợi Luân Nghĩa Phương Quý Sang Tín"
)
_WOMEN_NOW = words(
    "Hương Thủy Hạnh Phượng Loan Yến Trang Thảo Dung Hằng Thúy Vân Oanh Tuyết Nhung Linh Trinh Diễm Mai Cẩm Chi Đào "
    "Giang Hiền Hòa Kiều Lan Liễu Lý Nga Nguyệt Nhàn Như Phương Quyên Tâm Thắm Thu Thư Tiên Trúc Tươi Xuân Châu"
)
_BOYS = words(
    "Gia Bảo,Minh Khang,Hoàng Phúc,Anh Khoa,Quốc Huy,Thành Đạt,Minh Trí,Gia Huy,Nhật Minh,Đăng Khoa,Thiên Phúc,"
    "Hữu Nghĩa,Trung Kiên,Tuấn Kiệt,Minh Quân,Hoàng Nam,Quốc Bảo,Thanh Tùng,Duy Khánh,Phúc An,Gia Khiêm,Minh Nhật,"
    "Hải Đăng,Trường Giang,Quang Vinh,Bảo Nguyên,Phước Lộc,Thái Sơn,Đình Phong,Khánh Duy,Trọng Tín,"
    "Nhựt Hào,Minh Thiện,Tiến Đạt,Anh Tuấn,Chấn Hưng,Gia Kiệt,Hoài Nam,Ngọc Sang,Văn Thịnh,Văn Lộc,Văn Hậu"
)
_GIRLS = words(
    "Ngọc Hân,Bảo Ngọc,Thảo Vy,Như Ý,Khánh Vy,Tường Vy,Quỳnh Như,Gia Hân,Minh Thư,Anh Thư,Yến Nhi,Phương Anh,"
    "Thanh Trúc,Mỹ Duyên,Ngọc Trâm,Thùy Dương,Bích Tuyền,Kim Xuyến,Hồng Nhung,Cẩm Tú,Thúy Vy,Bảo Trân,Ngọc Diệp,"
    "Mai Phương,Tuyết Nhi,Kiều My,Trúc Linh,Diễm My,Hoài Thương,Lan Anh,Ngọc Thảo,Quỳnh Giao,Phương Thảo,Ánh Dương,"
    "Thị Ngọc Yến,Thị Mỹ Hạnh,Thị Thanh Ngân,Thị Cẩm Nhung,Thị Thu Thảo,Thị Hồng Đào,Thị Kiều Oanh,Thị Bé Thơ"
)


class Person(NamedTuple):
    full_name: str
    sex: str
    birth_year: int
    relation: str
    residence: str = "permanent"


class Family(NamedTuple):
    """The members of one household; the head comes first."""

    persons: list[Person]
    dwelling: str = "house"
    alone: bool = False


def pick(random: Random, weights: dict[str, int]) -> str:
    return random.choices(list(weights), weights.values())[0]


def surname(random: Random) -> str:
    return pick(random, FAMILY_NAMES)


def full_name(random: Random, family: str, sex: str, age: int) -> str:
    """Return a name of the generation: "Nguyễn Văn Rành", "Trần Thị Thủy", "Lê Gia Hân"."""
    if age < 25:
        return f"{family} {random.choice(_GIRLS if sex == 'female' else _BOYS)}"
    middles, olds, youngs = (_WOMEN, _OLD_WOMEN, _WOMEN_NOW) if sex == "female" else (_MEN, _OLD_MEN, _MEN_NOW)
    given_name = random.choice(olds if age >= 57 else youngs)
    middle = pick(random, {word: weight for word, weight in middles.items() if word != given_name})
    return f"{family} {middle} {given_name}"


class _Household:
    """A family under construction, in which no two persons have the same name."""

    def __init__(self, random: Random, year: int):
        self.random, self.year = random, year
        self.persons: list[Person] = []

    def add(self, family: str, sex: str, age: int, relation: str, residence: str = "permanent") -> None:
        taken = {person.full_name for person in self.persons}
        name = full_name(self.random, family, sex, age)
        while name in taken:
            name = full_name(self.random, family, sex, age)
        self.persons.append(Person(name, sex, self.year - age, relation, residence))

    def couple(self, family: str, age: int) -> int:
        """Add husband and wife, either of them the head; return the age of the wife."""
        wife = max(19, age - self.random.randint(-2, 6))
        pair = [(family, "male", age), (surname(self.random), "female", wife)]
        if self.random.random() < 0.28:
            pair.reverse()
        for who, relation in zip(pair, ("head", "spouse"), strict=True):
            self.add(*who, relation)
        return wife

    def children(self, family: str, mother: int, relation: str, weights: dict[int, int]) -> None:
        """Add children with the father's family name, born when the mother was 19 to 40."""
        count = self.random.choices(list(weights), weights.values())[0]
        age = mother - self.random.randint(20, 27)
        for _child in range(count):
            if age < 0:
                return
            sex = self.random.choice(("female", "male"))
            grown = age >= 20 and self.random.random() < 0.2
            self.add(family, sex, age, relation, "away" if grown else "permanent")
            age -= self.random.randint(2, 6)
            if mother - age > 40:
                return


def _nuclear(home: _Household) -> Family:
    family, age = surname(home.random), home.random.randint(25, 56)
    wife = home.couple(family, age)
    home.children(family, wife, "child", {0: 8, 1: 30, 2: 46, 3: 16})
    return Family(home.persons)


def _three_generations(home: _Household) -> Family:
    family, age = surname(home.random), home.random.randint(55, 76)
    if home.random.random() < 0.6:
        home.couple(family, age)
    else:
        family = _widow(home, age)
    child, sex = age - home.random.randint(23, 30), home.random.choice(("female", "male"))
    home.add(family, sex, child, "child")
    grandchildren_of = family
    if home.random.random() < 0.8:
        grandchildren_of = family if sex == "male" else surname(home.random)
        other = "female" if sex == "male" else "male"
        in_law = surname(home.random) if sex == "male" else grandchildren_of
        home.add(in_law, other, max(20, child + home.random.randint(-4, 4)), "other_kin")
    home.children(grandchildren_of, child, "grandchild", {1: 50, 2: 42, 3: 8})
    return Family(home.persons)


def _widow(home: _Household, age: int) -> str:
    """Add a widow as head; return the family name of her late husband, which the children bear."""
    home.add(surname(home.random), "female", age, "head")
    return surname(home.random)


def _with_parent(home: _Household) -> Family:
    """Return a family of a couple, their children and an old mother or father."""
    family, age = surname(home.random), home.random.randint(30, 52)
    wife = home.couple(family, age)
    old, sex = age + home.random.randint(22, 32), home.random.choice(("female", "female", "male"))
    home.add(surname(home.random) if sex == "female" else family, sex, min(old, 92), "parent")
    home.children(family, wife, "child", {1: 40, 2: 48, 3: 12})
    return Family(home.persons)


def _old_couple(home: _Household) -> Family:
    home.couple(surname(home.random), home.random.randint(60, 80))
    return Family(home.persons)


def _old_alone(home: _Household) -> Family:
    sex = home.random.choice(("female", "female", "male"))
    home.add(surname(home.random), sex, home.random.randint(65, 88), "head")
    return Family(home.persons, alone=True)


def _mother(home: _Household) -> Family:
    age = home.random.randint(26, 52)
    father = _widow(home, age)
    home.children(father, age, "child", {1: 55, 2: 45})
    return Family(home.persons)


def _lodgers(home: _Household) -> Family:
    """Return the workers of a boarding room, each from another family."""
    sex = home.random.choice(("female", "male"))
    for place in range(home.random.choice((1, 1, 2, 2, 3))):
        relation = "lodger" if place else "head"
        home.add(surname(home.random), sex, home.random.randint(19, 38), relation, "temporary")
    return Family(home.persons, dwelling="boarding_room")


_KINDS = {
    _nuclear: 54,
    _three_generations: 14,
    _with_parent: 12,
    _old_couple: 6,
    _old_alone: 3,
    _mother: 5,
    _lodgers: 6,
}


def family(random: Random, year: int) -> Family:
    """Return one household's people as of a year."""
    kind = random.choices(list(_KINDS), _KINDS.values())[0]
    return kind(_Household(random, year))
