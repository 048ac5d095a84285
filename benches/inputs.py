#!/usr/bin/env python3
"""Inputs of the benchmark: five figures, over and over, of made-up numbers.

    inputs.py FOLDER [--figures N] [--format svg|png]

writes FOLDER/popchart.toml, with N figures (default 5), and the five tables
they are drawn from. Tables that are there already are left as they are. The
numbers come from a fixed sequence, the same everywhere; they are nobody's
popularity.
"""
import argparse
import datetime
import pathlib

NAMES = ["Alpha", "Beta", "Gamma"]
FIGURES = [
    ("interest", "", "line", "Search interest, weekly", "{leader} leads", "Alpha > 0"),
    ("measures", "", "grouped-bar", "Popularity by measure", "Gamma is ahead of Alpha", "Gamma > Alpha in every group"),
    ("portals", "", "grouped-bar", "Job listings by portal", "Beta is ahead of Alpha", "Beta > Alpha in every group"),
    ("totals", "value", "bar", "Job listings in all", "{leader} has the most listings", "Alpha > Beta > Gamma"),
    ("items", "value", "bar", "Eleven items compared", "{leader} is the largest", "Item A > Item K"),
]
COLUMNS = {
    "interest": 'date = "week"',
    "measures": 'group = "measure"',
    "portals": 'group = "portal"',
    "totals": 'subject = "name"',
    "items": 'subject = "name"',
}


def noise(seed):
    """Whole numbers from 0 to 999, by a linear congruence."""
    while True:
        seed = (seed * 1103515245 + 12345) % 2**31
        yield seed // 2**16 % 1000


def interest():
    """Three series by 261 weeks, 0 to 100."""
    dice, week = noise(1), datetime.date(2020, 1, 5)
    yield ["week", *NAMES]
    for i in range(261):
        levels = [80 - i // 8, 20 + i // 5, 5 + i // 10]
        yield [week + datetime.timedelta(weeks=i), *(level + next(dice) % 9 - 4 for level in levels)]


def groups(name, labels, seed, scale):
    """Three series in each of four groups."""
    dice = noise(seed)
    yield [name, *NAMES]
    for label in labels:
        low = scale * (50 + next(dice) % 300)
        yield [label, low, low * 3 + scale * next(dice), low * 2 + scale * next(dice)]


def ranking(labels, seed, scale):
    """One value for each name, the largest first."""
    dice = noise(seed)
    values = sorted((scale * (100 + next(dice)) for _ in labels), reverse=True)
    yield ["name", "value"]
    yield from zip(labels, values)


TABLES = {
    "interest": interest,
    "measures": lambda: groups("measure", ["Stars", "Forks", "Watchers", "Contributors"], 2, 7),
    "portals": lambda: groups("portal", [f"Portal {c}" for c in "ABCD"], 3, 11),
    "totals": lambda: ranking(NAMES, 4, 83),
    "items": lambda: ranking([f"Item {c}" for c in "ABCDEFGHIJK"], 5, 9),
}


def manifest(figures, fmt):
    """The manifest's text, line by line."""
    yield f'[output]\ndir = "out"\nformats = ["{fmt}"]\nwidth = 1200\nscale = 2\n'
    for name in NAMES:
        yield f'[subjects.{name.lower()}]\nlabel = "{name}"\n'
    for key, columns in COLUMNS.items():
        yield f'[datasets.{key}]\npath = "{key}.csv"\nsource = "made-up numbers"\nretrieved = 2026-01-01\n{columns}\n'
    for i in range(figures):
        key, measure, chart, subtitle, title, claim = FIGURES[i % 5]
        yield f'[figures.f{i + 1}]\ndataset = "{key}"\nchart = "{chart}"\nheight = 675\ntitle = "{title}"\nsubtitle = "{subtitle}"'
        if measure:
            yield f'measure = "{measure}"'
        yield f'claims = ["{claim}"]\n'


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--figures", type=int, default=5)
    parser.add_argument("--format", choices=["svg", "png"], default="svg")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    for key, rows in TABLES.items():
        table = options.folder / f"{key}.csv"
        if not table.exists():
            table.write_text("".join(",".join(map(str, row)) + "\n" for row in rows()), newline="\n")
    text = "\n".join(manifest(options.figures, options.format))
    (options.folder / "popchart.toml").write_text(text, newline="\n")


if __name__ == "__main__":
    main()
