#!/usr/bin/env python3
"""Write down what an earlier version of the catalogue holds otherwise than the one after it.

Raising the version of the catalogue takes three steps: commit the tables with CATALOG_VERSION raised by one, run

    tools/past.py VERSION TABLES [--later TABLES]

where VERSION is the one that is past now and TABLES where its tables are, a folder or the last commit that had them, and
add the file that this writes, src/domain/catalog/past/VERSION.csv, to the list in src/domain/catalog/edition.rs.

Each line is a cell that read otherwise: table, row, column, value. A row that is gone since has a line `#` with its
place, counted from 0, and a line for each cell that was filled; a row that is new since has one line without a column.
"""

import argparse
import csv
import io
import subprocess
import sys
from pathlib import Path

FOLDER = "src/domain/catalog"
KEYS = {
    "api_prices": ["model_id"],
    "price_changes": ["model_id", "valid_from"],
    "hosted_tuning": ["provider", "base_model", "method"],
    "open_models": ["model"],
    "gpus": ["name"],
    "effort_defaults": ["id"],
}
PLACE = "#"


def key_of(table, row):
    """The key of a row: what is filled of its key columns."""
    return "/".join(row[column] for column in KEYS[table] if row.get(column))


def rows_of(text):
    """Rows of a table, each a dict by column."""
    return list(csv.DictReader(io.StringIO(text)))


def differences(table, then, now):
    """Lines that lead from the rows of now back to those of then."""
    earlier = {key_of(table, row): row for row in then}
    later = {key_of(table, row): row for row in now}
    if len(earlier) != len(then) or len(later) != len(now):
        raise ValueError(f"{table}: two rows share a key")
    stayed = [key for key in earlier if key in later]
    if stayed != [key for key in later if key in earlier]:
        raise ValueError(f"{table}: the rows stand in another order")
    columns = list(now[0]) if now else []
    lines = [(table, key, "", "") for key in later if key not in earlier]
    for place, (key, row) in enumerate(earlier.items()):
        if key not in later:
            lines.append((table, key, PLACE, str(place)))
            lines += [(table, key, column, row[column]) for column in columns if row.get(column)]
            continue
        for column in columns:
            value = row.get(column) or ""
            if value != (later[key][column] or ""):
                lines.append((table, key, column, value))
    return lines


def main():
    """Read both versions and write the file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("version", type=int)
    parser.add_argument("tables", help="folder or commit")
    parser.add_argument("--later", help="the same of the version after it; the tables as they stand where it is missing")
    options = parser.parse_args()
    root = Path(__file__).resolve().parent.parent

    def text(table, place):
        if Path(place).is_dir():
            return (Path(place) / f"{table}.csv").read_text(encoding="utf-8")
        path = f"{place}:{FOLDER}/{table}.csv"
        return subprocess.run(["git", "show", path], cwd=root, capture_output=True, check=True).stdout.decode("utf-8")

    lines = []
    for table in KEYS:
        lines += differences(table, rows_of(text(table, options.tables)), rows_of(text(table, options.later or root / FOLDER)))
    path = root / FOLDER / "past" / f"{options.version}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("table", "row", "column", "value"))
        writer.writerows(lines)
    print(f"{path.relative_to(root)}: {len(lines)} differences", file=sys.stderr)


if __name__ == "__main__":
    main()
