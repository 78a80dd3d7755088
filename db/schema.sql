-- The store as the migrations leave it: `make schema` writes this file, and a test compares it with them.
-- What is said of tables and columns is kept in columns.csv. Days are those of Viet Nam, instants are UTC.

-- What the program and the province set for themselves, one row a setting. Written by lib/core for every room that
-- keeps a setting; lib/operations notes the last copy and writes into a store it restores.
CREATE TABLE settings (
    key text primary key, -- Name of the setting: rule.* (limits the province chose, S2-23), source.* (documents they stand on), report_from
                          -- (first day of reports, S0-26), cumulative_since, words.hamlets, practice*, store_id, cookie_key (signs
                          -- sessions), copies_*, clock, looked, *_day (when a nightly job last ran).
    value text not null   -- Its value as text: a number, a day, words or a JSON object, as the room that owns the key reads it.
) strict, without rowid;

-- One row that tells that something was written: what caches and open pages compare. Written by lib/core at the end of
-- every write transaction.
CREATE TABLE change (
    id integer primary key check (id = 1), -- Always 1.
    n integer not null,                    -- How many writes the store has seen that pages are drawn again for; equal numbers mean equal
                                           -- content. Tries to sign in do not count.
    at text not null default ''            -- Stamp of the act that is being written, in UTC, ISO 8601, for the triggers that keep past
                                           -- rows; empty outside an act.
) strict;

-- The units of the official list of 2021 (province, districts, communes) and the hamlets below, which each commune
-- enters. Written by lib/register area table: at the set-up, for hamlets entered or loaded, and for another province
-- that somebody came from.
CREATE TABLE areas (
    code text primary key,                               -- Official code of 2021 as text (72, 703, 25456); of a hamlet that of its commune
                                                         -- and a serial of two digits (2545601). Never changes.
    level text not null                                  -- province, district, commune (commune, ward or township) or hamlet.
        check (level in ('province', 'district', 'commune', 'hamlet')),
    kind text not null,                                  -- What a unit of its kind is called, before the name: Tỉnh, Huyện, Thị xã, Phường
                                                         -- …; of hamlets in small letters: ấp, khu phố, thôn, bản (S0-2).
    name text not null check (name <> ''),               -- Proper name without the kind: Tây Ninh, 1, Phước Đức.
    parent_code text references areas (code),            -- Unit it lies in; null of a province only.
    name_folded text not null,                           -- The name in small letters without marks, đ as d, for search.
    name_sort text not null,                             -- Key of the name whose byte order is Vietnamese alphabetical order, numbers by
                                                         -- their value.
    check ((level = 'province') = (parent_code is null))
) strict, without rowid;

CREATE INDEX areas_parent on areas (parent_code);

-- A commune has no two hamlets of one word and name.
CREATE UNIQUE INDEX areas_one_name on areas (parent_code, kind, name) where level = 'hamlet';

-- Who may sign in. Written by lib/core accounts and, when its owner changes the password or signs out, by lib/core
-- authentication.
CREATE TABLE accounts (
    id integer primary key,                       -- Number of the account.
    username text not null unique collate nocase, -- Name to sign in by: 3 to 40 small letters without marks, digits, dots, hyphens; its
                                                  -- case does not matter.
    full_name text not null,                      -- Name of the person, shown beside what was done.
    phone text,                                   -- Telephone, digits only, beginning with 0; null when unknown.
    password_hash text not null,                  -- bcrypt hash of the password; the password itself is nowhere.
    must_change integer not null default 1        -- 1 while the password is one that somebody else issued; it is changed at the next
                                                  -- sign-in.
        check (must_change in (0, 1)),
    is_active integer not null default 1          -- 1 while the account may sign in; 0 once the level above switched it off.
        check (is_active in (0, 1)),
    token_version integer not null default 1,     -- Goes up when every session of the account has to end (sign-out, password, switched on
                                                  -- or off).
    created_at text not null,                     -- When it was issued, in UTC, ISO 8601.
    created_by integer references accounts (id)   -- Account that issued it; null of the first, made at the set-up.
) strict;

-- What an account may act as, where and when; one person may hold several. Written by lib/core grant table: for
-- accounts and delegation, and when a member changes team or leaves.
CREATE TABLE grants (
    id integer primary key,                               -- Number of the grant.
    account_id integer not null references accounts (id), -- Account that holds it.
    role text not null                                    -- Role acted in: member or leader of a team, commune staff, health station,
                                                          -- district, province, inspector, or administrator of the machine.
        check (role in ('member', 'leader', 'commune', 'station', 'district', 'province', 'inspector', 'administrator')),
    area_code text not null references areas (code),      -- Area the role reaches, with everything below it; of members and leaders their
                                                          -- commune.
    team_id integer references teams (id),                -- Team of a member or leader; null of any other role.
    member_id integer references members (id),            -- Who of the team the account is, so that a member sees the own households only;
                                                          -- a leader's may be null.
    from_day text not null                                -- First day in force, as YYYY-MM-DD.
        check (from_day is date(from_day, '+0 days')),
    until_day text                                        -- First day no longer in force, as YYYY-MM-DD; null while open.
        check (until_day is null or until_day >= from_day),
    for_account_id integer references accounts (id),      -- Account whose role is held for a time by this one (S0-21); null of a role of
                                                          -- one's own.
    from_hour text                                        -- Hour of each day, HH:MM in Viet Nam, from which a lent role may act; before it
                                                          -- a report may be prepared.
        check (from_hour is null or from_hour glob '[0-2][0-9]:[0-5][0-9]'),
    seen_at text,                                         -- When the holder read that the role was lent, in UTC, ISO 8601; null until then.
    check ((role in ('member', 'leader')) = (team_id is not null)),
    check (role <> 'member' or member_id is not null)
) strict;

CREATE INDEX grants_account on grants (account_id);

CREATE INDEX grants_area on grants (area_code);

-- Every act, never changed and never removed (S3-27). Written by lib/core audit as the last statement of each act.
CREATE TABLE audit_log (
    id integer primary key,                      -- Number of the line, in the order of writing.
    at text not null,                            -- When it was done, in UTC, ISO 8601.
    account_id integer references accounts (id), -- Who did it; null for the clock, the terminal, or somebody who was not let in.
    role text,                                   -- Role they acted in; null where nobody was signed in.
    action text not null,                        -- What was done, as a code like visit.record or household.edit.
    area_code text,                              -- Area the line belongs to, a commune or above, by which it is decided who may read it;
                                                 -- null of what belongs to none.
    subject text,                                -- What it was done to, by code or name: a household, a team, a day, a user name.
    detail text not null default '{}'            -- JSON object: fields with [old, new], and what else the history tells. No whole identity
                                                 -- number, and nothing of what was found with a person.
        check (json_valid(detail)),
    address text,                                -- Network address the visitor came from; null for the clock and the terminal.
    link text                                    -- SHA-256 in hexadecimal over the link before and this line, so that a changed or missing
                                                 -- line shows; null before the chain began.
) strict;

CREATE INDEX audit_area on audit_log (area_code, id);

CREATE INDEX audit_account on audit_log (account_id, id);

