"""Distinguishes communes of one name in several districts; more than half of the provinces have some."""


def full(area: str) -> str:
    """Return SQL for the name of a row of `areas`, with its district if another commune has the same name:
    "Tân Hòa, Huyện Tân Châu"."""
    return f"""{area}.name || iif({area}.code in (
            select code from (select code, count(*) over (partition by kind, name) as times
                from areas where level = 'commune') where times > 1),
        (select ', ' || d.kind || ' ' || d.name from areas d where d.code = {area}.parent_code), '')"""
