"""Tests of prices.py, against wheels made here: no network, no table but their own."""

import contextlib
import io
import json
import pathlib
import tempfile
import unittest
import zipfile

import prices

HEADER = prices.TABLE.read_text(encoding="utf-8").split("\n")[0]
BOTH = "litellm 1.0 price table + genai-prices 0.1"

# Alpha is in both packages, beta in litellm only, gamma curated, delta priced by the hour.
ALPHA = f'openai,alpha,chat,current,mid,2,0.20,2,10,0.5,0.1,true,,,,1024,100,10,,,,2026-01,read,{BOTH},litellm *_batches fields,"quoted, ""as it is""",'
BETA = "deepinfra,deepinfra/beta,chat,current,small,1,,,4,,,,,,,,,,,,,2026-01,read,litellm 1.0 price table,,,"
GAMMA = "openai,gamma,chat,current,mid,7,,,9,,,,,,,,,,,,,2026-01,read,https://example.org/pricing,,,"
DELTA = f"deepseek,deepseek/delta,chat,current,mid,3,,3,6,,,,,,,,,,,,,2026-01,read,{BOTH},,,"
TABLE = "\n".join([HEADER, ALPHA, BETA, GAMMA, DELTA, ""])

LITELLM = {
    "alpha": {
        "litellm_provider": "openai",
        "mode": "chat",
        "input_cost_per_token": 2e-06,
        "cache_read_input_token_cost": 2e-07,
        "output_cost_per_token": 1e-05,
        "input_cost_per_token_batches": 1e-06,
        "output_cost_per_token_batches": 5e-06,
        "cache_read_input_token_cost_batches": 1e-07,
    },
    "deepinfra/beta": {"input_cost_per_token": 1e-06, "output_cost_per_token": 4e-06},
    "gamma": {"input_cost_per_token": 8e-06, "output_cost_per_token": 9e-06},
    "deepseek/delta": {
        "input_cost_per_token": 6e-06,
        "output_cost_per_token": 1.2e-05,
        "cache_creation_input_token_cost": 0.0,
        "off_peak_pricing": {"input_cost_per_token": 3e-06, "output_cost_per_token": 6e-06},
    },
    "omega": {
        "litellm_provider": "openai",
        "mode": "chat",
        "max_input_tokens": 5000,
        "input_cost_per_token": 4e-06,
        "output_cost_per_token": 8e-06,
        "input_cost_per_token_above_272k_tokens": 8e-06,
    },
}

GENAI = """
import datetime
providers: list[Provider] = [
    Provider(id='openai', models=[
        ModelInfo(
            id='alpha',
            match=ClauseOr(or_=[ClauseEquals(equals='ALPHA'), ClauseRegex(regex='^alpha-\\\\d+$')]),
            prices=[
                ConditionalPrice(prices=ModelPrice(input_mtok=Decimal('5'), output_mtok=Decimal('5'))),
                ConditionalPrice(
                    constraint=StartDateConstraint(start_date=datetime.date(2026, 1, 1)),
                    prices=ModelPrice(
                        input_mtok=TieredPrices(base=Decimal('2'), tiers=[Tier(start=9, price=Decimal('4'))]),
                        cache_read_mtok=Decimal('0.2'),
                        output_mtok=Decimal('10'),
                    ),
                ),
                ConditionalPrice(
                    constraint=StartDateConstraint(start_date=datetime.date(2026, 12, 1)),
                    prices=ModelPrice(input_mtok=Decimal('3'), output_mtok=Decimal('10')),
                ),
            ],
        ),
        ModelInfo(id='omega', match=ClauseEquals(equals='omega'),
                  prices=ModelPrice(input_mtok=Decimal('4'), output_mtok=Decimal('8'))),
    ]),
    Provider(id='deepseek', models=[
        ModelInfo(id='delta', match=ClauseStartsWith(starts_with='delta'), prices=[
            ConditionalPrice(prices=ModelPrice(input_mtok=Decimal('3'), output_mtok=Decimal('6'))),
            ConditionalPrice(
                constraint=TimeOfDateConstraint(
                    start_time=datetime.time(1, 0, tzinfo=datetime.UTC),
                    end_time=datetime.time(4, 0, tzinfo=datetime.UTC),
                ),
                prices=ModelPrice(input_mtok=Decimal('6'), output_mtok=Decimal('12')),
            ),
        ]),
    ]),
]
"""


