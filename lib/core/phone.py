"""Vietnamese telephone numbers: ten-digit mobiles, landlines with area code, old 01xx numbers."""

import re

from lib.core.errors import N_, Invalid, Say

# Eleven-digit mobile prefixes were moved to ten digits on 15/9/2018.
_MOVED = {
    "0120": "070", "0121": "079", "0122": "077", "0126": "076", "0128": "078",
    "0123": "083", "0124": "084", "0125": "085", "0127": "081", "0129": "082",
    "0162": "032", "0163": "033", "0164": "034", "0165": "035", "0166": "036",
    "0167": "037", "0168": "038", "0169": "039",
    "0186": "056", "0188": "058", "0199": "059",
}  # fmt: skip
_MOBILE = re.compile(r"0[35789][0-9]{8}")
_LANDLINE = re.compile(r"02[0-9]{9}")
# The same two as a condition in SQL on the column {0}.
READABLE = f"({{0}} glob '0[35789]{'[0-9]' * 8}' or {{0}} glob '02{'[0-9]' * 9}')"
_MESSAGE = N_("A telephone number has 10 digits (mobile) or 11 (landline), like 0912 345 678 or 0276 3822 123.")


def parse(text: str | None, field: str = "phone") -> str | None:
    """Digits only, "0" first, or None when nothing was typed; Invalid names the field otherwise."""
    digits = re.sub(r"[\s.\-()]", "", text or "")
    if not digits:
        return None
    digits = re.sub(r"^(\+84|0084|84(?=[0-9]{9,10}$))", "0", digits)
    if len(digits) == 11 and digits[:4] in _MOVED:
        digits = _MOVED[digits[:4]] + digits[4:]
    if not (_MOBILE.fullmatch(digits) or _LANDLINE.fullmatch(digits)):
        raise Invalid({field: Say(_MESSAGE)})
    return digits


def spaced(digits: str | None) -> str:
    """For reading: 0912 345 678, 0276 3822 123."""
    if not digits:
        return ""
    cut = (4, 8) if len(digits) == 11 else (4, 7)
    return " ".join(filter(None, (digits[: cut[0]], digits[cut[0] : cut[1]], digits[cut[1] :])))
