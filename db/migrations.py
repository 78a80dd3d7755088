"""The schema as history, read top to bottom. Append only: a landed step is never edited.

Facts are `visits`, `assignments` and `household_status`; `team_day` and `hamlet_day` are roll-ups
kept in the same transaction. Periods are half-open: in force from `from_day`, no longer on `until_day`.
"""

from sqlite_utils import Database, Migrations

migrations = Migrations("tungnha")


@migrations()
def m001_areas_and_accounts(db: Database) -> None:
    db.executescript("""
    create table settings (
        key text primary key,
        value text not null
    ) strict, without rowid;

    -- One row, bumped by every write transaction: what a cache compares.
    create table change (
        id integer primary key check (id = 1),
        n integer not null
    ) strict;
    insert into change (id, n) values (1, 0);

    -- Official 2021 codes as text (72, 703, 25456); a hamlet is its commune's code and a serial.
    create table areas (
        code text primary key,
        level text not null check (level in ('province', 'district', 'commune', 'hamlet')),
        kind text not null,
        name text not null check (name <> ''),
        parent_code text references areas (code),
        name_folded text not null,
        name_sort text not null,
        check ((level = 'province') = (parent_code is null))
    ) strict, without rowid;
    create index areas_parent on areas (parent_code);
    create unique index areas_one_name on areas (parent_code, kind, name) where level = 'hamlet';

    create table accounts (
        id integer primary key,
        username text not null unique collate nocase,
        full_name text not null,
        phone text,
        password_hash text not null,
        must_change integer not null default 1 check (must_change in (0, 1)),
        is_active integer not null default 1 check (is_active in (0, 1)),
        token_version integer not null default 1,
        created_at text not null,
        created_by integer references accounts (id)
    ) strict;

    -- What an account may act as, where and when; one person may hold several.
    create table grants (
        id integer primary key,
        account_id integer not null references accounts (id),
        role text not null check (role in
            ('member', 'leader', 'commune', 'station', 'district', 'province', 'inspector', 'administrator')),
        area_code text not null references areas (code),
        team_id integer references teams (id),
        member_id integer references members (id),
        from_day text not null check (from_day is date(from_day, '+0 days')),
        until_day text check (until_day is null or until_day >= from_day),
        check ((role in ('member', 'leader')) = (team_id is not null)),
        check (role <> 'member' or member_id is not null)
    ) strict;
    create index grants_account on grants (account_id);
    create index grants_area on grants (area_code);

    create table signin_failures (
        kind text not null check (kind in ('account', 'address')),
        key text not null,
        failed integer not null,
        last_at text not null,
        locked_until text,
        primary key (kind, key)
    ) strict, without rowid;

    create table audit_log (
        id integer primary key,
        at text not null,
        account_id integer references accounts (id),
        role text,
        action text not null,
        area_code text,
        subject text,
        detail text not null default '{}' check (json_valid(detail))
    ) strict;
    create index audit_area on audit_log (area_code, id);
    create index audit_account on audit_log (account_id, id);
    """)


