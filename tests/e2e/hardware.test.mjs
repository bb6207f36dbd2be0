// Memory, hardware and the catalogue: what is shown, searched, ordered and replaced by a measurement.
import assert from "node:assert/strict";
import { browserTest } from "./harness.mjs";
import {
  answer, changedAnswer, choose, clipboard, copiedLink, field, keeps, openFold, ready, showAllInputs, type,
} from "./page.mjs";

const fit = (page) => page.locator('[data-testid="fit"]');

/** Open something by the words of its summary line. */
async function open(page, words) {
  await openFold(page, "hardware");
  await page.locator("summary", { hasText: words }).click();
}

browserTest("the memory of serving and of each way of tuning is drawn and said", async ({ page, assertClean }) => {
  await ready(page);
  await open(page, "Where the memory goes");
  await fit(page).locator(".memory-use").first().waitFor();
  assert.equal(await fit(page).locator(".memory-use").count(), 4);
  for (const bar of await fit(page).locator("svg.memory").all()) {
    const widths = await bar.locator("rect").evaluateAll((all) => all.map((rect) => rect.getBoundingClientRect().width));
    const whole = await bar.evaluate((svg) => svg.getBoundingClientRect().width);
    const sum = widths.reduce((a, b) => a + b);
    assert.ok(Math.abs(sum - whole) < 4, `${sum} of ${whole}`);
  }
  assert.match(await fit(page).locator(".legend").first().innerText(), /weights \d+(\.\d+)?\sGiB/);
  await assertClean();
});

browserTest("the list of GPUs follows the inputs", async ({ page, assertClean }) => {
  await ready(page);
  await open(page, "Where the memory goes");
  const list = fit(page).locator("details tbody");
  const before = await list.innerText();
  assert.match(before, /\$/);
  await type(page, "requests_per_month", "30M");
  await page.waitForFunction(
    (before) => document.querySelector('[data-testid="fit"] details tbody').innerText !== before,
    before,
  );
  await assertClean();
});

browserTest("a table of the catalogue is searched and ordered", async ({ page, assertClean }) => {
  await ready(page);
  await openFold(page, "sources");
  await page.locator(".method summary", { hasText: /^GPUs$/ }).click();
  const table = page.locator(".method details", { has: page.locator("input[type=search]") });
  const rows = table.locator("tbody tr");
  await rows.first().waitFor();
  const all = await rows.count();
  assert.ok(all > 10, `${all} rows`);
  await table.locator("input[type=search]").fill("nvidia");
  const some = await rows.count();
  assert.ok(some < all, `${some} of ${all}`);
  await table.locator("input[type=search]").fill("");
  const memory = async () => {
    const cells = await rows.evaluateAll((all) => all.map((row) => row.children[2].innerText));
    return cells.map((text) => Number(text.replace(",", ""))).filter((number) => !Number.isNaN(number));
  };
  await table.locator("thead button", { hasText: "Memory" }).click();
  const up = await memory();
  assert.deepEqual(up, [...up].sort((a, b) => a - b));
  await table.locator("thead button", { hasText: "Memory" }).click();
  assert.deepEqual(await memory(), up.toReversed());
  await assertClean();
});

browserTest(
  "a measurement replaces an estimate, is marked, and survives reload and link",
  clipboard,
  async ({ page, open: another, assertClean }) => {
    await ready(page);
    await showAllInputs(page);
    const first = await answer(page);
    await choose(page, "serving_gpu", "H100 SXM");
    await choose(page, "serving_gpu_count", "2");
    const before = await changedAnswer(page, first);
    await type(page, "measured_speed_open", "25");
    const after = await changedAnswer(page, before);
    await keeps(page, "measured_speed_open");
    await page.reload();
    assert.equal(await answer(page), after);
    await page.locator('tr[data-strategy="open-self"] button').click();
    assert.match(await page.locator("#detail-open-self").innerText(), /measured/i);

    const link = await copiedLink(page);
    const fresh = await another({ hash: new URL(link).hash });
    assert.equal(await answer(fresh.page), after);
    await showAllInputs(fresh.page);
    assert.equal(await field(fresh.page, "measured_speed_open").inputValue(), "25");
    await assertClean();
    await fresh.assertClean();
  },
);

browserTest(
  "memory that was measured stands in its picture, and survives reload and link",
  clipboard,
  async ({ page, open: another, assertClean }) => {
    const picture = async (page) => {
      await ready(page);
      await open(page, "Where the memory goes");
      await fit(page).locator(".memory-use").first().waitFor();
      return fit(page).innerText();
    };
    const estimated = await picture(page);
    await showAllInputs(page);
    await choose(page, "serving_gpu", "H200 SXM");
    await choose(page, "serving_gpu_count", "1");
    await type(page, "measured_memory_open", "68");
    await fit(page).getByText("measured weights and runtime 68.0 GiB").waitFor();
    const measured = await fit(page).innerText();
    assert.notEqual(measured, estimated);
    await keeps(page, "measured_memory_open");
    await page.reload();
    assert.equal(await picture(page), measured);

    const link = await copiedLink(page);
    const fresh = await another({ hash: new URL(link).hash });
    assert.equal(await picture(fresh.page), measured);
    await assertClean();
    await fresh.assertClean();
  },
);
