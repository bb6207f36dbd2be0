// What stands below the answer is built in turn, without being scrolled to, and takes nothing from the reader.
import assert from "node:assert/strict";
import { browserTest } from "./harness.mjs";
import { answer, changedAnswer, charts, ready, searched, shapes } from "./page.mjs";

const phone = { viewport: { width: 360, height: 740 } };

/** The parts below the form, in the order in which they are read. */
const parts = (page) =>
  page.locator(".reading > section").evaluateAll((all) => all.map((part) => part.className || part.id));

const figure = (page, name) => page.locator(`figure[data-chart="${name}"]`);

browserTest(
  "every part is in the page without scrolling, and the charts' library only once a chart is near",
  phone,
  async ({ page, assertClean }) => {
    await ready(page);
    const libraries = () =>
      page.evaluate(() => performance.getEntriesByType("resource").filter((one) => one.name.endsWith("echarts.js")).length);
    const expected = ["twelve", "path", "volume", "money", "changes", "find-out", "folds"];
    assert.deepEqual(await parts(page), expected);
    await searched(page);
    for (const name of charts) {
      assert.match(await page.locator(`section.${name} h2`).innerText(), /\w/, `${name} says what it finds`);
      assert.equal(await figure(page, name).locator("svg").count(), 0);
    }
    assert.equal(await libraries(), 0);
    for (const name of charts) assert.ok((await shapes(page, name)).length > 0);
    assert.equal(await libraries(), 1);
    await assertClean();
  },
);

browserTest("what is not drawn when the page is printed stands there in numbers", phone, async ({ page, assertClean }) => {
  await ready(page);
  const table = (name) => figure(page, name).locator("table");
  assert.equal(await table("volume").count(), 0);
  await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  for (const name of charts) {
    await table(name).waitFor();
    assert.ok(!(await figure(page, name).locator(".chart").isVisible()));
  }
  await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
  for (const name of charts) {
    await figure(page, name).locator(".chart").waitFor();
    await table(name).waitFor({ state: "hidden" });
  }
  await assertClean();
});

browserTest("a row that moves to another place keeps the focus", async ({ page, assertClean }) => {
  await ready(page);
  const order = () =>
    page.locator("tr[data-strategy]").evaluateAll((rows) => rows.map((row) => row.dataset.strategy));
  for (const strategy of await order()) {
    await page.locator(`tr[data-strategy="${strategy}"] button`).first().focus();
    const [first, text] = [await order(), await answer(page)];
    // Typed by a program, so that the focus stays in the table.
    await page.locator("#input-requests_per_month").evaluate((field) => {
      field.value = field.value === "30,000,000" ? "60,000" : "30,000,000";
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
    await changedAnswer(page, text);
    assert.notDeepEqual(await order(), first);
    await page.waitForFunction(
      (strategy) => document.activeElement.closest("tr")?.dataset.strategy === strategy,
      strategy,
    );
  }
  await assertClean();
});
