// Scenarios side by side: put there from what is kept and from examples, followed while one is edited, and shared.
import assert from "node:assert/strict";
import { browserTest } from "./harness.mjs";
import { clipboard, encoded, field, keeps, notice, openMenu, ready, searched, type } from "./page.mjs";

const section = (page) => page.locator("#comparison");
const link = (requests_per_month, n = "") => encoded({ f: 1, r: 3, c: 1, m: 3, n, a: { requests_per_month }, h: null });

/** Compare with an example, or with what is shown. */
async function compareWith(page, value) {
  await openMenu(page);
  await page.locator("#compare-with").selectOption(value);
}

/** The table, once it stands with so many scenarios and nothing is searched any more. */
async function table(page, columns) {
  await searched(page);
  await page.waitForFunction((columns) => {
    const table = document.querySelector("#comparison table");
    return table?.querySelectorAll("thead th").length === columns + 1 && !table.innerText.includes("still being searched");
  }, columns);
  return page.locator("#comparison table").evaluate((table) =>
    [...table.rows].map((row) => [...row.cells].map((cell) => cell.innerText.trim().replace(/\s+/g, " "))),
  );
}
const row = (rows, name) => rows.find(([first]) => first.startsWith(name));

browserTest("an example stands beside what is shown, whose column follows each edit", async ({ page, assertClean }) => {
  await ready(page);
  assert.equal(await section(page).count(), 0, "nothing of it is there before");
  await compareWith(page, "present");
  await compareWith(page, "support-triage");
  const before = await table(page, 3);
  assert.match(before[0][2], /as it was/);
  assert.match(before[0][3], /^Support triage/);
  await type(page, "requests_per_month", "400000");
  await page.waitForFunction(() => document.querySelector("#comparison table").innerText.includes("400,000 (stated)"));
  const after = await table(page, 3);
  assert.notEqual(row(after, "Total cost")[1], row(before, "Total cost")[1]);
  assert.equal(row(after, "Requests")[1], "400,000 (stated)");
  assert.match(row(after, "Requests")[2], /\(default\)$/);
  await page.locator("#comparison .comparison-tools button", { hasText: "Remove" }).first().click();
  await table(page, 2);
  await page.locator("#comparison .comparison-tools button", { hasText: "Remove" }).click();
  await section(page).waitFor({ state: "detached" });
  await assertClean();
});

browserTest("a comparison with a kept scenario is one link, and stays after a reload", clipboard, async ({ page, open, assertClean }) => {
  await ready(page);
  await type(page, "requests_per_month", "2500000");
  await keeps(page, "2500000");
  await openMenu(page);
  await page.locator(".menu #start-over").click();
  await page.waitForFunction(() => document.querySelector("#input-requests_per_month").value.replaceAll(",", "") !== "2500000");
  await openMenu(page);
  await page.locator(".kept li .kept-more > summary").first().click();
  await page.locator(".kept-compare").first().click();
  const here = await table(page, 2);
  assert.match(row(here, "Requests")[2], /2,500,000 \(stated\)/);
  await page.locator("#copy-comparison").click();
  await page.locator("#copy-comparison", { hasText: "Copied" }).waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(copied, /#s=[\w-]+&with=[\w-]+$/);

  await page.reload();
  await ready(page);
  assert.deepEqual(await table(page, 2), here);

  const fresh = await open({ hash: new URL(copied).hash });
  await ready(fresh.page);
  assert.deepEqual(await table(fresh.page, 2), here);
  await fresh.page.locator("#comparison .comparison-tools button", { hasText: "Open" }).click();
  await fresh.page.waitForFunction(() => document.querySelector("#input-requests_per_month").value.replaceAll(",", "") === "2500000");
  const turned = await table(fresh.page, 2);
  assert.deepEqual([turned[0][1], turned[0][2]].map((head) => head.replace(/ (as shown|Open).*/, "")), ["Your scenario", "Invoice fields"]);
  await fresh.assertClean();
  await assertClean();
});

browserTest("a broken one is named and the others are compared", async ({ open, assertClean }) => {
  const other = await open({ hash: `#s=${link(7777, "Small")}&with=${link(90_000, "Larger")}&with=damaged&with=${link(1e6, "Largest")}` });
  await ready(other.page);
  await notice(other.page).filter({ hasText: "Scenario 3 of the comparison could not be opened" }).waitFor();
  const rows = await table(other.page, 3);
  assert.deepEqual(rows[0].slice(1).map((head) => head.replace(/ (as shown|Open).*/, "")), ["Small", "Larger", "Largest"]);
  assert.equal((await field(other.page, "requests_per_month").inputValue()).replaceAll(",", ""), "7777");
  await other.assertClean();
  await assertClean();
});

browserTest("on a phone the table scrolls in its own frame", { viewport: { width: 360, height: 740 } }, async ({ open, assertClean }) => {
  const phone = await open({
    hash: `#s=${link(7777)}&with=${link(90_000)}&with=${link(80_000)}&with=${link(1e6)}`,
    viewport: { width: 360, height: 740 },
  });
  await ready(phone.page);
  await table(phone.page, 4);
  const [width, scrolled] = await phone.page.evaluate(() => [innerWidth, document.documentElement.scrollWidth]);
  assert.ok(scrolled <= width, `${scrolled} of ${width}`);
  await phone.assertClean();
  await assertClean();
});