-- Community Covid teams, each by a decision of its commune (S0-13, S2-20). Written by lib/register team table.
CREATE TABLE teams (
    id integer primary key,                                   -- Number of the team.
    commune_code text not null references areas (code),       -- Commune that founded it; it stays there.
    hamlet_code text not null references areas (code),        -- Hamlet it is named for.
    name text not null check (name <> ''),                    -- Name, as "Tổ Covid cộng đồng số 03 – ấp Phước Đức"; one of its kind among
                                                              -- the living teams of the hamlet.
    name_folded text not null,                                -- The name in small letters without marks, for search.
    name_sort text not null,                                  -- Key of the name for Vietnamese order.
    model text not null                                       -- hamlet (team of the ấp, khu phố) or residential_area (team of the khu dân
                                                              -- cư); both in one hamlet are an overlap (S0-20).
        check (model in ('hamlet', 'residential_area')),
    group_name text,                                          -- Self-managed groups (tổ dân cư tự quản) it covers, in words.
    decision_no text,                                         -- Number of the decision it stands on, as 12/QĐ-UBND; null while none is
                                                              -- entered.
    decision_day text                                         -- Day of that decision, as YYYY-MM-DD.
        check (decision_day is null or decision_day is date(decision_day, '+0 days')),
    decision_issuer text,                                     -- Body that issued it, in words.
    decision_signer text,                                     -- Who signed it.
    from_day text not null                                    -- First day the team is at work, as YYYY-MM-DD.
        check (from_day is date(from_day, '+0 days')),
    until_day text                                            -- Day from which it is dissolved, as YYYY-MM-DD; null while it lives.
        check (until_day is null or until_day >= from_day),
    status text not null default 'active'                     -- active, reconstituting (kiện toàn under way, S0-13) or dissolved.
        check (status in ('active', 'reconstituting', 'dissolved')),
    phone text,                                               -- Telephone of the team beside its leader's, digits only; null when none.
    is_pilot integer not null default 0                       -- 1 for a model team (mô hình điểm, S2-29).
        check (is_pilot in (0, 1)),
    equipment text not null default '[]'                      -- JSON list of what was issued: badge, masks, sanitiser, thermometer,
                                                              -- loudspeaker, notebook (S2-25).
        check (json_valid(equipment)),
    training_day text                                         -- Day it was trained, as YYYY-MM-DD; null when not (S2-25).
        check (training_day is null or training_day is date(training_day, '+0 days')),
    note text,                                                -- Free words of the commune.
    version integer not null default 1,                       -- Goes up with every edit; a form filled from an older one is refused.
    check ((status = 'dissolved') = (until_day is not null)),
    check (substr(hamlet_code, 1, 5) = commune_code)
) strict;

CREATE INDEX teams_commune on teams (commune_code);

-- Hamlets a team looks after beside the one it is named for, of the same commune. Written by lib/register team table.
CREATE TABLE team_hamlets (
    team_id integer not null references teams (id),    -- The team.
    hamlet_code text not null references areas (code), -- A further hamlet of its own.
    primary key (team_id, hamlet_code)
) strict, without rowid;

CREATE INDEX team_hamlets_hamlet on team_hamlets (hamlet_code);

-- One row is one person's time in one team; who changes team or role in a reorganisation begins a new one. Written by
-- lib/register member table.
CREATE TABLE members (
    id integer primary key,                          -- Number of this time in this team.
    team_id integer not null references teams (id),  -- The team.
    full_name text not null check (full_name <> ''), -- Name of the person.
    name_folded text not null,                       -- The name in small letters without marks, for search.
    name_sort text not null,                         -- Key for Vietnamese order, by given name first.
    sex text check (sex in ('female', 'male')),      -- female or male; null when unknown.
    birth_year integer                               -- Year of birth; null when unknown.
        check (birth_year between 1900 and 2100),
    phone text,                                      -- Telephone, digits only, beginning with 0; null when unknown.
    id_number text,                                  -- Identity number of 9 or 12 digits; shown masked, never logged whole; null when
                                                     -- unknown.
    role text not null                               -- leader, deputy or member; a team has one leader (S0-16).
        check (role in ('leader', 'deputy', 'member')),
    position text,                                   -- Post held beside: deputy_cell_secretary, hamlet_head, front_head (these three may
                                                     -- lead, S0-16), cell_secretary, deputy_hamlet_head or other; null when unknown.
    categories text not null default '[]'            -- JSON list of what the person is (S0-15): party_member, front_worker, cell_committee,
                                                     -- police, health_worker, hamlet_cadre, association, volunteer.
        check (json_valid(categories)),
    organisation text,                               -- Body that sent the person (S2-30): front, women, youth, farmers, veterans, elderly,
                                                     -- police, health or other; null when none.
    availability text not null default 'available'   -- Whether the person can visit now: available, isolating, ill or leave; who is not
                                                     -- gets no new households proposed.
        check (availability in ('available', 'isolating', 'ill', 'leave')),
    from_day text not null                           -- First day in the team, as YYYY-MM-DD.
        check (from_day is date(from_day, '+0 days')),
    until_day text                                   -- First day no longer in it, as YYYY-MM-DD; null while there.
        check (until_day is null or until_day >= from_day),
    version integer not null default 1,              -- Goes up with every edit; a form filled from an older one is refused.
    position_words text                              -- What the post "other" is called; null of the posts above and where nobody said.
) strict;

CREATE INDEX members_team on members (team_id);

CREATE INDEX members_folded on members (name_folded);

-- A team has one leader at a time (S0-16).
CREATE UNIQUE INDEX one_leader on members (team_id) where role = 'leader' and until_day is null;

-- Households of the register, the unit of every visit (S2-1). Written by lib/register household table.
CREATE TABLE households (
    id integer primary key,                              -- Number of the row; one that moved or was merged keeps its own.
    code text not null unique,                           -- Code people use: the commune's and a serial of four digits or more, 25456-0017.
                                                         -- Never changes.
    commune_code text not null references areas (code),  -- Commune it stands in.
    hamlet_code text not null references areas (code),   -- Hamlet it stands in; a household that moves to another gets a new row there.
    head_name text not null check (head_name <> ''),     -- Name of the head of the household.
    head_folded text not null,                           -- That name in small letters without marks, for search and for finding duplicates.
    head_sort text not null,                             -- Key for Vietnamese order, by given name first.
    search_text text not null,                           -- Name, code, lane, house number and telephones, folded: what the search looks in.
    lane text,                                           -- Lane (ngõ, S0-17), in words.
    group_name text,                                     -- Group of households (tổ), in words.
    house_number text,                                   -- House number or what is said in its place.
    walk_order integer not null check (walk_order >= 0), -- Place in the order in which its hamlet is walked, 1 first, without gaps.
    phone text,                                          -- Telephone, digits only, beginning with 0; null when unknown.
    phone2 text,                                         -- A second one.
    person_count integer not null                        -- How many persons live there, by the list; may differ from the rows of persons
                                                         -- (S4-7).
        check (person_count between 1 and 99),
    temporary_count integer not null default 0           -- How many of them live there temporarily.
        check (temporary_count between 0 and person_count),
    dwelling text not null default 'house'               -- house, boarding_room, flat, dormitory or shop.
        check (dwelling in ('house', 'boarding_room', 'flat', 'dormitory', 'shop')),
    vulnerabilities text not null default '[]'           -- JSON list of what needs care (S3-23): poor, elderly_alone, disabled, pregnant,
                                                         -- chronic, child_under_5.
        check (json_valid(vulnerabilities)),
    exposures text not null default '[]'                 -- JSON list of work that exposes (S4-11): trader (market), driver, factory,
                                                         -- health_worker, border.
        check (json_valid(exposures)),
    commitment_day text                                  -- Day the household signed its commitment, as YYYY-MM-DD; null when not.
        check (commitment_day is null or commitment_day is date(commitment_day, '+0 days')),
    note text,                                           -- Free words.
    from_day text not null                               -- First day it is counted in the register, as YYYY-MM-DD.
        check (from_day is date(from_day, '+0 days')),
    version integer not null default 1,                  -- Goes up with every edit; a form filled from an older one is refused.
    merged_into integer references households (id),      -- Row it became: of a merged household the one that stays, of a moved one its
                                                         -- successor elsewhere; else null.
    check (substr(hamlet_code, 1, 5) = commune_code)
) strict;