@migrations()
def m002_register(db: Database) -> None:
    db.executescript("""
    create table teams (
        id integer primary key,
        commune_code text not null references areas (code),
        hamlet_code text not null references areas (code),
        name text not null check (name <> ''),
        name_folded text not null,
        name_sort text not null,
        model text not null check (model in ('hamlet', 'residential_area')),
        group_name text,
        decision_no text,
        decision_day text check (decision_day is null or decision_day is date(decision_day, '+0 days')),
        decision_issuer text,
        decision_signer text,
        from_day text not null check (from_day is date(from_day, '+0 days')),
        until_day text check (until_day is null or until_day >= from_day),
        status text not null default 'active' check (status in ('active', 'reconstituting', 'dissolved')),
        phone text,
        is_pilot integer not null default 0 check (is_pilot in (0, 1)),
        equipment text not null default '[]' check (json_valid(equipment)),
        training_day text check (training_day is null or training_day is date(training_day, '+0 days')),
        note text,
        version integer not null default 1,
        check ((status = 'dissolved') = (until_day is not null)),
        check (substr(hamlet_code, 1, 5) = commune_code)
    ) strict;
    create index teams_commune on teams (commune_code);
    create unique index teams_one_name on teams (commune_code, name) where status <> 'dissolved';

    -- Hamlets a team looks after beside the one it is named for.
    create table team_hamlets (
        team_id integer not null references teams (id),
        hamlet_code text not null references areas (code),
        primary key (team_id, hamlet_code)
    ) strict, without rowid;
    create index team_hamlets_hamlet on team_hamlets (hamlet_code);

    -- A member is one person's time in one team; nothing is overwritten when somebody leaves.
    create table members (
        id integer primary key,
        team_id integer not null references teams (id),
        full_name text not null check (full_name <> ''),
        name_folded text not null,
        name_sort text not null,
        sex text check (sex in ('female', 'male')),
        birth_year integer check (birth_year between 1900 and 2100),
        phone text,
        id_number text,
        role text not null check (role in ('leader', 'deputy', 'member')),
        position text,
        categories text not null default '[]' check (json_valid(categories)),
        organisation text,
        availability text not null default 'available'
            check (availability in ('available', 'isolating', 'ill', 'leave')),
        from_day text not null check (from_day is date(from_day, '+0 days')),
        until_day text check (until_day is null or until_day >= from_day),
        version integer not null default 1
    ) strict;
    create index members_team on members (team_id);
    create index members_folded on members (name_folded);
    create unique index one_leader on members (team_id) where role = 'leader' and until_day is null;

    create table households (
        id integer primary key,
        code text not null unique,
        commune_code text not null references areas (code),
        hamlet_code text not null references areas (code),
        head_name text not null check (head_name <> ''),
        head_folded text not null,
        head_sort text not null,
        search_text text not null,
        lane text,
        group_name text,
        house_number text,
        walk_order integer not null check (walk_order >= 0),
        phone text,
        phone2 text,
        person_count integer not null check (person_count between 1 and 99),
        temporary_count integer not null default 0 check (temporary_count between 0 and person_count),
        dwelling text not null default 'house'
            check (dwelling in ('house', 'boarding_room', 'flat', 'dormitory', 'shop')),
        vulnerabilities text not null default '[]' check (json_valid(vulnerabilities)),
        exposures text not null default '[]' check (json_valid(exposures)),
        commitment_day text check (commitment_day is null or commitment_day is date(commitment_day, '+0 days')),
        note text,
        from_day text not null check (from_day is date(from_day, '+0 days')),
        version integer not null default 1,
        check (substr(hamlet_code, 1, 5) = commune_code)
    ) strict;
    create index households_walk on households (hamlet_code, walk_order);
    create index households_commune on households (commune_code, head_sort);

    -- Dated reasons why a household is not to be visited; 'moved' and 'merged' end its being counted at all.
    create table household_status (
        id integer primary key,
        household_id integer not null references households (id),
        status text not null check (status in ('central_quarantine', 'locked_down_elsewhere', 'moved', 'merged')),
        from_day text not null check (from_day is date(from_day, '+0 days')),
        until_day text check (until_day is null or until_day >= from_day),
        reason text
    ) strict;
    create index household_status_household on household_status (household_id, from_day);
    create unique index one_open_status on household_status (household_id) where until_day is null;

    create table persons (
        id integer primary key,
        household_id integer not null references households (id),
        full_name text not null check (full_name <> ''),
        name_folded text not null,
        name_sort text not null,
        birth_year integer check (birth_year between 1900 and 2100),
        sex text check (sex in ('female', 'male')),
        relation text,
        residence text not null default 'permanent'
            check (residence in ('permanent', 'temporary', 'guest', 'away')),
        until_day text check (until_day is null or until_day is date(until_day, '+0 days')),
        note text,
        version integer not null default 1
    ) strict;
    create index persons_household on persons (household_id);
    create index persons_folded on persons (name_folded);

    create table assignments (
        id integer primary key,
        household_id integer not null references households (id),
        member_id integer not null references members (id),
        team_id integer not null references teams (id),
        from_day text not null check (from_day is date(from_day, '+0 days')),
        until_day text check (until_day is null or until_day >= from_day)
    ) strict;
    create index assignments_household on assignments (household_id, from_day);
    create index assignments_team on assignments (team_id, from_day);
    create index assignments_member on assignments (member_id);
    create unique index one_assignment on assignments (household_id) where until_day is null;
    """)


def _counts(visit: str) -> dict[str, str]:
    """What one row of `visits` (as `old` or `new` of a trigger) adds to each sum of its team's day."""
    seen = f"ifnull({visit}.outcome in ('met', 'phone'), 0)"
    return {
        "met": f"({visit}.outcome is 'met')",
        "phone": f"({visit}.outcome is 'phone')",
        "absent": f"({visit}.outcome is 'absent')",
        "refused": f"({visit}.outcome is 'refused')",
        "swept": f"({visit}.outcome is not null and {visit}.swept)",
        "touched": f"({visit}.outcome is not null and not {visit}.swept)",
        "persons_seen": f"{seen} * {visit}.persons",
        # A late entry moves no on-time sum, neither up nor down.
        "seen_on_time": f"{seen} * (new.recorded_at <= (select cutoff_at from days where day = new.day))",
    }


