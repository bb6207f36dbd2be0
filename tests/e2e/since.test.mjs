// A record made earlier, brought to the page: what has changed since in inputs, catalogue, method and verdict.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { browserTest } from "./harness.mjs";
import { clipboard, field, notice, openMenu, ready, type } from "./page.mjs";

const folder = mkdtempSync(join(tmpdir(), "tunewise-since-"));
after(() => rmSync(folder, { recursive: true }));

function file(name, text) {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

async function handedOut(page, button, within = true) {
  if (within) await openMenu(page);
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator(button).click()]);
  return readFileSync(await download.path(), "utf8");
}

async function bring(page, path) {
  await openMenu(page);
  await page.locator("#files-in").setInputFiles(path);
  await page.locator("#since h3").first().waitFor();
}

const section = (page) => page.locator("#since").innerText();
const title = (page, text) => page.locator("#since-title", { hasText: text }).waitFor();
/** The cells of the row that begins with a text, with plain spaces. */
async function row(page, name) {
  const found = page.locator("#since tr", { has: page.locator(`th:text-is("${name}")`) }).first();
  return (await found.locator("th, td").allInnerTexts()).map((text) => text.replaceAll("\u00a0", " "));
}
const usd = (text) => Math.round(Number(text.replace("−", "-").replace(/[$,+]/g, "")) * 100);

browserTest("a record says what has changed since: both inputs, the total then and now, and nothing where nothing has", clipboard, async ({ page, assertClean }) => {
  await ready(page);
  await type(page, "requests_per_month", "2500000");
  const markdown = await handedOut(page, "#record");
  const json = await handedOut(page, "#record-json");
  await bring(page, file("record.md", markdown));
  await title(page, "Nothing has changed since the record");
  const [, then] = await row(page, "Total");
  await type(page, "requests_per_month", "3100000");
  await type(page, "growth_per_month", "5");
  await page.locator('#since th:text-is("Growth, % a month")').waitFor();
  const check = async () => {
    assert.deepEqual((await row(page, "Requests, a month")).slice(1), ["2,500,000 (stated)", "3,100,000 (stated)"]);
    assert.deepEqual((await row(page, "Growth, % a month")).slice(1), ["3 % (default)", "5 % (stated)"]);
    const [, recorded, now] = await row(page, "Total");
    assert.equal(recorded, then);
    const [, adds] = await row(page, "Inputs, own rows and policy");
    assert.equal(usd(recorded) + usd(adds), usd(now));
  };
  await check();
  const saved = await handedOut(page, "#save-since", false);
  assert.match(saved, /^# The verdict/);
  assert.ok(saved.includes("| Requests, a month | 2,500,000 (stated) | 3,100,000 (stated) |"), saved);
  await page.locator("#close-since").click();
  assert.equal(await page.locator("#since").count(), 0);
  await bring(page, file("record.json", json));
  await title(page, "the total of");
  await check();
  assert.match(await section(page), /Cost by line that differs/);
  await page.locator("#compare-recorded").click();
  await page.locator("#comparison table").waitFor();
  await page.locator("#open-recorded").click();
  await page.waitForFunction(() => document.querySelector("#input-requests_per_month").value.replaceAll(",", "") === "2500000");
  await title(page, "Nothing has changed since the record");
  await page.locator("#undo").click();
  await title(page, "the total of");
  assert.equal((await field(page, "requests_per_month").inputValue()).replaceAll(",", ""), "3100000");
  await assertClean();
});

browserTest("a record that was changed by hand is said to be, and a narrow page does not scroll sideways", { ...clipboard, viewport: { width: 360, height: 740 } }, async ({ page, assertClean }) => {
  await ready(page);
  const markdown = await handedOut(page, "#record");
  const total = /\| Paid in all \|.*\| (\$[\d,.]+) \|/.exec(markdown)[1];
  await bring(page, file("record.md", markdown.replaceAll(total, "$1.00")));
  assert.match(await section(page), /it was changed by hand/i);
  assert.ok((await section(page)).includes(`it says $1.00, its own inputs give ${total}`));
  await notice(page).filter({ hasText: "What is shown stays as it is" }).waitFor();
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth));
  await assertClean();
});