CREATE INDEX households_walk on households (hamlet_code, walk_order);

CREATE INDEX households_commune on households (commune_code, head_sort);

-- Dated reasons why a household is not to be visited; of one household they never overlap. Written by lib/register
-- status periods.
CREATE TABLE household_status (
    id integer primary key,                                   -- Number of the period.
    household_id integer not null references households (id), -- The household.
    status text not null                                      -- central_quarantine (the whole household, S1-28) and locked_down_elsewhere:
                                                              -- not due; moved and merged: no longer counted at all.
        check (status in ('central_quarantine', 'locked_down_elsewhere', 'moved', 'merged')),
    from_day text not null                                    -- First day in force, as YYYY-MM-DD.
        check (from_day is date(from_day, '+0 days')),
    until_day text                                            -- First day no longer in force, as YYYY-MM-DD; null while open; the same as
                                                              -- from_day for one that was called off.
        check (until_day is null or until_day >= from_day),
    reason text                                               -- Why, in the words of who entered it; null when nothing was said.
) strict;

CREATE INDEX household_status_household on household_status (household_id, from_day);

-- A household has one status without an end at most.
CREATE UNIQUE INDEX one_open_status on household_status (household_id) where until_day is null;

-- Who lives in a household (nhân khẩu, S4-7), at the least. Written by lib/register person table.
CREATE TABLE persons (
    id integer primary key,                                   -- Number of the row.
    household_id integer not null references households (id), -- Household the person lives in, or lived in.
    full_name text not null check (full_name <> ''),          -- Name of the person.
    name_folded text not null,                                -- The name in small letters without marks, for search and for finding
                                                              -- duplicates.
    name_sort text not null,                                  -- Key for Vietnamese order, by given name first.
    birth_year integer                                        -- Year of birth; null when said to be unknown.
        check (birth_year between 1900 and 2100),
    sex text check (sex in ('female', 'male')),               -- female or male; null when unknown.
    relation text,                                            -- To the head: head, spouse, child, parent, sibling, grandchild, other_kin or
                                                              -- lodger; null when unknown.
    residence text not null default 'permanent'               -- permanent, temporary, guest (overnight) or away (registered there, absent
                                                              -- for a time).
        check (residence in ('permanent', 'temporary', 'guest', 'away')),
    until_day text                                            -- First day the person no longer lives there, as YYYY-MM-DD; null while
                                                              -- there.
        check (until_day is null or until_day is date(until_day, '+0 days')),
    note text,                                                -- Free words; comes with files only.
    version integer not null default 1,                       -- Goes up with every edit; a form filled from an older one is refused.
    merged_into integer references persons (id),              -- Row of the same person that stays: after a merge, or in the household the
                                                              -- family moved to; else null.
    id_number text,                                           -- Identity number of 9 or 12 digits; comes with files and merges, never
                                                              -- logged; null when unknown.
    phone text                                                -- Telephone, digits only, beginning with 0; comes with files and merges; null
                                                              -- when unknown.
) strict;

CREATE INDEX persons_household on persons (household_id);

CREATE INDEX persons_folded on persons (name_folded);

-- Which member answers for which household from when (S2-24): a household has one at a time. Written by lib/register
-- assignment table.
CREATE TABLE assignments (
    id integer primary key,                                   -- Number of the assignment.
    household_id integer not null references households (id), -- The household.
    member_id integer not null references members (id),       -- The member who visits it.
    team_id integer not null references teams (id),           -- Team of that member.
    from_day text not null                                    -- First day in force, as YYYY-MM-DD.
        check (from_day is date(from_day, '+0 days')),
    until_day text                                            -- First day no longer in force, as YYYY-MM-DD; null while open; the same as
                                                              -- from_day for one that never came into force.
        check (until_day is null or until_day >= from_day)
) strict;

CREATE INDEX assignments_household on assignments (household_id, from_day);

CREATE INDEX assignments_team on assignments (team_id, from_day);

CREATE INDEX assignments_member on assignments (member_id);

-- A household has one assignment without an end at most (S2-24).
CREATE UNIQUE INDEX one_assignment on assignments (household_id) where until_day is null;

-- Days that were opened, each once: from then on it is written who is due. Written by lib/core rollup, when a day opens
-- and when a report of it is frozen.
CREATE TABLE days (
    day text primary key check (day is date(day, '+0 days')), -- Calendar day in Viet Nam, as YYYY-MM-DD.
    opened_at text not null,                                  -- When it was opened, in UTC, ISO 8601.
    cutoff_at text not null,                                  -- Cut-off of the day, 14:00:00 in Viet Nam (S0-23), as an instant in UTC, ISO
                                                              -- 8601; fixed when the day opens.
    floor text not null default ''                            -- Earliest stamp, in UTC, ISO 8601, that an entry of the day may bear: the
                                                              -- second after the last frozen cut-off; empty before any freeze.
) strict, without rowid;

-- The last word on each household and day; a row is cleared, never removed. Written by lib/field visits.
CREATE TABLE visits (
    day text not null references days (day),                  -- Day of the visit, as YYYY-MM-DD.
    household_id integer not null references households (id), -- The household.
    outcome text                                              -- met (in person), phone, absent or refused; null where an answer was cleared
                                                              -- or there are marks only.
        check (outcome in ('met', 'phone', 'absent', 'refused')),
    swept integer not null default 0 check (swept in (0, 1)), -- 1 when set by "all others normal", 0 when the row was set by hand.
    persons integer not null,                                 -- Persons of the household by its list (households.person_count) when the row
                                                              -- was written.
    flags text not null default '',                           -- Marks as letters in this order: s symptoms, v guest or returnee, k
                                                              -- undeclared or violation, n need, g note; empty when none.
    note text,                                                -- Free words of who visited; null when none.
    member_id integer references members (id),                -- Member to whom the household was assigned on that day.
    recorded_at text not null,                                -- When the outcome was first entered as it is, in UTC, ISO 8601, by the
                                                              -- server's clock; it decides what is on time (S0-12).
    recorded_by integer references accounts (id),             -- Account that wrote this version.
    version integer not null default 1,                       -- 1 of the first answer, one more with every change.
    needs text check (needs is null or json_valid(needs)),    -- JSON list of what the household needs (S3-17): food, medicine,
                                                              -- chronic_care, baby_supplies, hospital_transport, psychological, other; null
                                                              -- when nothing.
    violations text                                           -- JSON list of what it did not keep to (S2-3, S4-10): not_declared, no_mask,
                                                              -- gathering, left_isolation, business, other; null when nothing.
        check (violations is null or json_valid(violations)),
    channel text check (channel in ('paper')),                -- paper when copied from a printed sheet; null when entered directly.
    changed_at text,                                          -- When this version was written, in UTC, ISO 8601; null in rows older than
                                                              -- the column, of which recorded_at says it.
    primary key (day, household_id)
) strict, without rowid;

