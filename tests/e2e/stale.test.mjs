// Old rows of the catalogue: marked with their age as of the day on which the page is opened.
import assert from "node:assert/strict";
import { browserTest } from "./harness.mjs";
import { openFold, ready } from "./page.mjs";

const DAY = 86_400_000;
const STALE_DAYS = 90;
/** The tables whose rows have dates of their own. */
const DATED = ["Prices of API models", "Hosted tuning"];

/** Let the page begin on this day: its Date tells that day, its timers run on. */
const opened = (day) => ({ before: (page) => page.clock.setFixedTime(new Date(`${day}T12:00:00Z`)) });

/** What the rows of a table say under “As of”. */
async function dates(page, name) {
  await openFold(page, "sources");
  const part = page.locator(".method details", { has: page.locator(`summary:text-is("${name}")`) });
  await part.locator("summary").click();
  await part.locator("tbody tr").first().waitFor();
  return part.evaluate((part) => {
    const heads = [...part.querySelectorAll("thead th")].map((head) => head.innerText.trim());
    const column = heads.indexOf("As of");
    return [...part.querySelectorAll("tbody tr")].map((row) => row.children[column].innerText);
  });
}

/** What must stand there: the month, and its age since its last day where that is over 90 days. */
function expected(text, day) {
  const [month] = text.match(/^\d{4}-\d{2}/) ?? assert.fail(`no month in ${text}`);
  const [year, number] = month.split("-").map(Number);
  const age = Math.floor((Date.parse(`${day}T12:00:00Z`) - Date.UTC(year, number)) / DAY);
  return age > STALE_DAYS ? `${month}, stale: ${age} days old` : month;
}

/** Compare every dated row with the rule; returns how many are stale, by table. */
async function stale(page, day) {
  const counts = {};
  for (const name of DATED) {
    const shown = await dates(page, name);
    assert.ok(shown.length > 10, `${name}: ${shown.length} rows`);
    assert.deepEqual(shown, shown.map((text) => expected(text, day)));
    counts[name] = shown.filter((text) => text.includes("stale")).length;
    counts.rows = (counts.rows ?? 0) + shown.length;
  }
  return counts;
}

/** The day on which the catalogue was compiled, as the page says. */
async function compiled(page) {
  await openFold(page, "sources");
  const [, day] = (await page.locator(".method").innerText()).match(/Catalogue of (\d+ \w+ \d{4})/);
  return new Date(`${day} UTC`).toISOString().slice(0, 10);
}

browserTest("on the day of the catalogue no price is stale", async ({ page, open }) => {
  await ready(page);
  const day = await compiled(page);
  const then = await open(opened(day));
  await ready(then.page);
  assert.equal((await stale(then.page, day))["Prices of API models"], 0);
  await then.assertClean();
});

browserTest(
  "half a year later every row is marked with its age, and still after a reload",
  opened("2027-06-15"),
  async ({ page, assertClean }) => {
    await ready(page);
    for (let visit = 0; visit < 2; visit += 1) {
      const counts = await stale(page, "2027-06-15");
      assert.equal(counts["Prices of API models"] + counts["Hosted tuning"], counts.rows);
      await page.reload();
      await ready(page);
    }
    await assertClean();
  },
);

browserTest("a row becomes stale after its ninetieth day and not on it", async ({ open }) => {
  // November ends with the first moment of December; 91 whole days later it is the second of March.
  for (const [day, text] of [
    ["2027-03-01", "2026-11"],
    ["2027-03-02", "2026-11, stale: 91 days old"],
  ]) {
    const { page } = await open(opened(day));
    await ready(page);
    const november = (await dates(page, "Prices of API models")).filter((shown) => shown.startsWith("2026-11"));
    assert.ok(november.length > 0);
    assert.deepEqual([...new Set(november)], [text]);
  }
});
