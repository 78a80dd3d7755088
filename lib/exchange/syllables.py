"""Whether a word can be a Vietnamese syllable: the measure by which damaged text is told from sound text."""

import re
import unicodedata
from functools import lru_cache

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
    """By its letters and its one tone; "Nguyễn", "Ấp" and "thuỷ" are, "NguyÔn" and "Hélène" are not."""
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