-- Earlier versions of visits, so that any figure can be counted as of an hour. Written by the trigger visits_update
-- alone.
CREATE TABLE visit_past (
    day text not null,                       -- Day of the visit, as YYYY-MM-DD.
    household_id integer not null,           -- The household.
    version integer not null,                -- Which version of the visit it was.
    outcome text,                            -- As in visits, of that version.
    swept integer not null,                  -- As in visits, of that version.
    flags text not null,                     -- As in visits, of that version.
    note text,                               -- As in visits, of that version.
    recorded_at text not null,               -- When that version's outcome was entered, in UTC, ISO 8601.
    recorded_by integer,                     -- Account that wrote that version.
    needs text,                              -- As in visits, of that version.
    violations text,                         -- As in visits, of that version.
    channel text,                            -- As in visits, of that version.
    changed_at text,                         -- When that version was written, in UTC, ISO 8601; null in rows older than the column.
    primary key (day, household_id, version)
) strict, without rowid;

-- Roll-up of one team and day, so that boards read few rows. Written by lib/core rollup, moved by the triggers of
-- visits. A nightly job counts again and compares.
CREATE TABLE team_day (
    day text not null references days (day),                -- The day, as YYYY-MM-DD.
    commune_code text not null,                             -- Commune of the team.
    team_id integer not null references teams (id),         -- The team.
    hamlet_code text not null,                              -- Hamlet the team is named for, as it was when counted.
    assigned integer not null default 0,                    -- Households assigned to its members on the day, those moved or merged left
                                                            -- out.
    excluded integer not null default 0,                    -- Those of them not to be visited: in central quarantine or locked down
                                                            -- elsewhere (S1-28).
    due integer generated always                            -- Households to be visited: assigned less excluded, the denominator of
                                                            -- coverage.
        as (assigned - excluded) virtual,
    met integer not null default 0,                         -- Due households met in person.
    phone integer not null default 0,                       -- Due households reached by telephone.
    absent integer not null default 0,                      -- Due households where nobody was in.
    refused integer not null default 0,                     -- Due households that refused.
    seen integer generated always as (met + phone) virtual, -- Met or reached by telephone, the numerator of coverage.
    attempted integer generated always                      -- Due households with any outcome.
        as (met + phone + absent + refused) virtual,
    seen_on_time integer not null default 0,                -- Households seen by what was recorded up to the cut-off of the day; late
                                                            -- entries never move it.
    swept integer not null default 0,                       -- Due households with an outcome set by "all others normal".
    touched integer not null default 0,                     -- Due households with an outcome set by hand.
    persons_seen integer not null default 0,                -- Persons of the households seen, by the lists (visits.persons).
    last_entry_at text,                                     -- Latest recorded_at among its visits, in UTC, ISO 8601; null before the first.
    primary key (day, commune_code, team_id)
) strict, without rowid;

-- Roll-up of one hamlet and day. Written by lib/core rollup.
CREATE TABLE hamlet_day (
    day text not null references days (day),           -- The day, as YYYY-MM-DD.
    hamlet_code text not null references areas (code), -- The hamlet.
    commune_code text not null,                        -- Its commune.
    households integer not null,                       -- Households in its register on the day, those moved or merged left out.
    assigned integer not null,                         -- Those of them that some member answers for.
    teams integer not null,                            -- Teams at work that are named for it or look after it; 0 is a hamlet without a team
                                                       -- (S0-19).
    primary key (day, commune_code, hamlet_code)
) strict, without rowid;

-- Which member answers for which household on each opened day, with its status: the one definition of "in force".
CREATE VIEW assigned_households as
    select days.day, a.household_id, a.member_id, a.team_id, teams.commune_code, teams.hamlet_code,
        (select s.status from household_status s
         where s.household_id = a.household_id and s.from_day <= days.day
           and (s.until_day is null or s.until_day > days.day)) as status
    from days
    join assignments a on a.from_day <= days.day and (a.until_day is null or a.until_day > days.day)
    join teams on teams.id = a.team_id;

-- The households of assigned_households that are to be visited: those without a status on the day.
CREATE VIEW due_households as
    select day, household_id, member_id, team_id, commune_code, hamlet_code
    from assigned_households where status is null;

-- Adds a new visit to the sums of its team's day.
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

-- Refuses to delete a visit: it is cleared instead, and its history stays.
CREATE TRIGGER visits_stay before delete on visits begin
        select raise(abort, 'visits are cleared, never deleted');
    end;

-- What was found with a person at a visit (S0-17), only where something was not normal; written whole with each version
-- of the visit and never changed. Written by lib/field screenings.
CREATE TABLE screenings (
    day text not null,                                      -- Day of the visit, as YYYY-MM-DD.
    household_id integer not null,                          -- Household visited.
    version integer not null,                               -- Version of the visit it belongs to; those of its current version hold.
    person_id integer not null references persons (id),     -- The person.
    symptoms text not null default '[]'                     -- JSON list (S2-2, S4-17): fever, cough, sore_throat, dyspnoea, taste_loss,
                                                            -- smell_loss, flu_like, fatigue, runny_nose, body_ache, chest_pain, diarrhoea;
                                                            -- suspected, never confirmed (S3-22).
        check (json_valid(symptoms)),
    symptoms_since text                                     -- Day they began, as YYYY-MM-DD; null when unknown.
        check (symptoms_since is null or symptoms_since is date(symptoms_since, '+0 days')),
    temperature real check (temperature between 34 and 42), -- Body temperature in °C to one decimal, 34 to 42; null when not measured.
    arrival text check (arrival in ('guest', 'returnee')),  -- guest (staying) or returnee (came back, S3-8); null of who did not arrive.
    from_province text references areas (code),             -- Province they came from, one of the 63 (S4-29); null when unknown.
    arrived_on text                                         -- Day they arrived, as YYYY-MM-DD; null when unknown.
        check (arrived_on is null or arrived_on is date(arrived_on, '+0 days')),
    primary key (day, household_id, version, person_id),
    foreign key (day, household_id) references visits (day, household_id),
    check (symptoms <> '[]' or temperature is not null or arrival is not null)
) strict, without rowid;

CREATE INDEX screenings_person on screenings (person_id, day);

-- Refuses to delete what was found: it belongs to a version of a visit.
CREATE TRIGGER screenings_stay before delete on screenings begin
        select raise(abort, 'screenings belong to a version of a visit and stay');
    end;

