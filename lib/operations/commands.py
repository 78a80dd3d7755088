"""What the commands of `python -m db` do.

Each returns the exit code: 0 for done or sound, 1 for a fault. Stop and Problem end a command with a sentence.
"""

import getpass
import json
import os
import sys
from argparse import Namespace
from pathlib import Path

from sqlite_utils import Database

from lib.core import clock, database, presence, rollup, store_file, trusted_time
from lib.core.errors import NotFound
from lib.core.identity import accounts, passphrase, password_hashing
from lib.operations import backup_files, backups, checks
from lib.operations import restore as restoring
from lib.operations.terminal import Bar, entered, loaded, table
from lib.practice import province

SHOWN_FAULTS = 40


class Stop(Exception):
    """A command cannot go on; the sentence says why."""


def init(file: Path, args: Namespace) -> int:
    database.prepare(file if args.db else None, now=clock.now(), new=args.new)
    print(f"The store {file} is ready.")
    return 0


def demo(file: Path, args: Namespace) -> int:
    fresh = not file.exists()
    database.prepare(file if args.db else None, now=clock.now())
    db = database.connect(file)
    bar = Bar(f"{args.size} practice data", at_once=args.size == "province")
    try:
        province.build(
            db,
            province.Extent(size=args.size, days=args.days, seed=args.seed),
            now=clock.now(),
            password_hash=password_hashing.hashed(province.PASSWORD),
            progress=bar,
        )
    except BaseException:
        bar.end()
        db.close()
        if fresh:  # half a province is worth less than none
            for ending in ("", "-wal", "-shm"):
                Path(f"{file}{ending}").unlink(missing_ok=True)
        raise
    print(f"The store {file} holds practice data. Sign in with the password {province.PASSWORD} as:")
    for line in province.sign_ins(db):
        print(f"  {line['username']:<18} {line['role']:<14} {line['kind']} {line['name']}")
    db.close()
    return 0


def check(file: Path, args: Namespace) -> int:
    db = _existing(file)
    bar, sound = Bar("checking"), True
    steps = list(checks.steps(db))
    for number, (name, find_faults) in enumerate(steps, start=1):
        faults = find_faults()
        bar(number / len(steps))
        for sentence in faults[:SHOWN_FAULTS]:
            bar.tell(sentence)
        if len(faults) > SHOWN_FAULTS:
            bar.tell(f"… and {len(faults) - SHOWN_FAULTS} more of this kind ({name}).")
        if not faults:
            bar.tell(f"ok  {name}")
        sound = sound and not faults
    bar.end()
    db.close()
    return 0 if sound else 1


def copy(file: Path, args: Namespace) -> int:
    db = _existing(file)
    _check_new(args.target)
    database.copy(db, args.target)
    db.close()
    print(f"Copied to {args.target}.")
    return 0


def password(file: Path, args: Namespace) -> int:
    """Issue a password for one sign-in; there the person replaces it by one of their own."""
    db = _existing(file)
    password = getpass.getpass("New password: ") if args.type else accounts.issued_password()
    again = getpass.getpass("The same again: ") if args.type else password
    for fault in passphrase.faults(password, again, about=[args.name]).values():
        raise Stop(str(fault))
    accounts.reset(db, args.name, password_hashing.hashed(password), now=clock.now())
    active = database.value(db, "select is_active from accounts where username = ?", [args.name])
    db.close()
    print(f"{args.name} signs in once with this password, then chooses one of their own:")
    print("(the one you typed)" if args.type else password)
    if not active:
        print("The account is switched off: the level that manages it can switch it on.", file=sys.stderr)
    return 0


def copies(file: Path, args: Namespace) -> int:
    os.environ["TUNGNHA_DB"] = str(file)
    if not file.exists():
        return _copies_of_none(file)
    db = _existing(file)
    backup_files.check(db)
    _print_copies(backup_files.listed(db))
    for sentence in backups.failures(db):
        print(sentence, file=sys.stderr)
    db.close()
    return 0


def _copies_of_none(file: Path) -> int:
    """List the files that can replace a missing store, then say that it is missing."""
    candidates = backup_files.lying_about()
    _print_copies(candidates)
    if not candidates:
        print("No copies lie beside it, nor where TUNGNHA_COPIES points.", file=sys.stderr)
    _existing(file)
    return 1


def _print_copies(listed: list[backup_files.Backup]) -> None:
    now = clock.now()
    for backup in listed:
        minutes = (now - backup.at) // clock.MINUTE
        age = f"{minutes // 60:>5} h {minutes % 60:02d} min" if minutes >= 0 else "ahead of clock"
        print(f"{backup.verdict:<10} {age} {backup.size / 2**20:>9.1f} MB  {backup.file}")


