"""The command line of `python -m db`: its commands and their arguments.

Exit code 0 means done or sound, 1 a fault told in a sentence, 2 a wrong command line.
"""

import argparse
import os
import re
import sys
from collections.abc import Callable
from datetime import time as hour_of_day
from functools import partial
from pathlib import Path

from sqlite_utils.utils import sqlite3

from lib.core import clock, database, trusted_time
from lib.core.errors import Problem, Unusable
from lib.core.words import dates
from lib.operations import commands
from lib.practice import province


def main(words: list[str] | None = None) -> int:
    args = parser().parse_args(words)
    file = Path(args.db) if args.db else database.path()
    try:
        trusted_time.refuse_shift(file)
        return args.run(file, args)
    except Unusable as problem:
        print(f"The file {file} cannot be used as a store: {problem}", file=sys.stderr)
    except (Problem, commands.Stop) as problem:
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


Add = Callable[..., argparse.ArgumentParser]  # adds a command: its name, what it does, its help
_LISTS = ("hamlets", "teams", "households", "assignments", "expected")
_DOCUMENTS = ("district", "province", "health", "commune", "decision")


def parser() -> argparse.ArgumentParser:
    whole = argparse.ArgumentParser(
        prog="python -m db",
        description="The store of Từng Nhà. Kho dữ liệu: tạo mới, dữ liệu thực hành, kiểm tra, số liệu.",
        epilog="The store is the file given by --db, else TUNGNHA_DB, else data/tungnha.db.",
    )
    whole.add_argument("--db", metavar="PATH", help="the store to work on")
    add = partial(_add, whole.add_subparsers(title="commands", required=True, metavar="COMMAND"))
    _add_store(add)
    _add_backups(add)
    _add_figures(add)
    _add_import(add)
    _add_export(add)
    _add_report(add)
    return whole


def _add(subparsers, name: str, run: Callable[[Path, argparse.Namespace], int], help: str) -> argparse.ArgumentParser:
    command = subparsers.add_parser(name, help=help, description=f"{help[0].upper()}{help[1:]}.")
    command.add_argument("--db", metavar="PATH", default=argparse.SUPPRESS, help="the store to work on")
    command.set_defaults(run=run)
    return command


def _add_store(add: Add) -> None:
    init = add("init", commands.init, "create the store, or bring an older one up to date (a copy comes first)")
    init.add_argument("--new", action="store_true", help="begin an empty store also where one is missing")
    demo = add("demo", commands.demo, "fill an empty store with practice data and print the sign-ins")
    demo.add_argument(
        "--size",
        choices=province.SIZES,
        default="small",
        help="small: 188 teams; commune: one in full; province: 334,000 households",
    )
    demo.add_argument("--days", type=_count, metavar="N", help="days of visits, today among them (14, or 30)")
    demo.add_argument("--seed", type=int, default=1, metavar="N", help="another number, another province (1)")
    add("check", commands.check, "integrity, foreign keys, assignments, leaders, sums against a recount")
    password = add("password", commands.password, "issue a password to somebody who cannot sign in any more")
    password.add_argument("name", metavar="NAME", help="the user name")
    password.add_argument("--type", action="store_true", help="type the password instead of having one made")


def _add_backups(add: Add) -> None:
    copy = add("copy", commands.copy, "write a consistent copy of the store, also while the program runs")
    copy.add_argument("target", metavar="FILE", type=Path, help="the file to write; it must not exist yet")
    add("copies", commands.copies, "list the copies of the store: age, size, verdict, place")
    restore = add("restore", commands.restore, "put a copy in the place of the store; the program must be stopped")
    restore.add_argument("copy", metavar="COPY", type=Path, help="the copy to restore; it stays as it is")


def _add_figures(add: Add) -> None:
    figures = add("figures", commands.figures, "the figures of an area and of what lies in it, as the screens show")
    figures.add_argument("--area", required=True, metavar="CODE", help="official code, like 72, 703 or 25456")
    figures.add_argument("--day", required=True, type=_day, metavar="YYYY-MM-DD")
    figures.add_argument("--as-of", type=_hour, metavar="HH:MM", help="as it stood at this hour in Viet Nam")
    figures.add_argument("--json", action="store_true", help="JSON instead of a table")


def _add_import(add: Add) -> None:
    load = add("import", commands.load, "load a list from an .xlsx, .xls or .csv file; a preview comes first")
    load.add_argument("kind", choices=_LISTS, metavar="KIND", help=", ".join(_LISTS))
    load.add_argument("source", metavar="FILE", type=Path, help="the file to read")
    load.add_argument("--area", required=True, metavar="CODE", help="the commune, district or province it is for")
    load.add_argument("--dry-run", action="store_true", help="tell what it would change, and change nothing")
    load.add_argument("--visible-only", action="store_true", help="leave rows out that are hidden or filtered away")
    load.add_argument(
        "--old-font",
        choices=("convert", "keep"),
        dest="font",
        help="what to do with text of TCVN3 or VNI: convert what cannot be right as it stands, or nothing",
    )
    load.add_argument(
        "--old-font-too",
        action="append",
        default=[],
        dest="font_too",
        metavar="TEXT",
        help="a cell that looks right as it stands and is of the old font all the same",
    )
    load.add_argument(
        "--same",
        type=_rows,
        default="",
        metavar="ROWS",
        help="doubtful rows that are the household they may be: 5,7 or all; of several sheets “Sheet2!5”",
    )
    load.add_argument("--new", type=_rows, default="", metavar="ROWS", help="doubtful rows that are new households")
    load.add_argument(
        "--match",
        action="append",
        metavar="HEADING=COLUMN",
        default=[],
        help="read a heading as this column, or as none; remembered once the file is loaded",
    )
    load.add_argument("--json", action="store_true", help="JSON instead of sentences")


def _add_export(add: Add) -> None:
    export = add("export", commands.export, "write a list to an .xlsx file that can be loaded again")
    export.add_argument("kind", choices=_LISTS, metavar="KIND", help=", ".join(_LISTS))
    export.add_argument("target", metavar="FILE", type=Path, help="the file to write; it must not exist yet")
    export.add_argument("--area", required=True, metavar="CODE", help="the commune, district or province")


def _add_report(add: Add) -> None:
    report = add("report", commands.report, "write a day's report, or a commune's decision on its teams")
    report.add_argument("--area", required=True, metavar="CODE", help="official code, like 72, 703 or 25456")
    report.add_argument("--day", required=True, type=_day, metavar="YYYY-MM-DD")
    report.add_argument("--kind", required=True, choices=_DOCUMENTS, metavar="KIND", help=", ".join(_DOCUMENTS))
    report.add_argument(
        "--out",
        required=True,
        metavar="FILE",
        type=Path,
        help=".docx, .pdf or .xlsx; decisions of many communes: a folder, .zip or .pdf.zip",
    )


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
    day, fault = dates.read(typed, today=clock.day_of(clock.now()))
    if not day:
        raise argparse.ArgumentTypeError(str(fault or dates.MISSING))
    return day


def _hour(typed: str) -> str:
    try:
        return hour_of_day.fromisoformat(typed).strftime("%H:%M")
    except ValueError:
        raise argparse.ArgumentTypeError("an hour as HH:MM, like 14:00") from None


def run() -> None:
    """The command line, with an exit code."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # a console without Vietnamese letters must not stop the work
    try:
        sys.exit(main())
    except BrokenPipeError:  # the reader of a pipe went away
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