class Refresh(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.table = self.folder / "prices.csv"
        self.table.write_bytes(TABLE.encode())
        self.litellm = json.loads(json.dumps(LITELLM))
        self.genai = GENAI

    def refresh(self, *options):
        """Exit status; what was printed is kept."""
        for name, member, text in [
            ("litellm-2.0-any.whl", "litellm/model_prices_and_context_window_backup.json", json.dumps(self.litellm)),
            ("genai_prices-0.2-any.whl", "genai_prices/data.py", self.genai),
        ]:
            with zipfile.ZipFile(self.folder / name, "w") as wheel:
                wheel.writestr(member, text)
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
            status = prices.main(
                ["--wheels", str(self.folder), "--today", "2026-11-24", *options], self.table
            )
        self.printed = printed.getvalue()
        return status

    def lines(self):
        return self.table.read_bytes().decode().split("\n")

    def assert_untouched(self):
        self.assertEqual(self.table.read_bytes(), TABLE.encode())

    def reprice(self, model, **fields):
        self.litellm[model].update(fields)

    def test_nothing_changes_where_the_packages_agree(self):
        self.assertEqual(self.refresh(), 0)
        self.assertIn("3 rows unchanged", self.printed)
        self.assertIn("Nothing to write", self.printed)
        self.assert_untouched()

    def test_a_change_is_written_with_date_and_version_and_all_else_stays_byte_for_byte(self):
        self.reprice("deepinfra/beta", input_cost_per_token=1.25e-06)
        self.assertEqual(self.refresh(), 0)
        self.assertIn("input_usd_per_m: 1 -> 1.25 (+25.0%)", self.printed)
        self.assertIn("CATALOG_VERSION", self.printed)
        changed = BETA.replace(",small,1,", ",small,1.25,").replace("2026-01", "2026-11").replace("1.0", "2.0")
        self.assertEqual(self.lines(), [HEADER, ALPHA, changed, GAMMA, DELTA, ""])

    def test_a_changed_row_keeps_its_other_cells_as_they_are_written(self):
        self.genai = self.genai.replace("Decimal('10')", "Decimal('12')")
        self.reprice("alpha", output_cost_per_token=1.2e-05, output_cost_per_token_batches=6e-06)
        self.assertEqual(self.refresh(), 0)
        changed = ALPHA.replace(",2,10,", ",2,12,").replace("2026-01", "2026-11")
        changed = changed.replace("litellm 1.0", "litellm 2.0").replace("genai-prices 0.1", "genai-prices 0.2")
        self.assertEqual(self.lines()[1], changed)
        self.assertIn('quoted, "as it is"', self.printed, "its note is to be read again")

    def test_cache_writes_at_the_input_price_follow_it(self):
        self.reprice("deepseek/delta", off_peak_pricing={"input_cost_per_token": 4e-06, "output_cost_per_token": 6e-06})
        self.genai = self.genai.replace("Decimal('3'), output_mtok=Decimal('6')", "Decimal('4'), output_mtok=Decimal('6')")
        self.assertEqual(self.refresh(), 0)
        self.assertIn(",mid,4,,4,6,", self.lines()[4])

    def test_a_price_of_cache_writes_of_its_own_is_kept(self):
        table = TABLE.replace(",mid,3,,3,6,", ",mid,3,,5,6,")
        self.table.write_bytes(table.encode())
        self.assertEqual(self.refresh(), 0)
        self.assertIn("cache_write_usd_per_m: 5 is no longer listed, and kept", self.printed)
        self.assertEqual(self.table.read_bytes(), table.encode())

    def test_batch_terms_are_left_alone_unless_their_source_is_a_package(self):
        self.reprice("deepinfra/beta", input_cost_per_token_batches=5e-07)
        self.assertEqual(self.refresh(), 0)
        self.assert_untouched()

    def test_embeddings_have_no_output_price(self):
        self.table.write_bytes(TABLE.replace(",chat,current,small,1,,,4,", ",embedding,current,,1,,,,").encode())
        self.assertEqual(self.refresh(), 0)
        self.assertIn("Nothing to write", self.printed)

    def test_a_change_of_more_than_half_is_refused_until_accepted(self):
        self.reprice("deepinfra/beta", output_cost_per_token=6e-06)
        self.assertEqual(self.refresh(), 0, "half is not more than half")
        self.table.write_bytes(TABLE.encode())
        for price in (6.1e-06, 1.9e-06):
            self.reprice("deepinfra/beta", output_cost_per_token=price, input_cost_per_token=1.1e-06)
            self.assertEqual(self.refresh(), 1)
            self.assertIn("deepinfra/beta output_usd_per_m: a change of more than 50%", self.printed)
            self.assert_untouched()
        self.assertEqual(self.refresh("--accept"), 0)
        self.assertIn(",small,1.1,,,1.9,", self.lines()[2])

    def test_a_price_from_zero_is_refused(self):
        self.table.write_bytes(TABLE.replace(",small,1,", ",small,0,").encode())
        self.assertEqual(self.refresh(), 1)

    def test_a_removal_is_refused_until_accepted(self):
        del self.litellm["deepinfra/beta"]
        self.assertEqual(self.refresh(), 1)
        self.assertIn("deepinfra/beta: removed", self.printed)
        self.assert_untouched()
        self.assertEqual(self.refresh("--accept"), 0)
        self.assertEqual(self.lines(), [HEADER, ALPHA, GAMMA, DELTA, ""])

    def test_curated_rows_are_compared_and_never_written(self):
        recalled = BETA.replace(",read,", ",recall,")
        self.table.write_bytes(TABLE.replace(BETA, recalled).encode())
        self.reprice("deepinfra/beta", input_cost_per_token=9e-06)
        self.assertEqual(self.refresh("--accept", "--confirm"), 0)
        self.assertIn("gamma  input_usd_per_m: table 7, litellm 8", self.printed)
        self.assertIn("deepinfra/beta  input_usd_per_m: table 1, litellm 9", self.printed)
        self.assertEqual(self.lines()[2:4], [recalled, GAMMA])

    def test_where_the_packages_disagree_the_row_is_left_alone(self):
        self.reprice("alpha", output_cost_per_token=1.1e-05)
        self.assertEqual(self.refresh("--accept"), 0)
        self.assertIn("alpha  output_usd_per_m: table 10, litellm 11, genai-prices 10", self.printed)
        self.assert_untouched()

    def test_a_cross_checked_row_that_one_package_has_lost_is_left_alone(self):
        del self.litellm["alpha"]
        self.assertEqual(self.refresh("--accept"), 0)
        self.assertIn("alpha  no longer in litellm", self.printed)
        self.assert_untouched()

    def test_a_price_that_is_no_longer_listed_is_kept(self):
        del self.litellm["alpha"]["cache_read_input_token_cost_batches"]
        self.assertEqual(self.refresh(), 0)
        self.assertIn("batch_cached_input_usd_per_m: 0.1 is no longer listed, and kept", self.printed)
        self.assert_untouched()

    def test_dated_prices_are_those_of_the_day(self):
        self.assertEqual(self.refresh("--today", "2026-12-01"), 0)
        self.assertIn("alpha  input_usd_per_m: table 2, litellm 2, genai-prices 3", self.printed)

    def test_check_writes_nothing(self):
        self.reprice("deepinfra/beta", input_cost_per_token=1.25e-06)
        self.assertEqual(self.refresh("--check"), 0)
        self.assertIn("1 -> 1.25", self.printed)
        self.assert_untouched()

    def test_confirm_renews_the_date_of_rows_that_still_hold(self):
        self.assertEqual(self.refresh("--confirm"), 0)
        self.assertEqual([",2026-11," in line for line in self.lines()[1:5]], [True, True, False, True])

    def test_other_terms_are_printed_and_not_written(self):
        self.reprice("alpha", deprecation_date="2027-03-01")
        self.assertEqual(self.refresh(), 0)
        self.assertIn("alpha  retires_on: table blank, litellm 2027-03-01", self.printed)
        self.assert_untouched()

    def test_a_new_model_is_a_candidate_and_added_only_by_name(self):
        self.assertEqual(self.refresh("--candidates"), 0)
        self.assertIn("1 models that both packages price alike", self.printed)
        self.assertIn("openai: omega", self.printed)
        self.assert_untouched()
        self.assertEqual(self.refresh("--add", "omega"), 1, "without its tier class")
        self.assertEqual(self.refresh("--add", "omega=mid"), 0)
        source = "litellm 2.0 price table + genai-prices 0.2"
        row = f"openai,omega,chat,current,mid,4,,,8,,,,272000,2,,,5000,,,,,2026-11,read_cross_checked,{source}"
        row += "," * (HEADER.count(",") - row.count(","))
        self.assertEqual(self.lines(), [HEADER, ALPHA, BETA, GAMMA, row, DELTA, ""])
        self.assertEqual(self.refresh("--add", "omega=mid"), 1, "twice")


class TheTable(unittest.TestCase):
    def test_it_is_read_and_written_as_it_is(self):
        text = prices.TABLE.read_text(encoding="utf-8")
        table = prices.Table(text)
        for row in table.rows:
            table.write(row, {})
        self.assertEqual(table.text(), text)
        self.assertEqual({row["provider"] for row in table.rows} - prices.PROVIDERS.keys(), set())


if __name__ == "__main__":
    unittest.main()
