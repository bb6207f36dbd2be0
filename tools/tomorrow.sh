#!/usr/bin/env bash
# Build the program of a later day into target/tomorrow/dist: this one with another price in its catalogue, released as
# tools/past.py says. The browser tests open the links of today in it.
set -euo pipefail
cd "$(dirname "$0")/.."

root=$PWD
copy=target/tomorrow
tables=src/domain/catalog
rm -rf "$copy"
mkdir -p "$copy"
tar -c --exclude=./target --exclude=./node_modules --exclude=./dist --exclude=./.git . | tar -x -C "$copy"
ln -s "$root/node_modules" "$copy/node_modules"

today=$(sed -nE 's/^pub const CATALOG_VERSION: u32 = ([0-9]+);/\1/p' $tables.rs)
date=$(sed -nE 's/^pub const CATALOG_DATE: &str = "(.*)";/\1/p' $tables.rs)
cd "$copy"
# The input price of the default model, doubled.
python3 - "$tables/api_prices.csv" <<'PYTHON'
import csv
import sys

with open(sys.argv[1], encoding="utf-8", newline="") as file:
    rows = list(csv.reader(file))
model, price = rows[0].index("model_id"), rows[0].index("input_usd_per_m")
changed = [row for row in rows if row[model] == "gpt-6.1-sol"]
for row in changed:
    row[price] = f"{2 * float(row[price]):g}"
assert len(changed) == 1
with open(sys.argv[1], "w", encoding="utf-8", newline="") as file:
    csv.writer(file, lineterminator="\n").writerows(rows)
PYTHON
python3 -B tools/past.py "$today" "$root/$tables"
sed -i "s/^pub const CATALOG_VERSION: u32 = .*/pub const CATALOG_VERSION: u32 = $((today + 1));/" $tables.rs
sed -i "s|include_str!(\"past/$((today - 1)).csv\"))|&, (\"$date\", include_str!(\"past/$today.csv\"))|" $tables/edition.rs
mkdir -p target/bundles
CARGO_TARGET_DIR="$root/target" trunk build --release --dist dist
