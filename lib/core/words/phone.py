"""Vietnamese telephone numbers, read by `phonenumbers`; ours is only where the numbers of before 2018 moved to.

The library knows the numbers of today. Old lists hold mobiles of eleven digits (until 15/9/2018) and landlines with the
area codes of before 2017; both are led to what they are now.
"""

import re
from functools import lru_cache

import phonenumbers
from phonenumbers import Leniency, NumberParseException, PhoneNumber, PhoneNumberFormat, PhoneNumberType

from lib.core.errors import N_, Invalid, Say
from lib.core.text import clean

_HERE, _CODE = "VN", 84
# The first digits behind the nought, then and now.
_MOBILES = {
    "120": "70",
    "121": "79",
    "122": "77",
    "126": "76",
    "128": "78",
    "123": "83",
    "124": "84",
    "125": "85",
    "127": "81",
    "129": "82",
    "162": "32",
    "163": "33",
    "164": "34",
    "165": "35",
    "166": "36",
    "167": "37",
    "168": "38",
    "169": "39",
    "186": "56",
    "188": "58",
    "199": "59",
}
_AREAS = {
    "22": "212",
    "231": "213",
    "20": "214",
    "230": "215",
    "29": "216",
    "52": "232",
    "53": "233",
    "54": "234",
    "510": "235",
    "511": "236",
    "37": "237",
    "38": "238",
    "39": "239",
    "33": "203",
    "240": "204",
    "25": "205",
    "26": "206",
    "27": "207",
    "280": "208",
    "281": "209",
    "320": "220",
    "321": "221",
    "241": "222",
    "31": "225",
    "351": "226",
    "36": "227",
    "350": "228",
    "30": "229",
    "780": "290",
    "781": "291",
    "710": "292",
    "711": "293",
    "74": "294",
    "76": "296",
    "77": "297",
    "79": "299",
    "4": "24",
    "8": "28",
    "61": "251",
    "62": "252",
    "64": "254",
    "55": "255",
    "56": "256",
    "57": "257",
    "58": "258",
    "68": "259",
    "60": "260",
    "501": "261",
    "500": "262",
    "63": "263",
    "59": "269",
    "70": "270",
    "651": "271",
    "72": "272",
    "73": "273",
    "650": "274",
    "75": "275",
    "66": "276",
    "67": "277",
}
_KEPT = (PhoneNumberType.FIXED_LINE, PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)
_AS_STORED = re.compile(r"0(?:3[2-9]|7[06-9]|8[1-8]|9[0-9])[0-9]{7}")  # most cells of a list: nothing to find out
_BLANKS = str.maketrans("", "", " .")
_MOBILE = re.compile(r"[35789][0-9]{8}")  # blocks that are opened after the library was made
# Both kinds as a condition in SQL on the column {0}.
READABLE = f"({{0}} glob '0[35789]{'[0-9]' * 8}' or {{0}} glob '02{'[0-9]' * 9}')"
_MESSAGE = N_("A telephone number has 10 digits (mobile) or 11 (landline), e.g. 0912 345 678 or 0276 3822 123.")

_CODE_WITH_NOUGHT = re.compile(r"(?<![0-9])084(?=[1-9][0-9]{8,9}(?![0-9]))")
_APART_FROM_ITS_AREA = re.compile(
    r"[^0-9]*(?:(?:\+?84)?[^0-9]+)?0?2[0-9][^0-9]"
)  # "020.3822007", of no number of today
_LETTER_O = re.compile(r"(?<=[0-9])[oO](?=[0-9])|^[oO](?=[0-9]{8})")
_LETTER_L = re.compile(r"(?<=[0-9])[lI](?=[0-9])")
_GLUED = re.compile(r"(?<![0-9])(0[35789][0-9]{8}|02[0-9]{9})(?=0[0-9]{9,10}(?![0-9]))")
_SIGN = re.compile(r" ?[-–—~_+,/\\] ?")
_LABEL = re.compile(
    r"\b(?:s?đt(?:dđ|lh)?|dđ|đd|sdt|dt|tel|phone|mobile|hotline|zalo|viber|điện thoại|di động|liên hệ|lh|máy bàn|số|"
    r"hoặc|hay|và|or|and)\b",
    re.IGNORECASE,
)


