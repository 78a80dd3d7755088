"""Places to choose from, by their names; with the place above wherever the name alone would mean two."""

from collections import Counter
from collections.abc import Sequence

from lib.screen.i18n import area


def labels(lines: Sequence[dict], *, parents: bool = False) -> dict[str, str]:
    """Names by code of places as `places.below` reads them, each with its word and no two alike: "Xã Tân Hòa, Huyện
    Tân Châu" where two communes have the name, of all of them with `parents`."""
    names = {line["code"]: area(line["kind"], line["name"]) for line in lines}
    times = Counter(names.values())
    return {
        line["code"]: f"{names[line['code']]}, {area(line['parent_kind'], line['parent_name'])}"
        if line["parent_code"] and (parents or times[names[line["code"]]] > 1)
        else names[line["code"]]
        for line in lines
    }