def _sums(*, before: bool) -> str:
    """The `set` of a trigger: take off the old row if there was one, add the new."""
    old, new = _counts("old"), _counts("new")
    sums = [f"{name} = {name}{' - ' + old[name] if before else ''} + {new[name]}" for name in new]
    return ",\n            ".join([*sums, "last_entry_at = max(ifnull(last_entry_at, ''), new.recorded_at)"])


_OF_ITS_TEAM = """where day = new.day and (commune_code, team_id) = (
        select commune_code, team_id from due_households
        where day = new.day and household_id = new.household_id)"""


@migrations()
def m003_visits_and_rollups(db: Database) -> None:
    db.executescript(f"""
    -- A day is opened once; its cut-off is fixed then.
    create table days (
        day text primary key check (day is date(day, '+0 days')),
        opened_at text not null,
        cutoff_at text not null
    ) strict, without rowid;

    -- The last word on each household and day. A cleared row keeps its history with outcome null.
    create table visits (
        day text not null references days (day),
        household_id integer not null references households (id),
        outcome text check (outcome in ('met', 'phone', 'absent', 'refused')),
        swept integer not null default 0 check (swept in (0, 1)),
        persons integer not null,
        flags text not null default '',
        note text,
        member_id integer references members (id),
        recorded_at text not null,
        recorded_by integer references accounts (id),
        version integer not null default 1,
        primary key (day, household_id)
    ) strict, without rowid;

    -- Earlier versions, so that any figure can be asked "as of" an hour.
    create table visit_past (
        day text not null,
        household_id integer not null,
        version integer not null,
        outcome text,
        swept integer not null,
        flags text not null,
        note text,
        recorded_at text not null,
        recorded_by integer,
        primary key (day, household_id, version)
    ) strict, without rowid;

    create table team_day (
        day text not null references days (day),
        commune_code text not null,
        team_id integer not null references teams (id),
        hamlet_code text not null,
        assigned integer not null default 0,
        excluded integer not null default 0,
        due integer generated always as (assigned - excluded) virtual,
        met integer not null default 0,
        phone integer not null default 0,
        absent integer not null default 0,
        refused integer not null default 0,
        seen integer generated always as (met + phone) virtual,
        attempted integer generated always as (met + phone + absent + refused) virtual,
        seen_on_time integer not null default 0,
        swept integer not null default 0,
        touched integer not null default 0,
        persons_seen integer not null default 0,
        last_entry_at text,
        primary key (day, commune_code, team_id)
    ) strict, without rowid;

    create table hamlet_day (
        day text not null references days (day),
        hamlet_code text not null references areas (code),
        commune_code text not null,
        households integer not null,
        assigned integer not null,
        teams integer not null,
        primary key (day, commune_code, hamlet_code)
    ) strict, without rowid;

    -- The definition of "in force" and "due", for triggers, sheets and recounts alike.
    create view assigned_households as
    select days.day, a.household_id, a.member_id, a.team_id, teams.commune_code, teams.hamlet_code,
        (select s.status from household_status s
         where s.household_id = a.household_id and s.from_day <= days.day
           and (s.until_day is null or s.until_day > days.day)) as status
    from days
    join assignments a on a.from_day <= days.day and (a.until_day is null or a.until_day > days.day)
    join teams on teams.id = a.team_id;

    create view due_households as
    select day, household_id, member_id, team_id, commune_code, hamlet_code
    from assigned_households where status is null;

    create trigger visits_insert after insert on visits begin
        update team_day set {_sums(before=False)} {_OF_ITS_TEAM};
    end;

    create trigger visits_update after update on visits begin
        insert into visit_past
            (day, household_id, version, outcome, swept, flags, note, recorded_at, recorded_by)
        values (old.day, old.household_id, old.version, old.outcome, old.swept, old.flags, old.note,
            old.recorded_at, old.recorded_by);
        update team_day set {_sums(before=True)} {_OF_ITS_TEAM};
    end;

    create trigger visits_stay before delete on visits begin
        select raise(abort, 'visits are cleared, never deleted');
    end;
    """)


