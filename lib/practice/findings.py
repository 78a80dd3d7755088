"""Invents the findings behind the marks of practice visits: symptoms, arrivals, needs.

They are drawn once per random draw, so that any day's visits look them up.
"""

import json
from random import Random

from sqlite_utils import Database

from lib.core import text
from lib.register.areas import official_units

# Notes agree with the details.
_TOLD = {
    "Có người ho nhẹ, đã dặn theo dõi": {"symptoms": ["cough"]},
    "Sốt 38 độ, đã báo Trạm Y tế": {"symptoms": ["fever"], "temperature": 38.0},
    "Đau họng từ hôm qua": {"symptoms": ["sore_throat"], "ill": 1},
    "Mới về từ Bình Dương, đã khai báo": {"arrival": "returnee", "province": "74"},
    "Cháu ở TP. Hồ Chí Minh về, ở nhà trên": {"arrival": "returnee", "province": "79"},
    "Có người thuê trọ mới đến": {"arrival": "guest"},
    "Chưa khai báo y tế, đã nhắc": {"violations": ["not_declared"]},
    "Tụ tập trước nhà, đã nhắc giải tán": {"violations": ["gathering"]},
    "Xin hỗ trợ gạo": {"needs": ["food"]},
    "Cần mua thuốc huyết áp": {"needs": ["medicine", "chronic_care"]},
    "Cần sữa cho cháu nhỏ": {"needs": ["baby_supplies"]},
    "Hết thuốc tiểu đường": {"needs": ["chronic_care"]},
}
_SYMPTOMS = {
    "fever": 30,
    "cough": 45,
    "sore_throat": 30,
    "dyspnoea": 2,
    "taste_loss": 3,
    "smell_loss": 3,
    "flu_like": 12,
    "fatigue": 25,
    "runny_nose": 25,
    "body_ache": 10,
    "chest_pain": 1,
    "diarrhoea": 4,
}
_PROVINCES = {"79": 10, "74": 8, "75": 4, "80": 3, "77": 1, "70": 2, "92": 1, "01": 1}
_NEEDS = {"food": 8, "medicine": 6, "chronic_care": 4, "baby_supplies": 3, "hospital_transport": 1, "psychological": 1}
_VIOLATIONS = {"not_declared": 6, "no_mask": 5, "gathering": 4, "left_isolation": 1, "business": 2}


def lay(db: Database) -> None:
    """Insert a finding for every random draw with a mark, and the provinces that people come from."""
    random = Random("findings")  # its own dice: what was invented before stays the same
    db.conn.execute(
        """create temp table demo_finding (id integer primary key, place integer, needs text, violations text,
               symptoms text, ill integer, temperature real, arrival text, province text, came integer)"""
    )
    marked = db.conn.execute(
        "select id, flags, note from demo_dice where trim(flags, 'g') <> '' order by id"
    ).fetchall()
    db.conn.executemany(
        "insert into demo_finding values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(number, random.randrange(60), *_finding(random, flags, note).values()) for number, flags, note in marked],
    )
    db.conn.executemany(
        """insert into areas (code, level, kind, name, parent_code, name_folded, name_sort)
           values (?, ?, ?, ?, ?, ?, ?) on conflict (code) do nothing""",
        [
            (*area, text.fold(area.name), text.sort_key(area.name))
            for area in official_units.provinces()
            if area.code in _PROVINCES
        ],
    )


def _finding(random: Random, flags: str, note: str | None) -> dict:
    details = _TOLD.get(note, {})
    symptoms = details.get("symptoms") or _some(random, _SYMPTOMS, random.randint(1, 3)) if "s" in flags else []
    came = details if "arrival" in details else {"arrival": "returnee", "province": _some(random, _PROVINCES, 1)[0]}
    return {
        "needs": json.dumps(details.get("needs") or _some(random, _NEEDS, 1)) if "n" in flags else None,
        "violations": json.dumps(details.get("violations") or _some(random, _VIOLATIONS, 1)) if "k" in flags else None,
        "symptoms": json.dumps([code for code in _SYMPTOMS if code in symptoms]),
        "ill": details.get("ill", random.randint(0, 3)) if symptoms else None,
        "temperature": details.get("temperature", _degrees(random, "fever" in symptoms)) if symptoms else None,
        "arrival": came["arrival"] if "v" in flags else None,
        "province": came.get("province") if "v" in flags else None,
        "came": random.randint(0, 5) if "v" in flags else None,
    }


def _some(random: Random, weights: dict[str, int], count: int) -> list[str]:
    return list(dict.fromkeys(random.choices(list(weights), weights.values(), k=count)))


def _degrees(random: Random, fever: bool) -> float | None:
    """Return a temperature: always with a fever, now and then without."""
    if fever:
        return round(random.uniform(37.6, 39.4), 1)
    return round(random.uniform(36.4, 37.3), 1) if random.random() < 0.4 else None


def write(db: Database, day: str) -> None:
    """Insert the people behind the marks of a day's visits; a guest is a temporary resident, if there is one."""
    db.conn.execute(
        """insert into screenings (day, household_id, version, person_id, symptoms, symptoms_since, temperature,
               arrival, from_province, arrived_on)
           select :day, household_id, 1, person, symptoms, date(:day, '-' || ill || ' days'), temperature, arrival,
               province, date(:day, '-' || came || ' days')
           from (
               select k.household_id, f.*, (
                   select p.id from persons p where p.household_id = k.household_id
                   order by p.residence = iif(f.arrival = 'guest', 'temporary', 'permanent') desc,
                       (p.id + f.place) % 7, p.id limit 1) as person
               from demo_knock k join demo_finding f on f.id = k.finding
               where f.symptoms <> '[]' or f.arrival is not null
               order by k.household_id
           )""",
        {"day": day},
    )