def restore(file: Path, args: Namespace) -> int:
    done = restoring.restore(args.copy, file, now=clock.now())
    ends = f"; its last entry is of {clock.local(done.last):%Y-%m-%d %H:%M}" if done.last else ""
    print(f"{args.copy} is now the store {done.store}{ends}.")
    if done.aside:
        print(f"The store it replaced lies in {done.aside}.")
    print("Every session has ended: start the program, and everybody signs in again.")
    return 0


def figures(file: Path, args: Namespace) -> int:
    from lib.oversight.figures import figures
    from lib.oversight.reports import entered_values

    db = _existing(file)
    if args.day == clock.day_of(clock.now()):
        rollup.open_day(db, args.day, now=clock.now())
    if not rollup.is_open(db, args.day):
        raise Stop(f"The day {args.day} was never opened in this store.")
    now = clock.now()
    against = {"day": clock.plus(args.day, -1), "as_of": figures.same_hour(args.day, as_of=args.as_of, now=now)}
    try:
        area, *children = figures.figures(db, args.area, args.day, as_of=args.as_of, now=now)
    except NotFound:
        raise Stop(f"There is no area with the code {args.area} in this store.") from None
    values = entered_values.as_entered(db, area, children, args.day, at=args.as_of)
    db.close()
    if args.json:
        answer = {"day": args.day, "as_of": args.as_of, "compared_with": against}
        answer |= {"area": area, "children": children, "entered": values}
        print(json.dumps(answer, ensure_ascii=False, indent=2))
    else:
        print("\n\n".join(filter(None, (table([area, *children], against), entered([area, *children], values)))))
    return 0


def load(file: Path, args: Namespace) -> int:
    from lib.exchange.lists import commands as lists

    db = _existing(file)
    if not args.source.exists():
        raise Stop(f"There is no file {args.source}.")
    bar = Bar(f"loading {args.source.name}")
    done = lists.load(
        db,
        args.kind,
        args.source.read_bytes(),
        args.source.name,
        args.area,
        write=not args.dry_run,
        now=clock.now(),
        visible=args.visible_only,
        matched=args.match,
        font=args.font,
        font_too=args.font_too,
        same=args.same,
        new=args.new,
        progress=bar,
    )
    bar.end()
    db.close()
    if args.json:
        print(json.dumps(done, ensure_ascii=False, indent=2))
    else:
        print("\n".join(loaded(done)))
    return 0


def export(file: Path, args: Namespace) -> int:
    from lib.exchange.lists import commands as lists

    db = _existing(file)
    _check_new(args.target)
    args.target.write_bytes(lists.take_out(db, args.kind, args.area, now=clock.now()))
    db.close()
    print(f"Written to {args.target}.")
    return 0


def report(file: Path, args: Namespace) -> int:
    from lib.exchange.documents import commands as documents
    from lib.operations import clockwork

    db = _existing(file)
    _check_new(args.out)
    now = clock.now()
    if trusted_time.doubt(db, now=now):
        print(
            "The clock of this machine is in doubt: no day is opened and nothing is frozen before somebody who signs "
            "in has confirmed the date.",
            file=sys.stderr,
        )
    rollup.open_day(db, clock.day_of(now), now=now)
    clockwork.freeze(db, now=now)  # so that it says what the running program says
    bar = Bar(f"writing {args.out.name}")
    try:
        done = documents.write(db, documents.Document(args.kind, args.area, args.day), args.out, now=now, progress=bar)
    except OSError as fault:
        raise Stop(f"{args.out} cannot be written: {fault.strerror}.") from None
    finally:
        bar.end()
        db.close()
    print(f"Written to {args.out}." if done == 1 else f"{done} documents written to {args.out}.")
    return 0


def _existing(file: Path) -> Database:
    """The store, which is not made anew; raises Stop while it is missing or of an earlier version."""
    if not file.exists():
        presence.check_absent(file)  # one that was there is restored, not made anew
        raise Stop(f"There is no store at {file}. Make one with: python -m db init")
    store_file.check_file(file, blank=True)
    db = database.connect(file)
    pending = list(checks.pending(db))
    if pending:
        raise Stop("\n".join(pending))
    trusted_time.begin(db, now=clock.now())
    return db


def _check_new(file: Path) -> None:
    if file.exists():
        raise Stop(f"{file} exists already; name another file.")
