CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");

CREATE TABLE settings (
        key text primary key,
        value text not null
    ) strict, without rowid;

CREATE TABLE change (
        id integer primary key check (id = 1),
        n integer not null
    , at text not null default '') strict;

CREATE TABLE areas (
        code text primary key,
        level text not null check (level in ('province', 'district', 'commune', 'hamlet')),
        kind text not null,
        name text not null check (name <> ''),
        parent_code text references areas (code),
        name_folded text not null,
        name_sort text not null,
        check ((level = 'province') = (parent_code is null))
    ) strict, without rowid;

CREATE INDEX areas_parent on areas (parent_code);

CREATE UNIQUE INDEX areas_one_name on areas (parent_code, kind, name) where level = 'hamlet';

CREATE TABLE accounts (
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

CREATE TABLE grants (
        id integer primary key,
        account_id integer not null references accounts (id),
        role text not null check (role in
            ('member', 'leader', 'commune', 'station', 'district', 'province', 'inspector', 'administrator')),
        area_code text not null references areas (code),
        team_id integer references teams (id),
        member_id integer references members (id),
        from_day text not null check (from_day is date(from_day, '+0 days')),
        until_day text check (until_day is null or until_day >= from_day), for_account_id integer references accounts (id), from_hour text check (from_hour is null or from_hour glob '[0-2][0-9]:[0-5][0-9]'), seen_at text,
        check ((role in ('member', 'leader')) = (team_id is not null)),
        check (role <> 'member' or member_id is not null)
    ) strict;

CREATE INDEX grants_account on grants (account_id);

CREATE INDEX grants_area on grants (area_code);

CREATE TABLE audit_log (
        id integer primary key,
        at text not null,
        account_id integer references accounts (id),
        role text,
        action text not null,
        area_code text,
        subject text,
        detail text not null default '{}' check (json_valid(detail))
    , address text, link text) strict;

CREATE INDEX audit_area on audit_log (area_code, id);

CREATE INDEX audit_account on audit_log (account_id, id);

CREATE TABLE teams (
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

CREATE INDEX teams_commune on teams (commune_code);

CREATE TABLE team_hamlets (
        team_id integer not null references teams (id),
        hamlet_code text not null references areas (code),
        primary key (team_id, hamlet_code)
    ) strict, without rowid;

CREATE INDEX team_hamlets_hamlet on team_hamlets (hamlet_code);

CREATE TABLE members (
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
    , position_words text) strict;

CREATE INDEX members_team on members (team_id);

CREATE INDEX members_folded on members (name_folded);

CREATE UNIQUE INDEX one_leader on members (team_id) where role = 'leader' and until_day is null;

CREATE TABLE households (
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
        version integer not null default 1, merged_into integer references households (id),
        check (substr(hamlet_code, 1, 5) = commune_code)
    ) strict;

CREATE INDEX households_walk on households (hamlet_code, walk_order);

CREATE INDEX households_commune on households (commune_code, head_sort);

CREATE TABLE household_status (
        id integer primary key,
        household_id integer not null references households (id),
        status text not null check (status in ('central_quarantine', 'locked_down_elsewhere', 'moved', 'merged')),
        from_day text not null check (from_day is date(from_day, '+0 days')),
        until_day text check (until_day is null or until_day >= from_day),
        reason text
    ) strict;

CREATE INDEX household_status_household on household_status (household_id, from_day);

CREATE UNIQUE INDEX one_open_status on household_status (household_id) where until_day is null;

CREATE TABLE persons (
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
    , merged_into integer references persons (id), id_number text, phone text) strict;

CREATE INDEX persons_household on persons (household_id);

CREATE INDEX persons_folded on persons (name_folded);

CREATE TABLE assignments (
        id integer primary key,
        household_id integer not null references households (id),
        member_id integer not null references members (id),
        team_id integer not null references teams (id),
        from_day text not null check (from_day is date(from_day, '+0 days')),
        until_day text check (until_day is null or until_day >= from_day)
    ) strict;

CREATE INDEX assignments_household on assignments (household_id, from_day);

CREATE INDEX assignments_team on assignments (team_id, from_day);

CREATE INDEX assignments_member on assignments (member_id);

CREATE UNIQUE INDEX one_assignment on assignments (household_id) where until_day is null;

CREATE TABLE days (
        day text primary key check (day is date(day, '+0 days')),
        opened_at text not null,
        cutoff_at text not null
    , floor text not null default '') strict, without rowid;

CREATE TABLE visits (
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
        version integer not null default 1, needs text check (needs is null or json_valid(needs)), violations text check (violations is null or json_valid(violations)), channel text check (channel in ('paper')), changed_at text,
        primary key (day, household_id)
    ) strict, without rowid;

CREATE TABLE visit_past (
        day text not null,
        household_id integer not null,
        version integer not null,
        outcome text,
        swept integer not null,
        flags text not null,
        note text,
        recorded_at text not null,
        recorded_by integer, needs text, violations text, channel text, changed_at text,
        primary key (day, household_id, version)
    ) strict, without rowid;

CREATE TABLE team_day (
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

CREATE TABLE hamlet_day (
        day text not null references days (day),
        hamlet_code text not null references areas (code),
        commune_code text not null,
        households integer not null,
        assigned integer not null,
        teams integer not null,
        primary key (day, commune_code, hamlet_code)
    ) strict, without rowid;

CREATE VIEW assigned_households as
    select days.day, a.household_id, a.member_id, a.team_id, teams.commune_code, teams.hamlet_code,
        (select s.status from household_status s
         where s.household_id = a.household_id and s.from_day <= days.day
           and (s.until_day is null or s.until_day > days.day)) as status
    from days
    join assignments a on a.from_day <= days.day and (a.until_day is null or a.until_day > days.day)
    join teams on teams.id = a.team_id;

CREATE VIEW due_households as
    select day, household_id, member_id, team_id, commune_code, hamlet_code
    from assigned_households where status is null;

CREATE TRIGGER visits_insert after insert on visits begin
        update team_day set met = met + (new.outcome is 'met'),
            phone = phone + (new.outcome is 'phone'),
            absent = absent + (new.outcome is 'absent'),
            refused = refused + (new.outcome is 'refused'),
            swept = swept + (new.outcome is not null and new.swept),
            touched = touched + (new.outcome is not null and not new.swept),
            persons_seen = persons_seen + ifnull(new.outcome in ('met', 'phone'), 0) * new.persons,
            seen_on_time = seen_on_time + ifnull(new.outcome in ('met', 'phone'), 0) * (new.recorded_at <= (select cutoff_at from days where day = new.day)),
            last_entry_at = max(ifnull(last_entry_at, ''), new.recorded_at) where day = new.day and (commune_code, team_id) = (
        select commune_code, team_id from due_households
        where day = new.day and household_id = new.household_id);
    end;

CREATE TRIGGER visits_stay before delete on visits begin
        select raise(abort, 'visits are cleared, never deleted');
    end;

CREATE TABLE screenings (
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

CREATE INDEX screenings_person on screenings (person_id, day);

CREATE TRIGGER screenings_stay before delete on screenings begin
        select raise(abort, 'screenings belong to a version of a visit and stay');
    end;

CREATE TABLE undo_steps (
        audit_id integer not null references audit_log (id),
        position integer not null,
        table_name text not null,
        before text check (before is null or json_valid(before)),
        after text check (after is null or json_valid(after)),
        primary key (audit_id, position)
    ) strict, without rowid;

CREATE TABLE undoable (
        audit_id integer primary key references audit_log (id),
        action text not null,
        until text not null,
        anybody integer not null check (anybody in (0, 1)),
        taken_back_at text
    ) strict;

CREATE INDEX undoable_until on undoable (until);

CREATE TABLE not_duplicates (
        kind text not null check (kind in ('household', 'person')),
        one integer not null,
        other integer not null,
        primary key (kind, one, other),
        check (one < other)
    ) strict, without rowid;

CREATE INDEX persons_phone on persons (phone) where phone is not null;

CREATE INDEX persons_id_number on persons (id_number) where id_number is not null;

CREATE INDEX households_phone on households (phone) where phone is not null;

CREATE INDEX households_folded on households (hamlet_code, head_folded);

CREATE TABLE past_rows (
        n integer primary key,
        table_name text not null check (table_name in ('assignments', 'household_status', 'households', 'teams')),
        key integer not null,
        until_at text not null,
        row text check (row is null or json_valid(row))
    ) strict;

CREATE INDEX past_rows_until on past_rows (until_at);

CREATE INDEX past_rows_key on past_rows (table_name, key, until_at);

CREATE TRIGGER assignments_past_insert after insert on assignments when (select at from change where id = 1) <> '' begin
        insert into past_rows (table_name, key, until_at, row)
        values ('assignments', new.id, (select at from change where id = 1), null);
    end;

CREATE TRIGGER assignments_past_update after update of household_id, member_id, team_id, from_day, until_day on assignments when (select at from change where id = 1) <> '' and (old.household_id, old.member_id, old.team_id, old.from_day, old.until_day) is not (new.household_id, new.member_id, new.team_id, new.from_day, new.until_day) begin
        insert into past_rows (table_name, key, until_at, row)
        values ('assignments', old.id, (select at from change where id = 1), json_object('household_id', old.household_id, 'member_id', old.member_id, 'team_id', old.team_id, 'from_day', old.from_day, 'until_day', old.until_day));
    end;

CREATE TRIGGER assignments_past_delete after delete on assignments when (select at from change where id = 1) <> '' begin
        insert into past_rows (table_name, key, until_at, row)
        values ('assignments', old.id, (select at from change where id = 1), json_object('household_id', old.household_id, 'member_id', old.member_id, 'team_id', old.team_id, 'from_day', old.from_day, 'until_day', old.until_day));
    end;

CREATE TRIGGER household_status_past_insert after insert on household_status when (select at from change where id = 1) <> '' begin
        insert into past_rows (table_name, key, until_at, row)
        values ('household_status', new.id, (select at from change where id = 1), null);
    end;

CREATE TRIGGER household_status_past_update after update of household_id, status, from_day, until_day on household_status when (select at from change where id = 1) <> '' and (old.household_id, old.status, old.from_day, old.until_day) is not (new.household_id, new.status, new.from_day, new.until_day) begin
        insert into past_rows (table_name, key, until_at, row)
        values ('household_status', old.id, (select at from change where id = 1), json_object('household_id', old.household_id, 'status', old.status, 'from_day', old.from_day, 'until_day', old.until_day));
    end;

CREATE TRIGGER household_status_past_delete after delete on household_status when (select at from change where id = 1) <> '' begin
        insert into past_rows (table_name, key, until_at, row)
        values ('household_status', old.id, (select at from change where id = 1), json_object('household_id', old.household_id, 'status', old.status, 'from_day', old.from_day, 'until_day', old.until_day));
    end;

CREATE TRIGGER households_past_insert after insert on households when (select at from change where id = 1) <> '' begin
        insert into past_rows (table_name, key, until_at, row)
        values ('households', new.id, (select at from change where id = 1), null);
    end;

CREATE TRIGGER households_past_update after update of hamlet_code, commune_code, from_day on households when (select at from change where id = 1) <> '' and (old.hamlet_code, old.commune_code, old.from_day) is not (new.hamlet_code, new.commune_code, new.from_day) begin
        insert into past_rows (table_name, key, until_at, row)
        values ('households', old.id, (select at from change where id = 1), json_object('hamlet_code', old.hamlet_code, 'commune_code', old.commune_code, 'from_day', old.from_day));
    end;

CREATE TRIGGER households_past_delete after delete on households when (select at from change where id = 1) <> '' begin
        insert into past_rows (table_name, key, until_at, row)
        values ('households', old.id, (select at from change where id = 1), json_object('hamlet_code', old.hamlet_code, 'commune_code', old.commune_code, 'from_day', old.from_day));
    end;

CREATE TRIGGER teams_past_insert after insert on teams when (select at from change where id = 1) <> '' begin
        insert into past_rows (table_name, key, until_at, row)
        values ('teams', new.id, (select at from change where id = 1), null);
    end;

CREATE TRIGGER teams_past_update after update of commune_code, hamlet_code, from_day, until_day on teams when (select at from change where id = 1) <> '' and (old.commune_code, old.hamlet_code, old.from_day, old.until_day) is not (new.commune_code, new.hamlet_code, new.from_day, new.until_day) begin
        insert into past_rows (table_name, key, until_at, row)
        values ('teams', old.id, (select at from change where id = 1), json_object('commune_code', old.commune_code, 'hamlet_code', old.hamlet_code, 'from_day', old.from_day, 'until_day', old.until_day));
    end;

CREATE TRIGGER teams_past_delete after delete on teams when (select at from change where id = 1) <> '' begin
        insert into past_rows (table_name, key, until_at, row)
        values ('teams', old.id, (select at from change where id = 1), json_object('commune_code', old.commune_code, 'hamlet_code', old.hamlet_code, 'from_day', old.from_day, 'until_day', old.until_day));
    end;

CREATE TRIGGER visits_update after update on visits begin
        insert into visit_past (day, household_id, version, outcome, swept, flags, note, needs, violations, channel,
            changed_at, recorded_at, recorded_by)
        values (old.day, old.household_id, old.version, old.outcome, old.swept, old.flags, old.note,
            old.needs, old.violations, old.channel, old.changed_at, old.recorded_at, old.recorded_by);
        update team_day set met = met - (old.outcome is 'met') + (new.outcome is 'met'),
            phone = phone - (old.outcome is 'phone') + (new.outcome is 'phone'),
            absent = absent - (old.outcome is 'absent') + (new.outcome is 'absent'),
            refused = refused - (old.outcome is 'refused') + (new.outcome is 'refused'),
            swept = swept - (old.outcome is not null and old.swept) + (new.outcome is not null and new.swept),
            touched = touched - (old.outcome is not null and not old.swept) + (new.outcome is not null and not new.swept),
            persons_seen = persons_seen - ifnull(old.outcome in ('met', 'phone'), 0) * old.persons + ifnull(new.outcome in ('met', 'phone'), 0) * new.persons,
            seen_on_time = seen_on_time - ifnull(old.outcome in ('met', 'phone'), 0) * (new.recorded_at <= (select cutoff_at from days where day = new.day)) + ifnull(new.outcome in ('met', 'phone'), 0) * (new.recorded_at <= (select cutoff_at from days where day = new.day)),
            last_entry_at = max(ifnull(last_entry_at, ''), new.recorded_at) where day = new.day and (commune_code, team_id) = (
        select commune_code, team_id from due_households
        where day = new.day and household_id = new.household_id);
    end;

CREATE TABLE templates (
        version integer primary key,
        made_at text not null,
        made_by integer references accounts (id),
        reason text
    ) strict;

CREATE TABLE indicators (
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
        in_table integer not null default 0 check (in_table in (0, 1)), kind text check (kind in ('number', 'text')), summed integer check (summed in (0, 1)), source integer check (source in (0, 1)), flow integer check (flow in (0, 1)), required integer check (required in (0, 1)), cumulative_unit text,
        primary key (version, code)
    ) strict, without rowid;

CREATE TABLE snapshots (
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

CREATE TABLE snapshot_values (
        snapshot_id integer not null references snapshots (id),
        area_code text not null references areas (code),
        counted text not null check (json_valid(counted)),
        primary key (snapshot_id, area_code)
    ) strict, without rowid;

CREATE TRIGGER snapshot_values_full before insert on snapshot_values
    when (select count(*) from snapshot_values where snapshot_id = new.snapshot_id)
        >= (select areas from snapshots where id = new.snapshot_id)
    begin
        select raise(abort, 'a frozen report takes no more figures');
    end;

CREATE TRIGGER templates_no_update before update on templates begin
        select raise(abort, 'templates stand as they were written');
    end;

CREATE TRIGGER templates_no_delete before delete on templates begin
        select raise(abort, 'templates stand as they were written');
    end;

CREATE TRIGGER indicators_no_update before update on indicators begin
        select raise(abort, 'indicators stand as they were written');
    end;

CREATE TRIGGER indicators_no_delete before delete on indicators begin
        select raise(abort, 'indicators stand as they were written');
    end;

CREATE TRIGGER snapshots_no_update before update on snapshots begin
        select raise(abort, 'snapshots stand as they were written');
    end;

CREATE TRIGGER snapshots_no_delete before delete on snapshots begin
        select raise(abort, 'snapshots stand as they were written');
    end;

CREATE TRIGGER snapshot_values_no_update before update on snapshot_values begin
        select raise(abort, 'snapshot_values stand as they were written');
    end;

CREATE TRIGGER snapshot_values_no_delete before delete on snapshot_values begin
        select raise(abort, 'snapshot_values stand as they were written');
    end;

CREATE TABLE report_drafts (
        day text not null,
        area_code text not null references areas (code),
        content text not null check (json_valid(content)),
        version integer not null default 1,
        updated_at text not null,
        updated_by integer not null references accounts (id),
        primary key (day, area_code)
    ) strict, without rowid;

CREATE TABLE officers (
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

CREATE INDEX officers_area on officers (area_code, duty);

CREATE TABLE reminders (
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

CREATE INDEX reminders_to on reminders (to_area, day);

CREATE INDEX reminders_from on reminders (from_area, day);

CREATE TABLE letterheads (
        area_code text not null references areas (code),
        line text not null check (line in ('party', 'state', 'health')),
        content text not null check (json_valid(content)),
        version integer not null default 1,
        primary key (area_code, line)
    ) strict, without rowid;

CREATE TABLE report_events (
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
        content text not null default '{}' check (json_valid(content)),
        check (deed not in ('return', 'correct') or reason <> '')
    ) strict;

CREATE INDEX report_events_area on report_events (day, area_code);

CREATE UNIQUE INDEX report_events_once on report_events (day, area_code, deed, version);

CREATE TRIGGER report_events_no_update before update on report_events begin
        select raise(abort, 'report_events stand as they were written');
    end;

CREATE TRIGGER report_events_no_delete before delete on report_events begin
        select raise(abort, 'report_events stand as they were written');
    end;

CREATE VIEW reports_counted as
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

CREATE TABLE sheet_numbers (
        team_id integer not null,
        day text not null check (day is date(day, '+0 days')),
        households text not null check (json_valid(households)),
        primary key (team_id, day)
    ) strict, without rowid;

CREATE TRIGGER sheet_numbers_stay before update on sheet_numbers when
        json_array_length(new.households) < json_array_length(old.households)
        or exists (
            select 1 from json_each(old.households) before join json_each(new.households) after using (key)
            where after.value is not null and after.value is not before.value)
    begin
        select raise(abort, 'a number on a sheet belongs to one household for good');
    end;

CREATE TABLE sheet_prints (
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

CREATE INDEX sheet_prints_sheet on sheet_prints (team_id, day);

CREATE TRIGGER teams_sheets after delete on teams begin
        delete from sheet_numbers where team_id = old.id;
        delete from sheet_prints where team_id = old.id;
    end;

CREATE TRIGGER households_sheets after delete on households begin
        update sheet_numbers set households = (
            select json_group_array(iif(value = old.id, null, value) order by key) from json_each(households))
        where team_id in (select id from teams where commune_code = old.commune_code) and day >= old.from_day
            and exists (select 1 from json_each(households) where value = old.id);
    end;

CREATE INDEX report_events_unit on report_events (area_code, day);

CREATE TABLE expected_households (
        area_code text primary key references areas (code),
        households integer check (households > 0),
        persons integer check (persons > 0),
        source text not null check (source <> ''),
        entered_day text not null check (entered_day is date(entered_day, '+0 days')),
        version integer not null default 1,
        check (households is not null or persons is not null)
    ) strict, without rowid;

CREATE TABLE "imports" (
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

CREATE INDEX imports_area on imports (area_code, id);

CREATE TABLE sections (
        version integer not null references templates (version),
        code text not null,
        position integer not null,
        part text not null check (part in ('I', 'II', 'III')),
        name_vi text not null check (name_vi <> ''),
        name_en text not null check (name_en <> ''),
        shown integer not null default 1 check (shown in (0, 1)),
        primary key (version, code)
    ) strict, without rowid;

CREATE TABLE opening_balances (
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

CREATE INDEX opening_balances_area on opening_balances (area_code, indicator);

CREATE TRIGGER sections_no_update before update on sections begin
        select raise(abort, 'sections stand as they were written');
    end;

CREATE TRIGGER sections_no_delete before delete on sections begin
        select raise(abort, 'sections stand as they were written');
    end;

CREATE TRIGGER opening_balances_no_update before update on opening_balances begin
        select raise(abort, 'opening_balances stand as they were written');
    end;

CREATE TRIGGER opening_balances_no_delete before delete on opening_balances begin
        select raise(abort, 'opening_balances stand as they were written');
    end;

CREATE TABLE signin_failures (
        kind text not null check (kind in ('account', 'address', 'pair', 'device')),
        key text not null,
        name text,
        failed integer not null,
        last_at text not null,
        locked_until text,
        primary key (kind, key)
    ) strict, without rowid;

CREATE INDEX signin_failures_name on signin_failures (name);

CREATE INDEX signin_failures_last on signin_failures (last_at);

CREATE TABLE heading_matches (
        province_code text not null references areas (code),
        list text not null,
        heading text not null check (heading <> ''),
        said text not null,
        field text not null,
        at text not null,
        account_id integer references accounts (id),
        primary key (province_code, list, heading)
    ) strict, without rowid;

CREATE UNIQUE INDEX teams_one_name on teams (commune_code, hamlet_code, name) where status <> 'dissolved';