-- Rows that an act changed, as they were and as it left them, kept while the act can be taken back. Written by lib/core
-- change capture, which also puts them back.
CREATE TABLE undo_steps (
    audit_id integer not null references audit_log (id),      -- Line of the log of the act.
    position integer not null,                                -- Order of the change within the act; taking back goes the other way.
    table_name text not null,                                 -- Table of the row.
    before text check (before is null or json_valid(before)), -- The row before, as a JSON object; null when the act made it.
    after text check (after is null or json_valid(after)),    -- The row after, as a JSON object; null when the act removed it.
    primary key (audit_id, position)
) strict, without rowid;

-- Acts that can be, or could be, taken back as a whole. Written by lib/core change capture.
CREATE TABLE undoable (
    audit_id integer primary key references audit_log (id), -- Line of the log of the act.
    action text not null,                                   -- Right that taking it back asks for, as in the table of rights.
    until text not null,                                    -- Until when, in UTC, ISO 8601: 30 minutes for a single edit, a day for many at
                                                            -- once.
    anybody integer not null check (anybody in (0, 1)),     -- 1 when whoever holds the right in the area may take it back, 0 when its
                                                            -- author alone.
    taken_back_at text                                      -- When it was taken back, in UTC, ISO 8601; null when it was not.
) strict;

CREATE INDEX undoable_until on undoable (until);

-- Pairs that somebody looked at and found to be two, so that they are not offered again. Written by lib/register
-- duplicates.
CREATE TABLE not_duplicates (
    kind text not null              -- household or person.
        check (kind in ('household', 'person')),
    one integer not null,           -- The lower id of the two, of households or persons by kind.
    other integer not null,         -- The higher id.
    primary key (kind, one, other),
    check (one < other)
) strict, without rowid;

CREATE INDEX persons_phone on persons (phone) where phone is not null;

CREATE INDEX persons_id_number on persons (id_number) where id_number is not null;

CREATE INDEX households_phone on households (phone) where phone is not null;

CREATE INDEX households_folded on households (hamlet_code, head_folded);

-- Rows of the lists as they were until an act replaced them, so that who was due can be counted as of an hour. Written
-- by the triggers *_past_* alone.
CREATE TABLE past_rows (
    n integer primary key,                          -- Order of the replacements.
    table_name text not null                        -- Table of the row: assignments, household_status, households or teams.
        check (table_name in ('assignments', 'household_status', 'households', 'teams')),
    key integer not null,                           -- Its id there.
    until_at text not null,                         -- Stamp of the act that replaced it, in UTC, ISO 8601.
    row text check (row is null or json_valid(row)) -- What past figures need of it, as a JSON object; null when the row was not there yet.
) strict;

CREATE INDEX past_rows_until on past_rows (until_at);

CREATE INDEX past_rows_key on past_rows (table_name, key, until_at);

-- Keeps for past figures that an assignment was not there before this act.
CREATE TRIGGER assignments_past_insert after insert on assignments when (select at from change where id = 1) <> '' begin
        insert into past_rows (table_name, key, until_at, row)
        values ('assignments', new.id, (select at from change where id = 1), null);
    end;

-- Keeps an assignment as it was before this act, where what decides who is due changed.
CREATE TRIGGER assignments_past_update after update of household_id, member_id, team_id, from_day, until_day on assignments when (select at from change where id = 1) <> '' and (old.household_id, old.member_id, old.team_id, old.from_day, old.until_day) is not (new.household_id, new.member_id, new.team_id, new.from_day, new.until_day) begin
        insert into past_rows (table_name, key, until_at, row)
        values ('assignments', old.id, (select at from change where id = 1), json_object('household_id', old.household_id, 'member_id', old.member_id, 'team_id', old.team_id, 'from_day', old.from_day, 'until_day', old.until_day));
    end;

-- Keeps an assignment that this act removes.
CREATE TRIGGER assignments_past_delete after delete on assignments when (select at from change where id = 1) <> '' begin
        insert into past_rows (table_name, key, until_at, row)
        values ('assignments', old.id, (select at from change where id = 1), json_object('household_id', old.household_id, 'member_id', old.member_id, 'team_id', old.team_id, 'from_day', old.from_day, 'until_day', old.until_day));
    end;

-- Keeps for past figures that a status was not there before this act.
CREATE TRIGGER household_status_past_insert after insert on household_status when (select at from change where id = 1) <> '' begin
        insert into past_rows (table_name, key, until_at, row)
        values ('household_status', new.id, (select at from change where id = 1), null);
    end;

-- Keeps a status as it was before this act.
CREATE TRIGGER household_status_past_update after update of household_id, status, from_day, until_day on household_status when (select at from change where id = 1) <> '' and (old.household_id, old.status, old.from_day, old.until_day) is not (new.household_id, new.status, new.from_day, new.until_day) begin
        insert into past_rows (table_name, key, until_at, row)
        values ('household_status', old.id, (select at from change where id = 1), json_object('household_id', old.household_id, 'status', old.status, 'from_day', old.from_day, 'until_day', old.until_day));
    end;

-- Keeps a status that this act removes.
CREATE TRIGGER household_status_past_delete after delete on household_status when (select at from change where id = 1) <> '' begin
        insert into past_rows (table_name, key, until_at, row)
        values ('household_status', old.id, (select at from change where id = 1), json_object('household_id', old.household_id, 'status', old.status, 'from_day', old.from_day, 'until_day', old.until_day));
    end;

-- Keeps for past figures that a household was not there before this act.
CREATE TRIGGER households_past_insert after insert on households when (select at from change where id = 1) <> '' begin
        insert into past_rows (table_name, key, until_at, row)
        values ('households', new.id, (select at from change where id = 1), null);
    end;

-- Keeps where a household stood, and since when, as it was before this act.
CREATE TRIGGER households_past_update after update of hamlet_code, commune_code, from_day on households when (select at from change where id = 1) <> '' and (old.hamlet_code, old.commune_code, old.from_day) is not (new.hamlet_code, new.commune_code, new.from_day) begin
        insert into past_rows (table_name, key, until_at, row)
        values ('households', old.id, (select at from change where id = 1), json_object('hamlet_code', old.hamlet_code, 'commune_code', old.commune_code, 'from_day', old.from_day));
    end;

-- Keeps where a household stood that this act removes.
CREATE TRIGGER households_past_delete after delete on households when (select at from change where id = 1) <> '' begin
        insert into past_rows (table_name, key, until_at, row)
        values ('households', old.id, (select at from change where id = 1), json_object('hamlet_code', old.hamlet_code, 'commune_code', old.commune_code, 'from_day', old.from_day));
    end;

-- Keeps for past figures that a team was not there before this act.
CREATE TRIGGER teams_past_insert after insert on teams when (select at from change where id = 1) <> '' begin
        insert into past_rows (table_name, key, until_at, row)
        values ('teams', new.id, (select at from change where id = 1), null);
    end;