@migrations()
def m004_what_was_found_at_the_door(db: Database) -> None:
    db.executescript(f"""
    -- What the household needs and what it did not keep to, as lists of codes; null where there was nothing.
    alter table visits add column needs text check (needs is null or json_valid(needs));
    alter table visits add column violations text check (violations is null or json_valid(violations));
    alter table visit_past add column needs text;
    alter table visit_past add column violations text;

    -- A person at a visit, only where something was not normal. Rows belong to one version of the visit and
    -- are never changed: the current ones are those of the visit's current version.
    create table screenings (
        day text not null,
        household_id integer not null,
        version integer not null,
        person_id integer not null references persons (id),
        symptoms text not null default '[]' check (json_valid(symptoms)),
        symptoms_since text check (symptoms_since is null or symptoms_since is date(symptoms_since, '+0 days')),
        temperature real check (temperature between 34 and 42),
        arrival text check (arrival in ('guest', 'returnee')),
        from_province text references areas (code),
        arrived_on text check (arrived_on is null or arrived_on is date(arrived_on, '+0 days')),
        primary key (day, household_id, version, person_id),
        foreign key (day, household_id) references visits (day, household_id),
        check (symptoms <> '[]' or temperature is not null or arrival is not null)
    ) strict, without rowid;
    create index screenings_person on screenings (person_id, day);

    create trigger screenings_stay before delete on screenings begin
        select raise(abort, 'screenings belong to a version of a visit and stay');
    end;

    drop trigger visits_update;
    create trigger visits_update after update on visits begin
        insert into visit_past
            (day, household_id, version, outcome, swept, flags, note, needs, violations, recorded_at, recorded_by)
        values (old.day, old.household_id, old.version, old.outcome, old.swept, old.flags, old.note,
            old.needs, old.violations, old.recorded_at, old.recorded_by);
        update team_day set {_sums(before=True)} {_OF_ITS_TEAM};
    end;
    """)


@migrations()
def m005_undo_imports_and_merges(db: Database) -> None:
    db.executescript("""
    -- From where an act came, and its link in the chain: SHA-256 over the link before and the line itself.
    alter table audit_log add column address text;
    alter table audit_log add column link text;

    -- The rows an act changed, kept while it can be taken back.
    create table undo_steps (
        audit_id integer not null references audit_log (id),
        position integer not null,
        table_name text not null,
        before text check (before is null or json_valid(before)),
        after text check (after is null or json_valid(after)),
        primary key (audit_id, position)
    ) strict, without rowid;

    create table undoable (
        audit_id integer primary key references audit_log (id),
        action text not null,
        until text not null,
        anybody integer not null check (anybody in (0, 1)),
        taken_back_at text
    ) strict;
    create index undoable_until on undoable (until);

    -- One file that was read in; `refused` counts rows that still wait to be mended.
    create table imports (
        id integer primary key,
        audit_id integer not null references audit_log (id),
        kind text not null check (kind in ('hamlets', 'teams', 'households', 'assignments')),
        area_code text not null references areas (code),
        file_name text not null,
        digest text not null,
        added integer not null,
        changed integer not null,
        same integer not null,
        refused integer not null,
        settled integer not null default 0 check (settled in (0, 1))
    ) strict;
    create index imports_area on imports (area_code, id);

    -- Pairs that somebody looked at and found to be two.
    create table not_duplicates (
        kind text not null check (kind in ('household', 'person')),
        one integer not null,
        other integer not null,
        primary key (kind, one, other),
        check (one < other)
    ) strict, without rowid;

    -- Merged rows point at the one that stays.
    alter table households add column merged_into integer references households (id);
    alter table persons add column merged_into integer references persons (id);
    alter table persons add column id_number text;
    alter table persons add column phone text;
    create index persons_phone on persons (phone) where phone is not null;
    create index persons_id_number on persons (id_number) where id_number is not null;
    create index households_phone on households (phone) where phone is not null;
    create index households_folded on households (hamlet_code, head_folded);
    """)


# What decides who is due, and what a house stands in: the columns a past figure is counted from.
_LISTS = {
    "assignments": ("household_id", "member_id", "team_id", "from_day", "until_day"),
    "household_status": ("household_id", "status", "from_day", "until_day"),
    "households": ("hamlet_code", "commune_code", "from_day"),
    "teams": ("commune_code", "hamlet_code", "from_day", "until_day"),
}


