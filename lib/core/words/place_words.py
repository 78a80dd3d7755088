"""Replaces the general words for hamlets, communes and districts in texts by those of an area.

The texts of the program (the catalogue, the form of the report, headings of files) write "ấp, khu phố", "xã, phường,
thị trấn" and "huyện, thị xã, thành phố"; `PlaceWords.put` exchanges them for the words of the area. The words are those
of the units that stand in the store; until hamlets are entered, those the province chose, else those its hamlets had
in 2021 (KNOWN; our own knowledge, so a proposal only). General terms: Circular 04/2012/TT-BNV.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sqlite_utils import Database

from lib.core import text
from lib.core.access import User
from lib.core.audit import act
from lib.core.database import rows, set_setting, setting, value
from lib.core.errors import N_, Invalid, Say

# Of the country first, then of towns; lists of words keep this order.
KINDS = (
    "thôn",
    "ấp",
    "bản",
    "buôn",
    "bon",
    "làng",
    "plei",
    "phum",
    "sóc",
    "xóm",
    "khu dân cư",
    "khu",
    "tổ dân phố",
    "khu phố",
    "khóm",
    "khu vực",
    "khối",
    "khối phố",
    "tiểu khu",
    "phố",
    "tổ",
)
# Three are too short to mean a hamlet wherever they stand.
PLAIN = tuple(kind for kind in KINDS if kind not in ("khu", "phố", "tổ"))
SHORT = {"kp": "khu phố", "tdp": "tổ dân phố", "kdc": "khu dân cư"}  # as lists write them
_URBAN = KINDS[KINDS.index("tổ dân phố") :]
GENERAL = ("thôn", "tổ dân phố")
MOST = 4  # words in a row; a province with more says the general ones
_COMMUNES, _DISTRICTS = ("Xã", "Phường", "Thị trấn"), ("Quận", "Huyện", "Thị xã", "Thành phố")
_SETTING = "words.hamlets"
# The store's own province; others are in the table as origins of guests.
_OWN = "select parent_code from areas where level = 'district' limit 1"

_THON = {
    "tổ dân phố": "01 02 06 08 10 15 24 26 31 33 34 35 36 42 44 46 48 51 56 62 68",
    "khu phố": "22 27 45 52 54 58 60",
    "khối phố": "20 49",
    "khu dân cư": "30",
    "phố": "37",
}
_AP = {"khu phố": "70 72 74 75 77 79 80 82 83 91", "khóm": "84 86 87 89 94 95 96", "khu vực": "92 93"}
KNOWN: dict[str, tuple[str, ...]] = {
    **{code: ("thôn", town) for town, codes in _THON.items() for code in codes.split()},
    **{code: ("ấp", town) for town, codes in _AP.items() for code in codes.split()},
    "04": ("xóm", "tổ dân phố"),
    "17": ("xóm", "tổ dân phố"),
    "19": ("xóm", "tổ dân phố"),
    "25": ("khu",),
    "11": ("bản", "tổ dân phố"),
    "12": ("bản", "tổ dân phố"),
    "14": ("bản", "tiểu khu"),
    "38": ("thôn", "bản", "khu phố"),
    "40": ("bản", "xóm", "khối"),
    "64": ("thôn", "làng", "tổ dân phố"),
    "66": ("thôn", "buôn", "tổ dân phố"),
    "67": ("thôn", "buôn", "bon", "tổ dân phố"),
}


@dataclass(frozen=True)
class PlaceWords:
    """Words of an area in their order, without capitals: ("ấp", "khu phố"), ("xã", "phường"), ("huyện",)."""

    hamlets: tuple[str, ...] = GENERAL
    communes: tuple[str, ...] = tuple(kind.lower() for kind in _COMMUNES)
    districts: tuple[str, ...] = tuple(kind.lower() for kind in _DISTRICTS)

    @property
    def hamlet(self) -> str:
        """Return the words for hamlets in a sentence: "thôn, tổ dân phố" in "trưởng các thôn, tổ dân phố"."""
        return ", ".join(self.hamlets)

    @property
    def commune(self) -> str:
        return ", ".join(self.communes)

    @property
    def district(self) -> str:
        return ", ".join(self.districts)

    def put(self, sentence: str) -> str:
        """Return a text of the program with the area's words; other texts stay as they are.

        "xã" and "huyện" alone stay, too, unless all units of the area are of one other kind: a ward reads "phường".
        """
        ours = {
            "ấp, khu phố": self.hamlet,
            "ấp": self.hamlets[0],
            "xã, phường, thị trấn": self.commune,
            "huyện, thị xã, thành phố": self.district,
        }
        ours["xã (phường, thị trấn)"] = self.commune
        ours |= {
            word: kinds[0] for word, kinds in (("xã", self.communes), ("huyện", self.districts)) if len(kinds) == 1
        }
        return _WRITTEN.sub(lambda match: self._exchanged(match, ours), sentence)

    @staticmethod
    def _exchanged(match: re.Match[str], ours: dict[str, str]) -> str:
        """Return the area's word, capitalised like the text; the kind of a named unit, "xã Thanh Phước", stays."""
        word = match[0]
        new = ours.get(word.lower(), word)
        if word.lower() in ("xã", "huyện") and match.string[match.end() + 1 : match.end() + 2].isupper():
            return word
        return new[:1].upper() + new[1:] if word[0].isupper() else new


