"""`python -m db`: prepare the store, fill it with practice data, check it, ask it for figures.

Exit code 0 means done or sound, 1 a fault told in a sentence, 2 a wrong command line.
"""

import argparse
import getpass
import json
import os
import re
import sys
from datetime import time as hour_of_day
from pathlib import Path

from sqlite_utils.utils import sqlite3

from lib.core import clock, database, presence, rollup, store_file, trusted_time
from lib.core.errors import NotFound, Problem, Unusable
from lib.core.identity import accounts, passphrase, password_hashing
from lib.core.words import dates
from lib.operations import backups, checks, restore
from lib.operations.terminal import Bar, entered, loaded, table
from lib.practice import province

SHOWN_FAULTS = 40


def main(words: list[str] | None = None) -> int:
    args = parser().parse_args(words)
    file = Path(args.db) if args.db else database.path()
    try:
        trusted_time.refuse_shift(file)
        return args.run(file, args)
    except Unusable as problem:
        print(f"The file {file} cannot be used as a store: {problem}", file=sys.stderr)
    except Problem as problem:
        print(problem, file=sys.stderr)
    except sqlite3.DatabaseError as fault:
        print(f"The file {file} cannot be used as a store: {database.trouble(fault, file) or fault}", file=sys.stderr)
    except BrokenPipeError:
        raise
    except OSError as fault:
        print(f"{fault.filename or file}: {fault.strerror or fault}.", file=sys.stderr)
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
    return 1


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="python -m db",
        description="The store of Từng Nhà. Kho dữ liệu: tạo mới, dữ liệu thực hành, kiểm tra, số liệu.",
        epilog="The store is the file given by --db, else TUNGNHA_DB, else data/tungnha.db.",
    )
    made.add_argument("--db", metavar="PATH", help="the store to work on")
    commands = made.add_subparsers(title="commands", required=True, metavar="COMMAND")
    make = _command(commands, "init", _init, "create the store, or bring an older one up to date (a copy comes first)")
    make.add_argument("--new", action="store_true", help="begin an empty store also where one is missing")
    fill = _command(commands, "demo", _demo, "fill an empty store with practice data and print the sign-ins")
    fill.add_argument(
        "--size",
        choices=province.SIZES,
        default="small",
        help="small: 188 teams; commune: one in full; province: 334,000 households",
    )
    fill.add_argument("--days", type=_count, metavar="N", help="days of visits, today among them (14, or 30)")
    fill.add_argument("--seed", type=int, default=1, metavar="N", help="another number, another province (1)")
    _command(commands, "check", _check, "integrity, foreign keys, assignments, leaders, sums against a recount")
    keep = _command(commands, "copy", _copy, "write a consistent copy of the store, also while the program runs")
    keep.add_argument("target", metavar="FILE", type=Path, help="the file to write; it must not exist yet")
    anew = _command(commands, "password", _password, "issue a password to somebody who cannot sign in any more")
    anew.add_argument("name", metavar="NAME", help="the user name")
    anew.add_argument("--type", action="store_true", help="type the password instead of having one made")
    _command(commands, "copies", _copies, "list the copies of the store: age, size, verdict, place")
    back = _command(commands, "restore", _restore, "put a copy in the place of the store; the program must be stopped")
    back.add_argument("copy", metavar="COPY", type=Path, help="the copy to restore; it stays as it is")
    ask = _command(commands, "figures", _figures, "the figures of an area and of what lies in it, as the screens show")
    ask.add_argument("--area", required=True, metavar="CODE", help="official code, like 72, 703 or 25456")
    ask.add_argument("--day", required=True, type=_day, metavar="YYYY-MM-DD")
    ask.add_argument("--as-of", type=_hour, metavar="HH:MM", help="as it stood at this hour in Viet Nam")
    ask.add_argument("--json", action="store_true", help="JSON instead of a table")
    _exchange(commands)
    _documents(commands)
    return made


