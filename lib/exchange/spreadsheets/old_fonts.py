"""Recognise and convert text in fonts from before Unicode: TCVN3 (.VnTime, "ABC") and VNI (VNI-Times).

In both, a letter with its marks was written as other Western letters: "Nguyễn" is "NguyÔn" in the one and "Nguyeãn" in
the other. A file is taken for old text only when its words become Vietnamese syllables that they were not before.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable
from functools import lru_cache

TCVN3, VNI = "tcvn3", "vni"
_PLAIN = "áàảãạăắằẳẵặâấầẩẫậéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵđ"
# TCVN 5712:1993, third table, as seen by a Western reader. Capitals exist without a tone only. \xad is ư.
_TCVN3 = "¸µ¶·¹¨¾»¼½Æ©ÊÇÈÉËÐÌÎÏÑªÕÒÓÔÖÝ×ØÜÞãßáâä«èåæçé¬íêëìîóïñòô\xadøõö÷ùýúûüþ®"
_TCVN3_CAPITALS = {"¡": "Ă", "¢": "Â", "£": "Ê", "¤": "Ô", "¥": "Ơ", "¦": "Ư", "§": "Đ"}
_FROM_TCVN3 = str.maketrans(dict(zip(_TCVN3, _PLAIN, strict=True)) | _TCVN3_CAPITALS)
# VNI-Windows writes the marks as a letter of their own behind the vowel; ơ, ư, đ and those of i have one letter.
_VNI_MARKS = {
    "a": dict(zip("ùøûõïâáàåãäêéèúüë", "áàảãạâấầẩẫậăắằẳẵặ", strict=True)),
    "e": dict(zip("ùøûõïâáàåãä", "éèẻẽẹêếềểễệ", strict=True)),
    "o": dict(zip("ùøûõïâáàåãä", "óòỏõọôốồổỗộ", strict=True)),
    "u": dict(zip("ùøûõï", "úùủũụ", strict=True)),
    "y": dict(zip("ùøûõ", "ýỳỷỹ", strict=True)),
    "ô": dict(zip("ùøûõï", "ớờởỡợ", strict=True)),
    "ö": dict(zip("ùøûõï", "ứừửữự", strict=True)),
}
_VNI_ALONE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "í": "í", "ì": "ì"}
_FROM_VNI = {base + mark: whole for base, marks in _VNI_MARKS.items() for mark, whole in marks.items()} | _VNI_ALONE
_FROM_VNI |= {
    written: whole.upper()
    for base, marks in _VNI_MARKS.items()
    for mark, whole in marks.items()
    for written in (base.upper() + mark, base.upper() + mark.upper())
} | {mark.upper(): whole.upper() for mark, whole in _VNI_ALONE.items()}
_VNI_SIGNS = re.compile("|".join(sorted(map(re.escape, _FROM_VNI), key=len, reverse=True)))

_BETWEEN = re.compile(r"[\s\d!-/:-@\[-`{-~“”‘’–—…]+")
_LATER = re.compile("[\u0100-\u1eff]|[\u0300-\u0323]")  # letters that neither font could hold
_NEVER_TCVN3 = re.compile("[àÀÁÂÃÄÅÍÙÚÛð\xff]")
_CAPITALS, _SMALL = re.compile(r"[A-Z]\S*[A-Z]"), re.compile("[a-z]")
_NO_LETTER = re.compile("[¸µ¶·¹¨¾»¼½©ª«¬®¡¢£¤¥¦§\xad]")  # of no name, but of TCVN3
_LEAST = 2  # words of their own that must speak for an encoding
_MANY = 20_000  # cells are enough to judge a file by


def encoding_of(cells: Iterable[str]) -> str | None:
    """Return the old encoding of these cells; None for Unicode or another language."""
    votes: dict[str, set[str]] = {TCVN3: set(), VNI: set()}
    strange = set()
    for word in _marked_words(cells):
        if is_syllable(word):
            continue
        chosen = [encoding for encoding in votes if _may_be(word, encoding) and is_syllable(_letters(word, encoding))]
        for encoding in chosen:
            votes[encoding].add(word)
        if not chosen:
            strange.add(word)
    best = max(votes, key=lambda encoding: len(votes[encoding]))
    return best if len(votes[best]) >= _LEAST and len(votes[best]) > len(strange) else None


def converted(text: str, encoding: str | None) -> str:
    """Convert a text to Unicode; it stays as it is without an encoding, or when it has more Vietnamese syllables so."""
    if encoding is None or text.isascii() or not _may_be(text, encoding):
        return text
    new = _letters(text, encoding)
    return new if _sound(new) >= _sound(text) else text


def repaired(text: str, encoding: str | None, also: Collection[str] = ()) -> tuple[str, str | None]:
    """Convert a cell to Unicode; the second value is the doubtful reading, whether it was used or not.

    Only what cannot be Vietnamese as it stands is converted, so that a right name stays ("Lê Tú" is no "Lờ Tỳ"); cells
    of `also` are converted whatever they look like.
    """
    if encoding is None or text.isascii() or not _may_be(text, encoding):
        return text, None
    new, every = _letters(text, encoding), words(text)
    if text in also:
        return new, None
    before, after = _sound(text), _sound(new)
    if before == len(every):
        return text, new if new != text and after == len(every) else None
    if after > before or (after == before and _NO_LETTER.search(text)):
        return new, None if after == len(every) else new
    return text, None


def is_row(cells: Iterable[str], encoding: str) -> bool:
    """Whether a whole row is in the old font: one cell must be converted, and none is certainly Unicode."""
    marked = [cell for cell in cells if not cell.isascii()]
    return any(repaired(cell, encoding)[0] != cell for cell in marked) and not any(map(_LATER.search, marked))


def row(cells: list[str], encoding: str) -> list[str]:
    """Convert a row of headings: "Ghi chó" is of the old font where the row is, and "Ghi chú" stays beside "Bản"."""
    if is_row(cells, encoding):
        return [converted(cell, encoding) for cell in cells]
    return [repaired(cell, encoding)[0] for cell in cells]


def names_of(text: str) -> str:
    """Capitalise a name from TCVN3, which has no capitals with a tone: "Nguyễn ánh" becomes "Nguyễn Ánh"."""
    parts = text.split(" ")
    if sum(part[:1].isupper() for part in parts) * 2 < len(parts):
        return text
    return " ".join(part[:1].upper() + part[1:] if part[:1] in _PLAIN else part for part in parts)


def words(text: str) -> list[str]:
    """Split a text into words at blanks, digits and signs."""
    return [word for word in _BETWEEN.split(text) if word]


def _marked_words(cells: Iterable[str]) -> Iterable[str]:
    """Return the different words that mix ASCII and other letters; a sign alone ("½", "§ 5") proves nothing."""
    marked = Counter()
    for cell in cells:
        if not cell.isascii():
            marked[cell] += 1
            if len(marked) >= _MANY:
                break
    different = {word for cell in marked for word in words(cell)}
    return (word for word in different if not word.isascii() and any(sign.isascii() for sign in word))


def _may_be(text: str, encoding: str) -> bool:
    return not _LATER.search(text) and not (encoding == TCVN3 and _NEVER_TCVN3.search(text))


def _letters(text: str, encoding: str) -> str:
    if encoding == TCVN3:
        new = text.translate(_FROM_TCVN3)
        # The capitals of .VnTimeH have the codes of the small letters: "NGUYÔN".
        return new.upper() if _CAPITALS.search(text) and not _SMALL.search(text) else new
    return _VNI_SIGNS.sub(lambda match: _FROM_VNI[match[0]], text)


def _sound(text: str) -> int:
    return sum(is_syllable(word) for word in words(text))


_TONES = "\u0300\u0301\u0303\u0309\u0323"
_STOPPED = "\u0301\u0323"  # syllables that end in a stop have one of these two tones
_FIRST = "b|ch|c|d|đ|gh|gi|g|h|kh|k|l|m|ngh|ng|nh|n|ph|p|qu|r|s|th|tr|t|v|x"
_OPEN = (
    "a|e|ê|i|o|ô|ơ|u|ư|y|ia|ua|ưa|ya|uê|uơ|uy|oa|oe|uya|"
    "ai|ay|ây|ao|au|âu|eo|êu|iu|oi|ôi|ơi|ui|ưi|ưu|iêu|yêu|uôi|ươi|ươu|oai|oay|oao|oeo|uây|uyu|uau|uao|uai|uay"
)
_CLOSED = "a|ă|â|e|ê|i|o|ô|ơ|u|ư|y|iê|yê|uô|ươ|oa|oă|oe|uâ|uê|uy|uyê|oo|ua|uă|ue"
_SOUND = re.compile(rf"(?:{_FIRST})?(?:(?:{_OPEN})|(?:{_CLOSED})(?:m|nh|ng|n))")
_STOP = re.compile(rf"(?:{_FIRST})?(?:{_CLOSED})(?:ch|c|p|t)")


_LONGEST = 14  # "nghiêng" with its marks apart, and room


def is_syllable(word: str) -> bool:
    """Whether a word is a Vietnamese syllable: "Nguyễn", "Ấp" and "thuỷ" are, "NguyÔn" and "Hélène" are not."""
    return len(word) <= _LONGEST and _is_syllable(word)


@lru_cache(65536)
def _is_syllable(word: str) -> bool:
    apart = unicodedata.normalize("NFD", word.lower())
    tones = [sign for sign in apart if sign in _TONES]
    bare = unicodedata.normalize("NFC", "".join(sign for sign in apart if sign not in _TONES))
    if len(tones) > 1:
        return False
    if _STOP.fullmatch(bare):
        return bool(tones) and tones[0] in _STOPPED
    return bool(_SOUND.fullmatch(bare))