def parse(text: str | None, field: str = "phone") -> str | None:
    """Return a number's digits, "0" first, or None if nothing was typed; raise Invalid for anything else."""
    if not text or _AS_STORED.fullmatch(text):
        return text or None
    numbers, beside = find_all(text)
    if not numbers and not clean(text).strip("-–—.()/ "):
        return None
    if len(numbers) != 1 or beside:
        raise Invalid({field: Say(_MESSAGE)})
    return numbers[0]


def find_all(text: str) -> tuple[list[str], str]:
    """Return every number in a text in stored form, each once, and the words beside them: "vợ" of "(vợ)"."""
    bare = text.translate(_BLANKS)
    if _AS_STORED.fullmatch(bare):
        return [bare], ""
    sentence = _CODE_WITH_NOUGHT.sub("+84", _LETTER_L.sub("1", _LETTER_O.sub("0", clean(text))))
    sentence = _apart(_GLUED.sub(r"\1 / ", sentence))
    numbers, beside, end = [], [], 0
    for match in phonenumbers.PhoneNumberMatcher(sentence, _HERE, leniency=Leniency.POSSIBLE, max_tries=99):
        number = _stored(match.number, match.raw_string)
        if number:
            numbers.append(number)
            beside.append(sentence[end : match.start])
            end = match.end
    return list(dict.fromkeys(numbers)), _words(*beside, sentence[end:])


def _apart(text: str) -> str:
    """Replace signs behind a whole number by " / ", and commas within a number by blanks."""
    digits, at, parts = 0, 0, []
    for sign in _SIGN.finditer(text):
        digits += sum(letter.isdecimal() for letter in text[at : sign.start()])
        parts.append(text[at : sign.start()])
        at = sign.end()
        if digits >= 9:
            digits, between = 0, " / "
        else:
            between = " " if sign[0].strip() in (",", "_") else sign[0]
        parts.append(between)
    return "".join([*parts, text[at:]])


def _words(*parts: str) -> str:
    """Return the words beside the numbers, without the word for a telephone and the signs between."""
    bare = (re.sub(r"^[\W_]+|[\W_]+$", "", _LABEL.sub(" ", part).strip()) for part in parts)
    return ", ".join(" ".join(part.split()) for part in bare if part)


def _stored(number: PhoneNumber, raw: str) -> str | None:
    """Return a valid number, or the present form of an old one; None for another country's or no number."""
    if number.country_code != _CODE:
        return None
    national = str(number.national_number)
    for digits in (national, *_moved(national, raw)):
        today = PhoneNumber(country_code=_CODE, national_number=int(digits))
        if phonenumbers.is_valid_number(today) and phonenumbers.number_type(today) in _KEPT:
            return f"0{digits}"
    return f"0{national}" if _MOBILE.fullmatch(national) else None


def _moved(national: str, raw: str) -> list[str]:
    """Return the possible present forms of an old number; nine digits that begin with 2 count only with a separate
    area code."""
    if len(national) == 9 and national[0] == "2" and not _APART_FROM_ITS_AREA.match(raw):
        return []
    tables = ((_MOBILES, 10), (_AREAS, 9), (_AREAS, 10))
    return [
        table[start] + national[length:]
        for table, whole in tables
        if len(national) == whole
        for length in (3, 2, 1)
        if (start := national[:length]) in table
    ]


@lru_cache(8192)
def spaced(digits: str | None) -> str:
    """Format a number for reading: 0912 345 678, 0276 3822 123; leave anything else as it is."""
    try:
        return phonenumbers.format_number(phonenumbers.parse(digits or "", _HERE), PhoneNumberFormat.NATIONAL)
    except NumberParseException:
        return digits or ""