def _exchange(commands) -> None:
    """Lists in from Excel, and out again."""
    kinds = ("hamlets", "teams", "households", "assignments", "expected")
    take = _command(commands, "import", _import, "load a list from an .xlsx, .xls or .csv file; a preview comes first")
    take.add_argument("kind", choices=kinds, metavar="KIND", help=", ".join(kinds))
    take.add_argument("source", metavar="FILE", type=Path, help="the file to read")
    take.add_argument("--area", required=True, metavar="CODE", help="the commune, district or province it is for")
    take.add_argument("--dry-run", action="store_true", help="tell what it would change, and change nothing")
    take.add_argument("--visible-only", action="store_true", help="leave rows out that are hidden or filtered away")
    take.add_argument(
        "--old-font",
        choices=("convert", "keep"),
        dest="font",
        help="what to do with text of TCVN3 or VNI: convert what cannot be right as it stands, or nothing",
    )
    take.add_argument(
        "--old-font-too",
        action="append",
        default=[],
        dest="font_too",
        metavar="TEXT",
        help="a cell that looks right as it stands and is of the old font all the same",
    )
    take.add_argument(
        "--same",
        type=_rows,
        default="",
        metavar="ROWS",
        help="doubtful rows that are the household they may be: 5,7 or all; of several sheets “Sheet2!5”",
    )
    take.add_argument("--new", type=_rows, default="", metavar="ROWS", help="doubtful rows that are new households")
    take.add_argument(
        "--match",
        action="append",
        metavar="HEADING=COLUMN",
        default=[],
        help="read a heading as this column, or as none; remembered once the file is loaded",
    )
    take.add_argument("--json", action="store_true", help="JSON instead of sentences")
    give = _command(commands, "export", _export, "write a list to an .xlsx file that can be loaded again")
    give.add_argument("kind", choices=kinds, metavar="KIND", help=", ".join(kinds))
    give.add_argument("target", metavar="FILE", type=Path, help="the file to write; it must not exist yet")
    give.add_argument("--area", required=True, metavar="CODE", help="the commune, district or province")


def _documents(commands) -> None:
    """A day's reports and the communes' decisions."""
    kinds = ("district", "province", "health", "commune", "decision")
    tell = _command(commands, "report", _report, "write a day's report, or a commune's decision on its teams")
    tell.add_argument("--area", required=True, metavar="CODE", help="official code, like 72, 703 or 25456")
    tell.add_argument("--day", required=True, type=_day, metavar="YYYY-MM-DD")
    tell.add_argument("--kind", required=True, choices=kinds, metavar="KIND", help=", ".join(kinds))
    tell.add_argument(
        "--out",
        required=True,
        metavar="FILE",
        type=Path,
        help=".docx, .pdf or .xlsx; decisions of many communes: a folder, .zip or .pdf.zip",
    )


def _command(commands, name: str, run, told: str) -> argparse.ArgumentParser:
    made = commands.add_parser(name, help=told, description=f"{told[0].upper()}{told[1:]}.")
    made.add_argument("--db", metavar="PATH", default=argparse.SUPPRESS, help="the store to work on")
    made.set_defaults(run=run)
    return made


# What may be typed


def _count(typed: str) -> int:
    if not (typed.isascii() and typed.isdigit() and 1 <= int(typed) <= 400):
        raise argparse.ArgumentTypeError("a whole number from 1 to 400")
    return int(typed)


def _rows(typed: str) -> str:
    if typed not in ("", "all") and not re.fullmatch(r"(.+!)?\d+(,(.+!)?\d+)*", typed):
        raise argparse.ArgumentTypeError("numbers of rows, like 5,7, or Sheet2!5 where several are read, or all")
    return typed


def _day(typed: str) -> str:
    found, fault = dates.read(typed, today=clock.day_of(clock.now()))
    if not found:
        told = fault.text.format(**fault.places) if fault else dates.MISSING
        raise argparse.ArgumentTypeError(told)
    return found


def _hour(typed: str) -> str:
    try:
        return hour_of_day.fromisoformat(typed).strftime("%H:%M")
    except ValueError:
        raise argparse.ArgumentTypeError("an hour as HH:MM, like 14:00") from None


# Commands


def _init(file: Path, args) -> int:
    database.prepare(file if args.db else None, now=clock.now(), new=args.new)
    print(f"The store {file} is ready.")
    return 0