-- Keeps place and days of a team as they were before this act.
CREATE TRIGGER teams_past_update after update of commune_code, hamlet_code, from_day, until_day on teams when (select at from change where id = 1) <> '' and (old.commune_code, old.hamlet_code, old.from_day, old.until_day) is not (new.commune_code, new.hamlet_code, new.from_day, new.until_day) begin
        insert into past_rows (table_name, key, until_at, row)
        values ('teams', old.id, (select at from change where id = 1), json_object('commune_code', old.commune_code, 'hamlet_code', old.hamlet_code, 'from_day', old.from_day, 'until_day', old.until_day));
    end;

-- Keeps place and days of a team that this act removes.
CREATE TRIGGER teams_past_delete after delete on teams when (select at from change where id = 1) <> '' begin
        insert into past_rows (table_name, key, until_at, row)
        values ('teams', old.id, (select at from change where id = 1), json_object('commune_code', old.commune_code, 'hamlet_code', old.hamlet_code, 'from_day', old.from_day, 'until_day', old.until_day));
    end;

-- Keeps the version that is replaced in visit_past, and moves the sums of the team's day by the difference.
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

-- Versions of the form of the report (S0-24); each edit makes one, and reports keep theirs. Written by lib/oversight
-- template.
CREATE TABLE templates (
    version integer primary key,              -- Number of the version, the highest being the newest.
    made_at text not null,                    -- When it was stored, in UTC, ISO 8601.
    made_by integer references accounts (id), -- Account that edited it; null of a form as it comes with the program.
    reason text                               -- Why it was changed, in the words of who did; null of a delivered form and of an earlier one
                                              -- brought back.
) strict;

-- What a version of the form asks or counts, one row a figure or text. Written by lib/oversight template.
CREATE TABLE indicators (
    version integer not null references templates (version), -- Version of the form.
    code text not null,                                      -- Code of the indicator, the same in every version; those the province added
                                                             -- are own1, own2 and so on.
    position integer not null,                               -- Place in the form, 1 first.
    block text not null,                                     -- Code of the section it stands in.
    name_vi text not null check (name_vi <> ''),             -- Name in Vietnamese; may hold placeholders for the words of the place.
    name_en text not null check (name_en <> ''),             -- Name in English.
    formula_vi text not null,                                -- How it is counted or what is to be entered, in Vietnamese.
    formula_en text not null,                                -- The same in English.
    function text not null,                                  -- What the program counts it by; manual when units enter it.
    unit text not null,                                      -- What it is counted in, as hộ or người; % of a share; empty of a text.
    shown integer not null check (shown in (0, 1)),          -- 1 when it stands in reports, 0 when it is kept but hidden.
    in_table integer not null default 0                      -- 1 when it is a column of the table by unit.
        check (in_table in (0, 1)),
    kind text check (kind in ('number', 'text')),            -- number or text; null in versions stored before forms could say so, whose
                                                             -- meaning then comes from the delivered form.
    summed integer check (summed in (0, 1)),                 -- 1 when an entered number may be filled in as the sum of the units below;
                                                             -- null as kind.
    source integer check (source in (0, 1)),                 -- 1 when an entered number needs to say where it comes from; null as kind.
    flow integer check (flow in (0, 1)),                     -- 1 when it tells what happened that day and adds up over days, 0 when it is a
                                                             -- stock; null as kind.
    required integer check (required in (0, 1)),             -- 1 when a report is not sent without it; null as kind.
    cumulative_unit text,                                    -- What its sum over days is counted in, where that differs from unit (lượt for
                                                             -- hộ); empty when it does not; null as kind.
    primary key (version, code)
) strict, without rowid;

-- Figures frozen at a cut-off: at 14:00 and at 15:00, once, never changed (S0-23, S0-25). Written by lib/oversight
-- snapshots.
CREATE TABLE snapshots (
    id integer primary key,                                   -- Number of the snapshot, in the order of the chain.
    day text not null references days (day),                  -- Day whose figures they are, as YYYY-MM-DD.
    kind text not null                                        -- district (frozen at 14:00) or province (at 15:00); both hold the figures of
                                                              -- every area.
        check (kind in ('district', 'province')),
    as_of text not null,                                      -- Instant up to whose records it counts, in UTC, ISO 8601.
    frozen_at text not null,                                  -- When it was counted, in UTC, ISO 8601; later than as_of where the machine
                                                              -- was down.
    template integer not null references templates (version), -- Version of the form the day's reports have.
    areas integer not null,                                   -- How many areas it holds figures of; no more are taken.
    link text not null,                                       -- SHA-256 in hexadecimal over the link before, this row and its figures.
    unique (day, kind),
    check (frozen_at >= as_of)
) strict;

-- The counts of one area in a snapshot. Written by lib/oversight snapshots.
CREATE TABLE snapshot_values (
    snapshot_id integer not null references snapshots (id), -- The snapshot.
    area_code text not null references areas (code),        -- Commune, district or province.
    counted text not null check (json_valid(counted)),      -- JSON object of every count a report is made of, by name; sums of the communes
                                                            -- for districts and the province.
    primary key (snapshot_id, area_code)
) strict, without rowid;

-- Refuses figures beyond the number of areas that was sealed with the snapshot.
CREATE TRIGGER snapshot_values_full before insert on snapshot_values
    when (select count(*) from snapshot_values where snapshot_id = new.snapshot_id)
        >= (select areas from snapshots where id = new.snapshot_id)
    begin
        select raise(abort, 'a frozen report takes no more figures');
    end;

-- Refuses to change a version of the form.
CREATE TRIGGER templates_no_update before update on templates begin
        select raise(abort, 'templates stand as they were written');
    end;

-- Refuses to remove a version of the form.
CREATE TRIGGER templates_no_delete before delete on templates begin
        select raise(abort, 'templates stand as they were written');
    end;

-- Refuses to change an indicator of a stored version.
CREATE TRIGGER indicators_no_update before update on indicators begin
        select raise(abort, 'indicators stand as they were written');
    end;

-- Refuses to remove an indicator of a stored version.
CREATE TRIGGER indicators_no_delete before delete on indicators begin
        select raise(abort, 'indicators stand as they were written');
    end;

-- Refuses to change a frozen report.
CREATE TRIGGER snapshots_no_update before update on snapshots begin
        select raise(abort, 'snapshots stand as they were written');
    end;

-- Refuses to remove a frozen report.
CREATE TRIGGER snapshots_no_delete before delete on snapshots begin
        select raise(abort, 'snapshots stand as they were written');
    end;

-- Refuses to change a frozen figure.
CREATE TRIGGER snapshot_values_no_update before update on snapshot_values begin
        select raise(abort, 'snapshot_values stand as they were written');
    end;

-- Refuses to remove a frozen figure.
CREATE TRIGGER snapshot_values_no_delete before delete on snapshot_values begin
        select raise(abort, 'snapshot_values stand as they were written');
    end;

-- What a unit is writing for its report of a day (S0-33). Written by lib/oversight drafts.
CREATE TABLE report_drafts (
    day text not null,                                    -- Day of the report, as YYYY-MM-DD.
    area_code text not null references areas (code),      -- Unit that reports: commune, district or province.
    content text not null check (json_valid(content)),    -- JSON object: narratives {leadership, difficulties, proposals, assessment},
                                                          -- manual {indicator: {value, reason, units}}, texts {indicator: words}.
    version integer not null default 1,                   -- Goes up with every save; a window that filled its fields from an older one is
                                                          -- refused.
    updated_at text not null,                             -- When it was saved last, in UTC, ISO 8601.
    updated_by integer not null references accounts (id), -- Account that saved it last.
    primary key (day, area_code)
) strict, without rowid;