def _keeps_past(table: str, columns: tuple[str, ...]) -> str:
    """Triggers that keep the row an act replaces; what is written outside an act has no past."""
    image = "json_object(" + ", ".join(f"'{name}', old.{name}" for name in columns) + ")"
    old, new = (", ".join(f"{row}.{name}" for name in columns) for row in ("old", "new"))
    acting = "(select at from change where id = 1) <> ''"
    made = "".join(
        f"""
    create trigger {table}_past_{event} after {event}{of} on {table} when {acting}{differs} begin
        insert into past_rows (table_name, key, until_at, row)
        values ('{table}', {key}, (select at from change where id = 1), {row});
    end;
    """
        for event, of, differs, key, row in (
            ("insert", "", "", "new.id", "null"),
            ("update", " of " + ", ".join(columns), f" and ({old}) is not ({new})", "old.id", image),
            ("delete", "", "", "old.id", image),
        )
    )
    return made


def _frozen(*tables: str) -> str:
    """Triggers that refuse to change or remove what stands on record."""
    return "".join(
        f"""
    create trigger {table}_no_{event} before {event} on {table} begin
        select raise(abort, '{table} stand as they were written');
    end;
    """
        for table in tables
        for event in ("update", "delete")
    )


@migrations()
def m006_reports(db: Database) -> None:
    db.executescript(f"""
    -- The stamp of the act being written; empty outside one.
    alter table change add column at text not null default '';

    -- Rows as they were until an act replaced them; a null row was not there yet.
    create table past_rows (
        n integer primary key,
        table_name text not null check (table_name in ({", ".join(f"'{table}'" for table in _LISTS)})),
        key integer not null,
        until_at text not null,
        row text check (row is null or json_valid(row))
    ) strict;
    create index past_rows_until on past_rows (until_at);
    create index past_rows_key on past_rows (table_name, key, until_at);
    {"".join(_keeps_past(*table) for table in _LISTS.items())}
    -- The earliest stamp an entry of the day may bear: after a freeze nothing slips in before it.
    alter table days add column floor text not null default '';

    -- A row that was copied from a paper sheet.
    alter table visits add column channel text check (channel in ('paper'));
    alter table visit_past add column channel text;
    -- When this version was written; recorded_at is when its outcome was.
    alter table visits add column changed_at text;
    alter table visit_past add column changed_at text;
    drop trigger visits_update;
    create trigger visits_update after update on visits begin
        insert into visit_past (day, household_id, version, outcome, swept, flags, note, needs, violations, channel,
            changed_at, recorded_at, recorded_by)
        values (old.day, old.household_id, old.version, old.outcome, old.swept, old.flags, old.note,
            old.needs, old.violations, old.channel, old.changed_at, old.recorded_at, old.recorded_by);
        update team_day set {_sums(before=True)} {_OF_ITS_TEAM};
    end;

    -- The form of the report: one version per edit; reports keep the version they were frozen with.
    create table templates (
        version integer primary key,
        made_at text not null,
        made_by integer references accounts (id),
        reason text
    ) strict;
    create table indicators (
        version integer not null references templates (version),
        code text not null,
        position integer not null,
        block text not null,
        name_vi text not null check (name_vi <> ''),
        name_en text not null check (name_en <> ''),
        formula_vi text not null,
        formula_en text not null,
        function text not null,
        unit text not null,
        shown integer not null check (shown in (0, 1)),
        in_table integer not null default 0 check (in_table in (0, 1)),
        primary key (version, code)
    ) strict, without rowid;

    -- What was known at 14:00 and 15:00, of every commune, district and the province. Never changed.
    create table snapshots (
        id integer primary key,
        day text not null references days (day),
        kind text not null check (kind in ('district', 'province')),
        as_of text not null,
        frozen_at text not null,
        template integer not null references templates (version),
        areas integer not null,
        link text not null,
        unique (day, kind),
        check (frozen_at >= as_of)
    ) strict;
    create table snapshot_values (
        snapshot_id integer not null references snapshots (id),
        area_code text not null references areas (code),
        counted text not null check (json_valid(counted)),
        primary key (snapshot_id, area_code)
    ) strict, without rowid;
    create trigger snapshot_values_full before insert on snapshot_values
    when (select count(*) from snapshot_values where snapshot_id = new.snapshot_id)
        >= (select areas from snapshots where id = new.snapshot_id)
    begin
        select raise(abort, 'a frozen report takes no more figures');
    end;
    {_frozen("templates", "indicators", "snapshots", "snapshot_values")}
    -- What is being written for a day, and what was done with it.
    create table report_drafts (
        day text not null,
        area_code text not null references areas (code),
        content text not null check (json_valid(content)),
        version integer not null default 1,
        updated_at text not null,
        updated_by integer not null references accounts (id),
        primary key (day, area_code)
    ) strict, without rowid;
    create table report_events (
        id integer primary key,
        day text not null,
        area_code text not null references areas (code),
        deed text not null check (deed in ('submit', 'receive', 'return', 'correct')),
        at text not null,
        account_id integer not null references accounts (id),
        for_account_id integer references accounts (id),
        version integer not null,
        late_minutes integer not null default 0,
        reason text,
        content text not null default '{{}}' check (json_valid(content)),
        check (deed not in ('return', 'correct') or reason <> '')
    ) strict;
    create index report_events_area on report_events (day, area_code);
    create unique index report_events_once on report_events (day, area_code, deed, version);
    {_frozen("report_events")}
    -- Who answers for an area's report, who stands in, and the committee member in charge (S0-21, S0-25, S0-37).
    create table officers (
        id integer primary key,
        area_code text not null references areas (code),
        duty text not null check (duty in ('accountable', 'deputy', 'committee')),
        full_name text not null check (full_name <> ''),
        position text,
        phone text,
        account_id integer references accounts (id),
        from_day text not null check (from_day is date(from_day, '+0 days')),
        until_day text check (until_day is null or until_day >= from_day)
    ) strict;
    create index officers_area on officers (area_code, duty);

    -- A role held for somebody else, from an hour of the day on.
    alter table grants add column for_account_id integer references accounts (id);
    alter table grants add column from_hour text check (from_hour is null or from_hour glob '[0-2][0-9]:[0-5][0-9]');

    -- Reminders to the level below, with an answer by an hour (S0-14, S4-24).
    create table reminders (
        id integer primary key,
        day text not null,
        from_area text not null references areas (code),
        to_area text not null references areas (code),
        words text not null check (words <> ''),
        due_at text not null,
        made_at text not null,
        made_by integer not null references accounts (id),
        seen_at text,
        seen_by integer references accounts (id),
        answer text,
        answered_at text,
        answered_by integer references accounts (id),
        check ((answer is null) = (answered_at is null))
    ) strict;
    create index reminders_to on reminders (to_area, day);
    create index reminders_from on reminders (from_area, day);

    -- How an organisation's documents are laid out: names, marks, signers, recipients.
    create table letterheads (
        area_code text not null references areas (code),
        line text not null check (line in ('party', 'state', 'health')),
        content text not null check (json_valid(content)),
        version integer not null default 1,
        primary key (area_code, line)
    ) strict, without rowid;
    """)


