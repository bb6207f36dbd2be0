// The record of the decision: handed out as a file, with the figures of the page.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { browserTest } from "./harness.mjs";
import { ready, type, verdict } from "./page.mjs";

/** Ask for a file under the menu, and read it. */
async function handedOut(page, button) {
  const menu = page.locator("details.menu");
  if (!(await menu.evaluate((one) => one.open))) await menu.locator("> summary").click();
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator(button).click()]);
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), "utf8") };
}

const plain = (text) => text.replace(/\s+/g, " ").trim();

browserTest("the record is a file with the headline, the lede and the totals of the page, its author and its link", async ({ page, assertClean }) => {
  await ready(page);
  await type(page, "requests_per_month", "210k");
  await type(page, "evidence_prompt", "190/200");
  await page.locator("details.menu > summary").click();
  await page.locator("#record-author").fill("Ada | <b>Lovelace</b>");
  const { name, text } = await handedOut(page, "#record");
  assert.match(name, /^decision-record-your-scenario\.md$/);
  const said = plain(await verdict(page));
  const title = text.split("\n")[0];
  assert.ok(title.startsWith("# Your scenario: ") && title.endsWith(said), title);
  assert.ok(text.includes("Ada \\| \\<b>Lovelace\\</b>"), "the author, as text");
  assert.match(text, /\| Date \| \d+ \w+ 20\d\d \|/);
  const lede = plain(await page.locator('[data-testid="lede"]').innerText());
  for (const figure of lede.match(/\$[\d.,]+(?: [kM])?/g)) assert.ok(text.includes(figure), figure);

  const { text: json } = await handedOut(page, "#record-json");
  const record = JSON.parse(json);
  assert.equal(record.verdict.headline, said);
  assert.equal(plain(record.verdict.lede), lede);
  assert.deepEqual(record.context.stated.map(({ id }) => id).sort(), ["evidence_prompt", "requests_per_month"]);
  assert.equal(record.changes.searched > 100, true);
  assert.equal(record.costs[0].id, record.verdict.use_now);
  // The total of each strategy is the one that the table of all figures shows.
  const short = (usd) => (usd >= 999_500 ? `$${+(usd / 1e6).toFixed(usd < 9.95e6 ? 1 : 0)} M` : `$${+(usd / 1e3).toFixed(usd < 9_950 ? 1 : 0)} k`);
  for (const option of record.options.filter(({ total_usd }) => total_usd !== null)) {
    const row = plain(await page.locator(`tr[data-strategy="${option.id}"]`).innerText());
    assert.ok(row.includes(short(option.total_usd)), `${option.id}: ${short(option.total_usd)} in ${row}`);
  }
  // The link opens the same answer.
  await page.goto(record.link);
  await ready(page);
  assert.equal(plain(await verdict(page)), said);
  await assertClean();
});

browserTest("while a field is wrong there is no record, and the page says so", async ({ page, assertClean }) => {
  await ready(page);
  await type(page, "requests_per_month", "many");
  await page.locator("details.menu > summary").click();
  await page.locator("#record").click();
  await page.locator('[data-testid="notice"]').getByText("There is no record while a field is wrong").waitFor();
  await assertClean();
});