# As the texts of the program have them; "ấp" alone is one hamlet, "ấp Phước Đức". A level is no unit: "cấp xã".
_WRITTEN = re.compile(
    r"(?<!\w)(?:ấp, khu phố|ấp|xã, phường, thị trấn|xã \(phường, thị trấn\)|huyện, thị xã, thành phố|"
    r"(?<!cấp )(?<!thị )(?:xã|huyện)(?! hội| ủy|, ))(?!\w)",
    re.IGNORECASE,
)


@lru_cache(4096)  # the sentences of a page are the same in each of its runs
def speaks(sentence: str) -> bool:
    """Whether a text has words that `PlaceWords.put` would replace."""
    return _WRITTEN.search(sentence) is not None


def _row_of(kinds: Iterable[str], least: int) -> str:
    """Return a pattern of at least so many of these words in a row, folded, in any order."""
    any_ = "|".join(sorted(map(text.fold, kinds), key=len, reverse=True))
    return rf"(?:{any_})(?:[ ,/]+(?:va |hoac )?(?:{any_})){{{least - 1},}}"


_FOLDED = {"district": "huyen thi xa thanh pho", "commune": "xa phuong thi tran", "hamlet": "ap khu pho"}
_ROW = re.compile(
    rf"(?<!\w)(?:(?P<district>{_row_of(_DISTRICTS, 2)})|(?P<commune>{_row_of(_COMMUNES, 2)})|"
    rf"(?P<hamlet>{_row_of(KINDS, 1)}))(?!\w)"
)


@lru_cache(4096)
def general(folded: str) -> str:
    """Replace a file's own words by the general ones, folded: "ten thon, ban" -> "ten ap khu pho".

    The reverse of `put`, for reading headings and cells.
    """
    return _ROW.sub(lambda match: _FOLDED[match.lastgroup or ""], folded)


def of_store(db: Database) -> PlaceWords:
    """Return the words of the whole province."""
    return _of(db, rows(db, "select level, kind from areas group by level, kind"))


def of(db: Database, code: str) -> PlaceWords:
    """Return the words of an area and its units."""
    return (
        of_store(db)
        if len(code) == 2
        else _of(
            db,
            rows(
                db,
                """with recursive inside (code, level, kind) as (
               select code, level, kind from areas where code = :code union all
               select a.code, a.level, a.kind from areas a join inside on a.parent_code = inside.code)
           select distinct level, kind from inside""",
                {"code": code},
            ),
        )
    )


def _of(db: Database, lines: list[dict]) -> PlaceWords:
    kinds = {
        level: {line["kind"] for line in lines if line["level"] == level} for level in ("hamlet", "commune", "district")
    }
    return PlaceWords(
        _few(_ordered(kinds["hamlet"], KINDS)) or _fitting(chosen(db), kinds["commune"]),
        _ordered(kinds["commune"], _COMMUNES) or PlaceWords.communes,
        _ordered(kinds["district"] or _all(db, "district"), _DISTRICTS) or PlaceWords.districts,
    )


def _all(db: Database, level: str) -> set[str]:
    return {line["kind"] for line in rows(db, "select distinct kind from areas where level = ?", [level])}


def _ordered(kinds: set[str], order: tuple[str, ...]) -> tuple[str, ...]:
    """Sort words in the order of the list; unknown ones go last."""
    in_order = [kind for kind in order if kind in kinds] + sorted(kinds - set(order))
    return tuple(kind.lower() for kind in in_order)


def _fitting(kinds: tuple[str, ...], communes: set[str]) -> tuple[str, ...]:
    """Return only the urban words, if there are any, for an area of wards alone: "khu phố" for Quận 1."""
    urban = tuple(kind for kind in kinds if kind in _URBAN)
    return urban if urban and communes == {"Phường"} else kinds


def _few(kinds: tuple[str, ...]) -> tuple[str, ...]:
    return kinds if len(kinds) <= MOST else GENERAL


def chosen(db: Database) -> tuple[str, ...]:
    """Return the province's words for hamlets while none is entered: those chosen, else those of 2021."""
    stored = setting(db, _SETTING)
    kinds = _ordered({word for word in (stored or "").split(", ") if word in KINDS}, KINDS)
    return kinds or proposed(value(db, _OWN) or "")


def proposed(province: str) -> tuple[str, ...]:
    """Return what a province called its hamlets in 2021, for the set-up; the general words if unknown."""
    return KNOWN.get(province, GENERAL)


def first(db: Database) -> tuple[str, ...]:
    """Return every word for a hamlet, those of the province first, to choose from."""
    ours = of_store(db).hamlets
    return (*ours, *(kind for kind in KINDS if kind not in ours))


def keep(db: Database, kinds: list[str] | tuple[str, ...]) -> None:
    """Store the choice, inside an open act or the set-up; raise Invalid unless it is one to MOST known words."""
    if not 0 < len(set(kinds)) <= MOST or set(kinds) - set(KINDS):
        raise Invalid({"hamlets": Say(N_("Choose one to {most} kinds."), {"most": MOST})})
    set_setting(db, _SETTING, ", ".join(_ordered(set(kinds), KINDS)))


def choose(db: Database, user: User, kinds: list[str], *, now: datetime) -> None:
    """Store the province's choice and log it."""
    with act(db, user, "setting.rules", now=now, kind="setting.words") as deed:
        old = ", ".join(chosen(db))
        keep(db, kinds)
        new = ", ".join(chosen(db))
        deed.subject, deed.detail = "words", {"hamlet_words": [old, new]}
        deed.nothing = old == new