@migrations()
def m007_recalled_reports(db: Database) -> None:
    db.executescript(f"""
    -- A unit takes its own report back to mend it: one deed more.
    alter table report_events rename to report_events_before;
    create table report_events (
        id integer primary key,
        day text not null,
        area_code text not null references areas (code),
        deed text not null check (deed in ('submit', 'receive', 'return', 'recall', 'correct')),
        at text not null,
        account_id integer not null references accounts (id),
        for_account_id integer references accounts (id),
        version integer not null,
        late_minutes integer not null default 0,
        reason text,
        content text not null default '{{}}' check (json_valid(content)),
        check (deed not in ('return', 'correct') or reason <> '')
    ) strict;
    insert into report_events select * from report_events_before order by id;
    drop table report_events_before;
    create index report_events_area on report_events (day, area_code);
    create unique index report_events_once on report_events (day, area_code, deed, version);
    {_frozen("report_events")}
    -- Each report once: the hour that counts is that of the first version since the unit last recalled it, `last` is
    -- what was done last with it. One that was returned or recalled last does not stand.
    create view reports_counted as
    select first.day, first.area_code, first.at as submitted_at, first.late_minutes, (
        select m.deed from report_events m
        where m.day = first.day and m.area_code = first.area_code and m.deed <> 'correct'
        order by m.id desc limit 1) as last
    from report_events first
    where first.deed = 'submit' and first.id = (
        select min(s.id) from report_events s
        where s.day = first.day and s.area_code = first.area_code and s.deed = 'submit' and s.id > ifnull((
            select max(r.id) from report_events r
            where r.day = first.day and r.area_code = first.area_code and r.deed = 'recall'), 0));
    """)