def _demo(file: Path, args) -> int:
    fresh = not file.exists()
    database.prepare(file if args.db else None, now=clock.now())
    db = database.connect(file)
    bar = Bar(f"{args.size} practice data", at_once=args.size == "province")
    try:
        province.build(
            db,
            size=args.size,
            days=args.days,
            seed=args.seed,
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


def _check(file: Path, args) -> int:
    db = _existing(file)
    if db is None:
        return 1
    bar, sound = Bar("checking"), True
    found = list(checks.steps(db))
    for number, (name, check) in enumerate(found, start=1):
        faults = check()
        bar(number / len(found))
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


def _copy(file: Path, args) -> int:
    db = _existing(file)
    if db is None:
        return 1
    if args.target.exists():
        print(f"{args.target} exists already; name another file.", file=sys.stderr)
        return 1
    database.copy(db, args.target)
    db.close()
    print(f"Copied to {args.target}.")
    return 0


def _password(file: Path, args) -> int:
    """It works once: at the sign-in it is replaced by one of their own."""
    db = _existing(file)
    if db is None:
        return 1
    password = getpass.getpass("New password: ") if args.type else accounts.issued_password()
    again = getpass.getpass("The same again: ") if args.type else password
    for fault in passphrase.faults(password, again, about=[args.name]).values():
        print(fault.text.format(**fault.places), file=sys.stderr)
        return 1
    accounts.reset(db, args.name, password_hashing.hashed(password), now=clock.now())
    active = database.value(db, "select is_active from accounts where username = ?", [args.name])
    db.close()
    print(f"{args.name} signs in once with this password, then chooses one of their own:")
    print("(the one you typed)" if args.type else password)
    if not active:
        print("The account is switched off: the level that manages it can switch it on.", file=sys.stderr)
    return 0


def _copies(file: Path, args) -> int:
    os.environ["TUNGNHA_DB"] = str(file)
    if not file.exists():
        return _copies_of_none(file)
    db = _existing(file)
    if db is None:
        return 1
    backups.check(db)
    _print_copies(backups.listed(db))
    for told in backups.failures(db):
        print(told, file=sys.stderr)
    db.close()
    return 0


def _copies_of_none(file: Path) -> int:
    """What can take the place of a store that is missing: just then somebody looks for it."""
    found = backups.lying_about()
    _print_copies(found)
    if not found:
        print("No copies lie beside it, nor where TUNGNHA_COPIES points.", file=sys.stderr)
    _existing(file)
    return 1


def _print_copies(found: list[backups.Copy]) -> None:
    now = clock.now()
    for copy in found:
        age = int((now - copy.at).total_seconds() // 60)
        told = f"{age // 60:>5} h {age % 60:02d} min" if age >= 0 else "ahead of clock"
        print(f"{copy.verdict:<10} {told} {copy.size / 2**20:>9.1f} MB  {copy.file}")


def _restore(file: Path, args) -> int:
    done = restore.restore(args.copy, file, now=clock.now())
    ends = f"; its last entry is of {clock.local(done.last):%Y-%m-%d %H:%M}" if done.last else ""
    print(f"{args.copy} is now the store {done.store}{ends}.")
    if done.aside:
        print(f"The store it replaced lies in {done.aside}.")
    print("Every session has ended: start the program, and everybody signs in again.")
    return 0


def _figures(file: Path, args) -> int:
    from lib.oversight.figures import figures
    from lib.oversight.reports import entered_values

    db = _existing(file)
    if db is None:
        return 1
    if args.day == clock.day_of(clock.now()):
        rollup.open_day(db, args.day, now=clock.now())
    if not rollup.is_open(db, args.day):
        print(f"The day {args.day} was never opened in this store.", file=sys.stderr)
        return 1
    now = clock.now()
    against = {"day": clock.plus(args.day, -1), "as_of": figures.same_hour(args.day, as_of=args.as_of, now=now)}
    try:
        area, *children = figures.figures(db, args.area, args.day, as_of=args.as_of, now=now)
    except NotFound:
        print(f"There is no area with the code {args.area} in this store.", file=sys.stderr)
        return 1
    found = entered_values.told(db, area, children, args.day, at=args.as_of)
    db.close()
    if args.json:
        told = {"day": args.day, "as_of": args.as_of, "compared_with": against, "area": area, "children": children}
        print(json.dumps(told | {"entered": found}, ensure_ascii=False, indent=2))
    else:
        print("\n\n".join(filter(None, (table([area, *children], against), entered([area, *children], found)))))
    return 0


def _import(file: Path, args) -> int:
    from lib.exchange.lists import commands as lists

    db = _existing(file)
    if db is None:
        return 1
    if not args.source.exists():
        print(f"There is no file {args.source}.", file=sys.stderr)
        return 1
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


def _export(file: Path, args) -> int:
    from lib.exchange.lists import commands as lists

    db = _existing(file)
    if db is None:
        return 1
    if args.target.exists():
        print(f"{args.target} exists already; name another file.", file=sys.stderr)
        return 1
    args.target.write_bytes(lists.take_out(db, args.kind, args.area, now=clock.now()))
    db.close()
    print(f"Written to {args.target}.")
    return 0


def _report(file: Path, args) -> int:
    from lib.exchange.documents import commands as documents
    from lib.operations import clockwork

    db = _existing(file)
    if db is None:
        return 1
    if args.out.exists():
        print(f"{args.out} exists already; name another file.", file=sys.stderr)
        return 1
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
        print(f"{args.out} cannot be written: {fault.strerror}.", file=sys.stderr)
        return 1
    finally:
        bar.end()
        db.close()
    print(f"Written to {args.out}." if done == 1 else f"{done} documents written to {args.out}.")
    return 0


def _existing(file: Path):
    """The store, without making one; None after saying what is wrong."""
    if not file.exists():
        presence.check_absent(file)  # one that was there is restored, not made anew
        print(f"There is no store at {file}. Make one with: python -m db init", file=sys.stderr)
        return None
    store_file.check_file(file, blank=True)
    db = database.connect(file)
    late = list(checks.pending(db))
    for sentence in late:
        print(sentence, file=sys.stderr)
    if late:
        return None
    trusted_time.begin(db, now=clock.now())
    return db


def run() -> None:
    """The command line, with an exit code."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # a console without Vietnamese letters must not stop the work
    try:
        sys.exit(main())
    except BrokenPipeError:  # the reader of a pipe went away
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
