"""Communes of one name in several districts of a province; more than half of the provinces have some."""


def full(area: str) -> str:
    """SQL for the name of a row of `areas`, with the district behind it where another commune has the same name:
    "Tân Hòa, Huyện Tân Châu"."""
    return f"""{area}.name || iif({area}.code in (
            select code from (select code, count(*) over (partition by kind, name) as times
                from areas where level = 'commune') where times > 1),
        (select ', ' || d.kind || ' ' || d.name from areas d where d.code = {area}.parent_code), '')"""
