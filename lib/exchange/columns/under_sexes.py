"""Read columns of one sex each, "Nam" and "Nữ", which hold an x or a year of birth."""

from lib.core.errors import N_, Say
from lib.exchange.columns import cell_values

_KEYS = {"teams": ("member.sex", "member.birth_year")}
BOTH = N_("Both the male and the female column are filled in; leave one of them empty.")
NEITHER = N_("Under “{sex}”, enter an x or a year of birth, e.g. 1975.")
_SAID = {"male": "Nam", "female": "Nữ"}
_CROSSES = {"×", "✗", "✘", "+", "*", "☒", "■", "/", "√"}


def read(line, row: list[str], places: dict[str, int], kind: str) -> None:
    """Set the sex by the column that is filled in, and the year of birth where the cell holds one."""
    if not places:
        return
    sex, birth = _KEYS.get(kind, ("sex", "birth_year"))
    cells = {code: row[at].strip() for code, at in places.items() if at < len(row) and _says(row[at])}
    line.values.setdefault(sex, None)
    if len(cells) > 1:
        line.faults[sex], line.values[sex] = Say(BOTH), ", ".join(cells.values())
    for code, cell in cells.items() if len(cells) == 1 else ():
        year = None if cell in _CROSSES or cell_values.flag(cell) == 1 else cell_values.year(cell)
        if isinstance(year, Say):
            line.faults[sex], line.values[sex] = Say(NEITHER, {"sex": _SAID[code]}), cell
            return
        line.values[sex] = line.values[sex] or code
        if year:
            line.values[birth] = line.values.get(birth) or year


def _says(cell: str) -> bool:
    return bool(cell_values.words_of(cell)) and cell_values.flag(cell) != 0