-- Who answers for an area's report, who stands in, and the committee member in charge (S0-21, S0-25, S0-37), dated.
-- Written by lib/oversight officers.
CREATE TABLE officers (
    id integer primary key,                          -- Number of the row.
    area_code text not null references areas (code), -- Area they answer for.
    duty text not null                               -- accountable (answers for the report), deputy (stands in) or committee (member of the
                                                     -- Party's Standing Committee in charge of the area).
        check (duty in ('accountable', 'deputy', 'committee')),
    full_name text not null check (full_name <> ''), -- Name of the officer.
    position text,                                   -- Post, in words; null when not told.
    phone text,                                      -- Telephone, digits only, beginning with 0; null when unknown.
    account_id integer references accounts (id),     -- Account of a deputy who signs in; null of others.
    from_day text not null                           -- First day in office, as YYYY-MM-DD.
        check (from_day is date(from_day, '+0 days')),
    until_day text                                   -- First day no longer in office, as YYYY-MM-DD; null while open.
        check (until_day is null or until_day >= from_day)
) strict;

CREATE INDEX officers_area on officers (area_code, duty);

-- Reminders (đôn đốc) to the levels below about a report, and their answers (S0-14, S4-24). Written by lib/oversight
-- reminders.
CREATE TABLE reminders (
    id integer primary key,                            -- Number of the reminder.
    day text not null,                                 -- Day whose report it is about, as YYYY-MM-DD.
    from_area text not null references areas (code),   -- Area that reminds.
    to_area text not null references areas (code),     -- Area that is reminded: a district or commune below.
    words text not null check (words <> ''),           -- What it says.
    due_at text not null,                              -- When the answer is due, in UTC, ISO 8601.
    made_at text not null,                             -- When it was sent, in UTC, ISO 8601.
    made_by integer not null references accounts (id), -- Account that sent it.
    seen_at text,                                      -- When it was acknowledged, in UTC, ISO 8601; null until then; to answer is to have
                                                       -- seen it.
    seen_by integer references accounts (id),          -- Account that acknowledged it.
    answer text,                                       -- The answer, given once; null until then.
    answered_at text,                                  -- When it was answered, in UTC, ISO 8601; null until then.
    answered_by integer references accounts (id),      -- Account that answered.
    check ((answer is null) = (answered_at is null))
) strict;

CREATE INDEX reminders_to on reminders (to_area, day);

CREATE INDEX reminders_from on reminders (from_area, day);

-- What an organisation set of its documents itself; all else follows from the list of areas. Written by lib/exchange
-- letterheads.
CREATE TABLE letterheads (
    area_code text not null references areas (code),   -- Area of the organisation.
    line text not null                                 -- Line of reporting: party (Party layout), state (People's Committee) or health
                                                       -- (Department of Health of a province).
        check (line in ('party', 'state', 'health')),
    content text not null check (json_valid(content)), -- JSON object of the fields that differ from the usual: superior, issuer, suffix,
                                                       -- place, reporter, authority, position, name, salutation, recipients (S0-30, S0-31).
    version integer not null default 1,                -- Goes up with every save; a form filled from an older one is refused.
    primary key (area_code, line)
) strict, without rowid;

-- Every deed done with a report, in order, never changed (S0-12, S3-27). Written by lib/oversight report deeds.
CREATE TABLE report_events (
    id integer primary key,                                   -- Number of the deed.
    day text not null,                                        -- Day of the report, as YYYY-MM-DD.
    area_code text not null references areas (code),          -- Unit whose report it is.
    deed text not null                                        -- submit (sent up), receive (acknowledged above), return (sent back to be
                                                              -- mended), recall (taken back by the unit) or correct (an addendum).
        check (deed in ('submit', 'receive', 'return', 'recall', 'correct')),
    at text not null,                                         -- When, in UTC, ISO 8601, never before what is frozen already.
    account_id integer not null references accounts (id),     -- Who did it.
    for_account_id integer references accounts (id),          -- In whose place, where the role was lent (S0-21); else null.
    version integer not null,                                 -- Version of the report that the deed is about, 1 of the first sent; of
                                                              -- correct the number of the addendum.
    late_minutes integer not null default 0,                  -- Of submit the minutes after the unit's deadline, begun ones counted; 0 when
                                                              -- on time and of other deeds.
    reason text,                                              -- Why; needed of return and correct, and of a province's recall.
    content text not null default '{}'                        -- JSON object: of submit the draft as it was sent, of correct {corrections,
                                                              -- words} as {code: [was, right]}; else empty.
        check (json_valid(content)),
    check (deed not in ('return', 'correct') or reason <> '')
) strict;

CREATE INDEX report_events_area on report_events (day, area_code);

-- One deed of a kind for each version of a report: a second click sends nothing twice.
CREATE UNIQUE INDEX report_events_once on report_events (day, area_code, deed, version);

-- Refuses to change what was done with a report.
CREATE TRIGGER report_events_no_update before update on report_events begin
        select raise(abort, 'report_events stand as they were written');
    end;

-- Refuses to remove what was done with a report.
CREATE TRIGGER report_events_no_delete before delete on report_events begin
        select raise(abort, 'report_events stand as they were written');
    end;

-- Each report once: the hour that counts is that of the first version sent since the last recall, and the last deed
-- tells whether it stands.
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

-- Which household each number of a team's sheet is, fixed once the sheet is printed or begun. Written by lib/register
-- sheet numbers.
CREATE TABLE sheet_numbers (
    team_id integer not null,                                -- The team.
    day text not null check (day is date(day, '+0 days')),   -- Day of the sheet, as YYYY-MM-DD.
    households text not null check (json_valid(households)), -- JSON list of ids of households, number 1 first; null in the place of one
                                                             -- whose registration was taken back.
    primary key (team_id, day)
) strict, without rowid;

-- Refuses to give a number on a sheet to another household, or to take numbers away.
CREATE TRIGGER sheet_numbers_stay before update on sheet_numbers when
        json_array_length(new.households) < json_array_length(old.households)
        or exists (
            select 1 from json_each(old.households) before join json_each(new.households) after using (key)
            where after.value is not null and after.value is not before.value)
    begin
        select raise(abort, 'a number on a sheet belongs to one household for good');
    end;

-- Sheets out on paper. Written by lib/register prints.
CREATE TABLE sheet_prints (
    id integer primary key,                                -- Number of the print.
    code text not null                                     -- Six digits printed on it, the last a check digit (Damm); one sheet of a day
                                                           -- bears it.
        check (code glob '[0-9][0-9][0-9][0-9][0-9][0-9]'),
    team_id integer not null,                              -- The team.
    day text not null check (day is date(day, '+0 days')), -- Day of the sheet, as YYYY-MM-DD.
    printed_at text not null,                              -- When it was made, in UTC, ISO 8601.
    printed_by integer references accounts (id),           -- Account that printed it.
    numbers integer not null,                              -- How many numbers of the team's sheet had been given then.
    members text not null check (json_valid(members)),     -- JSON object of the numbers that stand on it, by id of the member.
    unique (code, day)
) strict;

CREATE INDEX sheet_prints_sheet on sheet_prints (team_id, day);

-- Removes sheets and prints of a team whose founding is taken back.
CREATE TRIGGER teams_sheets after delete on teams begin
        delete from sheet_numbers where team_id = old.id;
        delete from sheet_prints where team_id = old.id;
    end;

-- Leaves empty the numbers of a household whose registration is taken back.
CREATE TRIGGER households_sheets after delete on households begin
        update sheet_numbers set households = (
            select json_group_array(iif(value = old.id, null, value) order by key) from json_each(households))
        where team_id in (select id from teams where commune_code = old.commune_code) and day >= old.from_day
            and exists (select 1 from json_each(households) where value = old.id);
    end;

CREATE INDEX report_events_unit on report_events (area_code, day);

-- How many households an area should have on its lists, as known now; a total is shared among the communes below that
-- have no number. Written by lib/register expected.
CREATE TABLE expected_households (
    area_code text primary key references areas (code),   -- Commune, district or province.
    households integer check (households > 0),            -- Households it should have; null where only the persons are known.
    persons integer check (persons > 0),                  -- Persons living there, by which a total above is shared; null when unknown.
    source text not null check (source <> ''),            -- Where the numbers come from, in words.
    entered_day text not null                             -- Day they were entered, as YYYY-MM-DD.
        check (entered_day is date(entered_day, '+0 days')),
    version integer not null default 1,                   -- Goes up with every edit; a form filled from an older one is refused.
    check (households is not null or persons is not null)
) strict, without rowid;

-- Files that were loaded. Written by lib/register import log.
CREATE TABLE "imports" (
    id integer primary key,                              -- Number of the import.
    audit_id integer not null references audit_log (id), -- Line of the log of the act that loaded it, by which it is taken back.
    kind text not null                                   -- List it holds: hamlets, teams (with members), households (with persons),
                                                         -- assignments or expected.
        check (kind in ('hamlets', 'teams', 'households', 'assignments', 'expected')),
    area_code text not null references areas (code),     -- Area it was loaded for.
    file_name text not null,                             -- Name of the file as it was chosen.
    digest text not null,                                -- SHA-256 of the file in hexadecimal.
    added integer not null,                              -- Rows that were new.
    changed integer not null,                            -- Rows that changed something.
    same integer not null,                               -- Rows that said what was stored already.
    refused integer not null,                            -- Rows that were not loaded and wait to be mended.
    settled integer not null default 0                   -- 1 when nothing of it waits any more: none refused, seen to, a later file of the
                                                         -- list without fault, or taken back.
        check (settled in (0, 1))
) strict;

CREATE INDEX imports_area on imports (area_code, id);

-- Sections of a version of the form of the report. Written by lib/oversight template.
CREATE TABLE sections (
    version integer not null references templates (version),  -- Version of the form.
    code text not null,                                       -- Code of the section, the same in every version; those the province added
                                                              -- are sec1, sec2 and so on.
    position integer not null,                                -- Place in the form, 1 first.
    part text not null check (part in ('I', 'II', 'III')),    -- Part of the report it lies in: I, II or III.
    name_vi text not null check (name_vi <> ''),              -- Name in Vietnamese.
    name_en text not null check (name_en <> ''),              -- Name in English.
    shown integer not null default 1 check (shown in (0, 1)), -- 1 when it stands in reports, 0 when it is kept but hidden.
    primary key (version, code)
) strict, without rowid;

-- What had come together before the program knew of it (S3-2: since 27/4/2021); the newest row of a unit and indicator
-- counts. Written by lib/oversight openings.
CREATE TABLE opening_balances (
    id integer primary key,                          -- Number of the entry; the highest is the newest.
    area_code text not null references areas (code), -- Unit whose number it is.
    indicator text not null,                         -- Code of the indicator.
    value integer check (value >= 0),                -- The number reached; null takes an earlier one back.
    since_day text not null                          -- Day that sums counted from when it was entered, as YYYY-MM-DD; it counts only while
                                                     -- that day holds.
        check (since_day is date(since_day, '+0 days')),
    until_day text not null                          -- Last day that the number covers, as YYYY-MM-DD.
        check (until_day is date(until_day, '+0 days')),
    source text not null default '',                 -- Where it comes from, in words; empty where it takes one back.
    at text not null,                                -- When it was entered, in UTC, ISO 8601.
    account_id integer references accounts (id),     -- Account that entered it.
    check (until_day >= since_day)
) strict;

CREATE INDEX opening_balances_area on opening_balances (area_code, indicator);

-- Refuses to change a section of a stored version.
CREATE TRIGGER sections_no_update before update on sections begin
        select raise(abort, 'sections stand as they were written');
    end;

-- Refuses to remove a section of a stored version.
CREATE TRIGGER sections_no_delete before delete on sections begin
        select raise(abort, 'sections stand as they were written');
    end;

-- Refuses to change an opening balance: a new row replaces it.
CREATE TRIGGER opening_balances_no_update before update on opening_balances begin
        select raise(abort, 'opening_balances stand as they were written');
    end;

-- Refuses to remove an opening balance.
CREATE TRIGGER opening_balances_no_delete before delete on opening_balances begin
        select raise(abort, 'opening_balances stand as they were written');
    end;

-- Tries to sign in, counted before the password is looked at and given back when it was right. Written by lib/core
-- authentication.
CREATE TABLE signin_failures (
    kind text not null       -- What is counted: an account from anywhere, an address, a pair of both, or a device that the account knows.
        check (kind in ('account', 'address', 'pair', 'device')),
    key text not null,       -- Folded user name, network address, or the name and the other parted by a blank.
    name text,               -- Folded user name, by which an unlock finds its counts; null of an address.
    failed integer not null, -- Tries that count now.
    last_at text not null,   -- When the last try was, in UTC, ISO 8601.
    locked_until text,       -- Until when no password is looked at, in UTC, ISO 8601; null while none is locked.
    primary key (kind, key)
) strict, without rowid;

CREATE INDEX signin_failures_name on signin_failures (name);

CREATE INDEX signin_failures_last on signin_failures (last_at);

-- Headings of lists that somebody matched by hand, remembered for the whole province. Written by lib/exchange matches.
CREATE TABLE heading_matches (
    province_code text not null references areas (code), -- The province.
    list text not null,                                  -- List the file holds: hamlets, teams, households, assignments or expected.
    heading text not null check (heading <> ''),         -- The heading folded, as it is looked up.
    said text not null,                                  -- The heading as it stood in the file.
    field text not null,                                 -- Column of the list that it means; empty for one that is left out.
    at text not null,                                    -- When it was matched, in UTC, ISO 8601.
    account_id integer references accounts (id),         -- Account that matched it.
    primary key (province_code, list, heading)
) strict, without rowid;

-- Of the living teams of a hamlet no two have one name.
CREATE UNIQUE INDEX teams_one_name on teams (commune_code, hamlet_code, name) where status <> 'dissolved';