@migrations()
def m009_numbers_on_sheets(db: Database) -> None:
    db.executescript("""
    -- Whose row each number of a team's sheet is, number 1 first. Fixed when the sheet is first printed or begun; from
    -- then on it only grows. A number without a household belonged to one whose registration was taken back.
    create table sheet_numbers (
        team_id integer not null,
        day text not null check (day is date(day, '+0 days')),
        households text not null check (json_valid(households)),
        primary key (team_id, day)
    ) strict, without rowid;
    create trigger sheet_numbers_stay before update on sheet_numbers when
        json_array_length(new.households) < json_array_length(old.households)
        or exists (
            select 1 from json_each(old.households) before join json_each(new.households) after using (key)
            where after.value is not null and after.value is not before.value)
    begin
        select raise(abort, 'a number on a sheet belongs to one household for good');
    end;

    -- A sheet on paper: its code, when it was made, and by member which numbers stand on it. `numbers` of them had been
    -- given when it was made.
    create table sheet_prints (
        id integer primary key,
        code text not null check (code glob '[0-9][0-9][0-9][0-9][0-9][0-9]'),
        team_id integer not null,
        day text not null check (day is date(day, '+0 days')),
        printed_at text not null,
        printed_by integer references accounts (id),
        numbers integer not null,
        members text not null check (json_valid(members)),
        unique (code, day)
    ) strict;
    create index sheet_prints_sheet on sheet_prints (team_id, day);

    create trigger teams_sheets after delete on teams begin
        delete from sheet_numbers where team_id = old.id;
        delete from sheet_prints where team_id = old.id;
    end;
    create trigger households_sheets after delete on households begin
        update sheet_numbers set households = (
            select json_group_array(iif(value = old.id, null, value) order by key) from json_each(households))
        where team_id in (select id from teams where commune_code = old.commune_code) and day >= old.from_day
            and exists (select 1 from json_each(households) where value = old.id);
    end;
    """)
    # Of the days that are still entered without a reason paper may be out: their numbers stay as they are now.
    db.execute("""
    insert into sheet_numbers (team_id, day, households)
    select team_id, day, json_group_array(household_id order by begins, member_id, hamlet_code, walk_order, code)
    from (
        select a.team_id, a.day, a.household_id, a.member_id, a.status, h.hamlet_code, h.walk_order, h.code,
            min(h.hamlet_code || printf('%09d', h.walk_order))
                over (partition by a.day, a.team_id, a.member_id) as begins
        from assigned_households a join households h on h.id = a.household_id
        where a.day in (select day from days order by day desc limit 2))
    where status is null or status not in ('moved', 'merged')
    group by team_id, day
    """)


@migrations()
def m010_delegations_are_announced(db: Database) -> None:
    """When who stands in read that a role was lent to them; and the returned reports of one unit, found at once."""
    db.executescript("""
    alter table grants add column seen_at text;
    create index report_events_unit on report_events (area_code, day);
    """)


@migrations()
def m011_expected_households(db: Database) -> None:
    db.executescript("""
    -- How many households an area should have on its lists: of a commune, or a total that its communes share.
    -- `persons` is by what they share it. One row an area, as it is known now.
    create table expected_households (
        area_code text primary key references areas (code),
        households integer check (households > 0),
        persons integer check (persons > 0),
        source text not null check (source <> ''),
        entered_day text not null check (entered_day is date(entered_day, '+0 days')),
        version integer not null default 1,
        check (households is not null or persons is not null)
    ) strict, without rowid;

    -- Files of expected households are kept like those of the other lists.
    create table imports_wider (
        id integer primary key,
        audit_id integer not null references audit_log (id),
        kind text not null check (kind in ('hamlets', 'teams', 'households', 'assignments', 'expected')),
        area_code text not null references areas (code),
        file_name text not null,
        digest text not null,
        added integer not null,
        changed integer not null,
        same integer not null,
        refused integer not null,
        settled integer not null default 0 check (settled in (0, 1))
    ) strict;
    insert into imports_wider select id, audit_id, kind, area_code, file_name, digest, added, changed, same, refused,
        settled from imports;
    drop table imports;
    alter table imports_wider rename to imports;
    create index imports_area on imports (area_code, id);
    """)


