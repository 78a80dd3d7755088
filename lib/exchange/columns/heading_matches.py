"""Remember, for the whole province, which column a heading means where somebody matched it by hand."""

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from lib.core.access import User, require
from lib.core.audit import act
from lib.core.database import rows
from lib.core.errors import N_, Conflict
from lib.exchange.columns.headings import plainest
from lib.exchange.columns.kinds import columns_of
from lib.register.areas import choices

LEFT_OUT = ""
_OF_ALL = {"households": ("households", "members", "persons")}
_NO_SUCH = N_("This list has no column “{field}”. It has: {fields}.")
_NO_MATCH = N_("“{typed}” does not say which heading means which column; write it as “Khẩu TT=person_count”.")


@dataclass(frozen=True)
class Match:
    """A heading (`said` as in the file, `heading` as compared) and the key of the column it means; "" leaves it out."""

    heading: str
    said: str
    field: str


def fields(kind: str, language: str = "vi") -> dict[str, str]:
    """List the columns that a heading may mean: `{key: heading}`."""
    return {column.key: column.heading(language) for part in _OF_ALL.get(kind, (kind,)) for column in columns_of(part)}


def listed(db: Database, area: str, kind: str | None = None) -> list[dict]:
    """List the matches of an area's province: `{list, heading, said, field, at, who}`, by list and heading."""
    return rows(
        db,
        """select m.list, m.heading, m.said, m.field, m.at, accounts.full_name as who
           from heading_matches m
           left join accounts on accounts.id = m.account_id  -- all: the name of who matched it
           where m.province_code = ? and m.list = ifnull(?, m.list) order by m.list, m.said""",
        [_province(db, area), kind],
    )


def remembered(db: Database, area: str, kind: str) -> dict[str, str]:
    """Return the remembered columns by heading, as `headings.find` takes them."""
    return {line["heading"]: line["field"] for line in listed(db, area, kind)}


def typed(kind: str, texts: list[str]) -> list[Match]:
    """Read matches typed at the terminal: "Khẩu TT=person_count", "Zalo=" for one that is left out.

    Conflict with a sentence when a text is none, or names a column that the list does not have.
    """
    matches, columns = [], fields(kind)
    words = {plainest(word): key for key, word in columns.items()}
    for text in texts:
        as_typed, sign, field = (part.strip() for part in text.rpartition("="))
        if not sign or not as_typed:
            raise Conflict(_NO_MATCH, typed=text)
        field = field if field in columns or not field else words.get(plainest(field), field)
        if field and field not in columns:
            raise Conflict(_NO_SUCH, field=field, fields=", ".join(columns))
        heading = as_typed.upper() if as_typed.startswith("#") else plainest(as_typed)
        matches.append(Match(heading, as_typed, field))
    return matches


def keep(db: Database, user: User, area: str, kind: str, matches: list[Match], *, now: datetime) -> None:
    """Remember matches for the province; those of columns without a heading hold for one file alone.

    `#F` names a column by its letters, so it is never kept.
    """
    province = _province(db, area)
    with act(db, user, "list.import", now=now, kind="heading.match") as deed:
        deed.area = area
        stand = {line["heading"]: line["field"] for line in listed(db, area, kind)}
        new = [
            match for match in matches if not match.heading.startswith("#") and stand.get(match.heading) != match.field
        ]
        columns = fields(kind)
        deed.subject = ", ".join(f"“{m.said}”" for m in new)
        deed.detail = {"list": kind} | {
            match.said: [_column_words(columns, stand.get(match.heading)), _column_words(columns, match.field)]
            for match in new
        }
        deed.nothing = not new
        db.conn.executemany(
            """insert into heading_matches (province_code, list, heading, said, field, at, account_id)
               values (?, ?, ?, ?, ?, ?, ?)
               on conflict (province_code, list, heading) do update
               set said = excluded.said, field = excluded.field, at = excluded.at, account_id = excluded.account_id""",
            [(province, kind, match.heading, match.said, match.field, deed.at, user.id) for match in new],
        )


def forget(db: Database, user: User, area: str, kind: str, heading: str, *, now: datetime) -> None:
    """Forget a match, so that the program decides again. NotFound when it is not remembered."""
    with act(db, user, "list.import", now=now, kind="heading.forget") as deed:
        deed.area = area
        stands = require(next((line for line in listed(db, area, kind) if line["heading"] == heading), None))
        deed.subject = f"“{stands['said']}”"
        deed.detail = {"list": kind, stands["said"]: [_column_words(fields(kind), stands["field"]), None]}
        db.conn.execute(
            "delete from heading_matches where province_code = ? and list = ? and heading = ?",
            [_province(db, area), kind, heading],
        )


def _column_words(columns: dict[str, str], field: str | None) -> str | None:
    return field and columns.get(field, field) if field != LEFT_OUT else "bỏ qua"


def _province(db: Database, area: str) -> str:
    path = choices.path(db, area)
    return require(path[0] if path else None)["code"]
