#!/usr/bin/env python3
"""Times the reader on tables of many rows, beside polars where it is installed.

    benches/reader.py [--rows N] [--rounds N] [--folder F] [SHAPE ...]

Each shape is the same kind of table (10,000 dates, ten series, made-up numbers) in another order or another
writing. popchart is timed from process start to exit of `plot TABLE --aggregate mean`, which reads, groups and
draws; polars as `scan_csv` on its streaming engine and as `read_csv`, then `group_by` and `mean`, without its
start: the better of the two counts. polars leaves dates as the texts that they are.

Runs alternate, and the best counts; CPU is user and system time of all threads. Tables are made in the folder
(default: a temporary one) and kept there. A row costs 20 to 30 bytes of disk, one of `wide` 90.
"""
import argparse
import datetime
import importlib.util
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
DATES, SERIES, COLUMNS = 10_000, 10, 20
DAYS = [str(datetime.date(1990, 1, 1) + datetime.timedelta(days=i)) for i in range(DATES)]
MINUTES = [f"{datetime.datetime(2020, 1, 1) + datetime.timedelta(minutes=i):%Y-%m-%dT%H:%M:%SZ}" for i in range(DATES)]
NAMES = [f"series {c}" for c in "ABCDEFGHIJ"]
VALUES = [f"{n / 10}" for n in random.Random(1).sample(range(100, 99_999), 4_999)]

PLAIN = "{0},{1},{2}\n"
QUOTED = '"{0}","{1}","{2}"\n'
CRLF = "{0},{1},{2}\r\n"
PADDED = "{0},{1},{2:>9}\n"


def by_date(rows):
    """All rows of one date together, its series in turn."""
    rounds = rows // (DATES * SERIES)
    return ((date, series) for date in range(DATES) for _ in range(rounds) for series in range(SERIES))


def by_series(rows):
    """All rows of one series together, by date."""
    rounds = rows // (DATES * SERIES)
    return ((date, series) for series in range(SERIES) for date in range(DATES) for _ in range(rounds))


def cycling(rows):
    """All dates of a series, then of the next, and once more."""
    rounds = rows // (DATES * SERIES)
    return ((date, series) for _ in range(rounds) for series in range(SERIES) for date in range(DATES))


def shuffled(rows):
    """Dates and series at random."""
    dice = random.Random(2)
    return (divmod(int(dice.random() * DATES * SERIES), SERIES) for _ in range(rows))


def long(order, row=PLAIN, dates=DAYS):
    """A table of a row for each value."""

    def lines(rows):
        yield row.format("date", "series", "value").replace(" ", "")
        texts = [[row.format(date, name, "\0") for name in NAMES] for date in dates]
        width = 9 if row is PADDED else 0
        parts = [[text.split(" " * max(0, width - 1) + "\0") for text in of_date] for of_date in texts]
        values = [f"{value:>{width}}" for value in VALUES]
        for i, (date, series) in enumerate(order(rows)):
            before, after = parts[date][series]
            yield before + values[i % 4_999] + after

    return lines


def wide(rows):
    """A table of a column for each series."""
    yield ",".join(["date", *(f"series {i + 1}" for i in range(COLUMNS - 1))]) + "\n"
    values = [f"{n / 10}" for n in range(100, 1000)]
    cells = [[values[(i * 19 + k * 7) % 900] for k in range(COLUMNS - 1)] for i in range(4_999)]
    tails = [",".join(["", *row]) + "\n" for row in cells]
    for i in range(rows):
        yield DAYS[i % DATES] + tails[i % 4_999]


SHAPES = {
    "by-date": long(by_date),
    "by-series": long(by_series),
    "cycling": long(cycling),
    "shuffled": long(shuffled),
    "quoted": long(cycling, QUOTED),
    "crlf": long(cycling, CRLF),
    "padded": long(cycling, PADDED),
    "date-times": long(cycling, dates=MINUTES),
    "wide": wide,
}

POLARS = """
import json, resource, sys, time
import polars as pl
path, shape, way = sys.argv[1:]
used = lambda: sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
start, cpu = time.perf_counter(), used()
table = pl.scan_csv(path) if way == "scan" else pl.read_csv(path).lazy()
if shape == "wide":
    table = table.group_by("date").agg(pl.exclude("date").mean())
else:
    value = pl.col("value").str.strip_chars().cast(pl.Float64) if shape == "padded" else pl.col("value")
    table = table.group_by("date", "series").agg(value.mean())
rows = table.collect(engine="streaming" if way == "scan" else "in-memory").height
print(json.dumps([time.perf_counter() - start, used() - cpu, rows]))
"""


def popchart_run(program, table, out):
    """Seconds of wall and of CPU, and MiB of memory, of a whole process."""
    start = time.perf_counter()
    child = subprocess.Popen(
        [program, "plot", table, "--aggregate", "mean", "-o", out / "out.svg"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    told = child.stderr.read()
    _, status, used = os.wait4(child.pid, 0)
    wall = time.perf_counter() - start
    if status:
        sys.exit(told.decode())
    return wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def polars_run(table, shape):
    """The same of polars, the better of its two ways."""
    runs = []
    for way in ["scan", "read"]:
        child = subprocess.Popen([sys.executable, "-c", POLARS, table, shape, way], stdout=subprocess.PIPE)
        told = child.stdout.read()
        _, status, used = os.wait4(child.pid, 0)
        if status:
            sys.exit(f"polars failed on {shape}")
        wall, cpu, _ = json.loads(told)
        runs.append((wall, cpu, used.ru_maxrss / 1024))
    return min(runs)


def best(runs):
    """The least of each figure."""
    return tuple(map(min, zip(*runs))) if runs else None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shapes", nargs="*", metavar="SHAPE", help=", ".join(SHAPES))
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--folder", type=pathlib.Path)
    parser.add_argument("--program", type=pathlib.Path, help="a popchart that is built already")
    options = parser.parse_args()
    if unknown := set(options.shapes) - set(SHAPES):
        parser.error(f"unknown shapes: {', '.join(unknown)}")
    program = options.program
    if program is None:
        subprocess.run(["cargo", "build", "--release", "--quiet"], cwd=ROOT, check=True)
        program = ROOT / os.environ.get("CARGO_TARGET_DIR", "target") / "release/popchart"
    has_polars = importlib.util.find_spec("polars") is not None
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or pathlib.Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        print("| rows | popchart: wall | CPU | memory | polars: wall | CPU | memory | of polars' wall | CPU |")
        print("|---|--:|--:|--:|--:|--:|--:|--:|--:|")
        for shape in options.shapes or SHAPES:
            table = folder / f"{shape}-{options.rows}.csv"
            if not table.exists():
                with open(table, "w", newline="") as file:
                    file.writelines(SHAPES[shape](options.rows))
            own, others = [], []
            for _ in range(options.rounds):
                own.append(popchart_run(program, table, pathlib.Path(temporary)))
                if has_polars:
                    others.append(polars_run(table, shape))
            cells = ["{:.2f} s | {:.2f} s | {:.0f} MiB".format(*best(own)), "| | | |"]
            if has_polars:
                cells[1] = "{:.2f} s | {:.2f} s | {:.0f} MiB".format(*best(others))
                cells.append(" | ".join(f"{a / b:.2f}" for a, b in zip(best(own)[:2], best(others))))
            print(f"| {shape} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