@migrations()
def m013_entered_numbers(db: Database) -> None:
    db.executescript(f"""
    -- What the form asks of a number or a text that units enter; empty in versions stored before, see lib/oversight.
    alter table indicators add column kind text check (kind in ('number', 'text'));
    alter table indicators add column summed integer check (summed in (0, 1));
    alter table indicators add column source integer check (source in (0, 1));
    alter table indicators add column flow integer check (flow in (0, 1));
    alter table indicators add column required integer check (required in (0, 1));
    alter table indicators add column cumulative_unit text;

    -- The sections of a version of the form, those of the province's own among them.
    create table sections (
        version integer not null references templates (version),
        code text not null,
        position integer not null,
        part text not null check (part in ('I', 'II', 'III')),
        name_vi text not null check (name_vi <> ''),
        name_en text not null check (name_en <> ''),
        shown integer not null default 1 check (shown in (0, 1)),
        primary key (version, code)
    ) strict, without rowid;

    -- What had come together before the program knew of it: the newest row of a unit and an indicator counts, one
    -- without a value takes it back. `since_day` is the day that sums counted from when it was entered.
    create table opening_balances (
        id integer primary key,
        area_code text not null references areas (code),
        indicator text not null,
        value integer check (value >= 0),
        since_day text not null check (since_day is date(since_day, '+0 days')),
        until_day text not null check (until_day is date(until_day, '+0 days')),
        source text not null default '',
        at text not null,
        account_id integer references accounts (id),
        check (until_day >= since_day)
    ) strict;
    create index opening_balances_area on opening_balances (area_code, indicator);
    {_frozen("sections", "opening_balances")}
    """)


@migrations()
def m014_tries_are_counted_before(db: Database) -> None:
    """Wrong tries also by name and address together and by known device. What was locked for ten minutes is let go."""
    db.executescript("""
    drop table signin_failures;

    -- Tries to sign in: counted before the password is looked at, given back when it was right.
    -- Of an `account`, an `address`, a `pair` of both, or a `device` that the account knows; `name` is the user name's
    -- folded form, empty for an address.
    create table signin_failures (
        kind text not null check (kind in ('account', 'address', 'pair', 'device')),
        key text not null,
        name text,
        failed integer not null,
        last_at text not null,
        locked_until text,
        primary key (kind, key)
    ) strict, without rowid;
    create index signin_failures_name on signin_failures (name);
    create index signin_failures_last on signin_failures (last_at);
    """)


@migrations()
def m015_matched_headings(db: Database) -> None:
    """Headings of lists that somebody matched by hand, remembered for the whole province."""
    db.executescript("""
    -- By the folded heading: the column of the list that it means, or empty for one that is left out.
    create table heading_matches (
        province_code text not null references areas (code),
        list text not null,
        heading text not null check (heading <> ''),
        said text not null,
        field text not null,
        at text not null,
        account_id integer references accounts (id),
        primary key (province_code, list, heading)
    ) strict, without rowid;
    """)


@migrations()
def m016_posts_in_words_and_one_apostrophe(db: Database) -> None:
    """Posts that no list holds, in the words of who wrote them; teams of one name in two hamlets; one apostrophe."""
    db.executescript("""
    -- What a member with the post "other" is called; empty where nobody said.
    alter table members add column position_words text;

    drop index teams_one_name;
    create unique index teams_one_name on teams (commune_code, hamlet_code, name) where status <> 'dissolved';
    """)
    for table, columns in _NAMED.items():
        for column in columns.split():
            for sign in "’‘´`ʼ":
                # Two that become one stay two.
                db.execute(
                    f"update or ignore {table} set {column} = replace({column}, ?, '''') where instr({column}, ?)",
                    [sign, sign],
                )
            if column.endswith(("_folded", "search_text")):
                db.execute(f"update {table} set {column} = replace({column}, 'ƀ', 'b') where instr({column}, 'ƀ')")


_NAMED = {
    "areas": "name name_folded",
    "teams": "name name_folded",
    "members": "full_name name_folded",
    "households": "head_name head_folded search_text",
    "persons": "full_name name_folded",
}


@migrations()
def m017_capitals_of_communes(db: Database) -> None:
    """Seven names had a small letter in the list of 2021. Frozen reports keep the words they were sent with."""
    for code, wrong, right in (
        ("00679", "Đại áng", "Đại Áng"),
        ("03442", "Pa ủ", "Pa Ủ"),
        ("03712", "Nậm ét", "Nậm Ét"),
        ("03727", "Mường é", "Mường É"),
        ("03742", "é Tòng", "É Tòng"),
        ("06337", "Đồng ý", "Đồng Ý"),
        ("23554", "Ya ly", "Ya Ly"),
    ):
        db.execute("update areas set name = ? where code = ? and name = ?", [right, code, wrong])
