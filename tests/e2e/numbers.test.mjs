// Numbers as people write them: every notation is read, and what can be meant in two ways is asked.
import assert from "node:assert/strict";
import { browserTest } from "./harness.mjs";
import { error, field, ready, type, verdict } from "./page.mjs";

browserTest("a number is read in every notation, and stands written in one form", async ({ page, assertClean }) => {
  await ready(page);
  for (const [text, shown] of [
    ["2 million", "2,000,000"],
    ["2m", "2,000,000"],
    ["1.2M", "1,200,000"],
    ["3k", "3,000"],
    ["12 000", "12,000"],
    ["12\u202f000", "12,000"],
    ["12'000", "12,000"],
    ["1.234.567", "1,234,567"],
    ["12,000", "12,000"],
    ["1e6", "1,000,000"],
    ["150,000 a month", "150,000"],
  ]) {
    await type(page, "requests_per_month", text);
    assert.equal(await field(page, "requests_per_month").inputValue(), shown, text);
    assert.equal(await error(page, "requests_per_month").count(), 0, text);
  }
  await assertClean();
});

browserTest("what can be meant in two ways is asked, and the last value counts", async ({ page, assertClean }) => {
  await ready(page);
  const before = await verdict(page);
  for (const [id, text, question] of [
    ["requests_per_month", "12.000", "12 or 12,000? Write 12 or 12000. Until then 150,000 counts."],
    ["requests_per_month", "1.234", "1.2340 or 1,234? Write 1.2340 or 1234. Until then 150,000 counts."],
    ["required_quality", "0.9", "0.9 % or 90 %? Write 0.9 % or 90 %. Until then 90 % counts."],
    ["labels", "300.5", "Must be a whole number. Until then 300 counts."],
    ["launch_weeks", "soon", /Until then it counts as not set\.$/],
  ]) {
    await type(page, id, text);
    const said = (await error(page, id).innerText()).replaceAll("\u00a0", " ").replaceAll("\u202f", " ");
    if (question instanceof RegExp) assert.match(said, question);
    else assert.equal(said, question);
    assert.equal(await verdict(page), before, "the last good value counts");
    await page.locator(`[data-reset="${id}"]`).click();
  }
  await assertClean();
});

browserTest("help comes after its field in the order of the keyboard", async ({ page, assertClean }) => {
  await ready(page);
  await field(page, "required_quality").focus();
  const seen = [];
  for (let step = 0; step < 3 && !seen.at(-1)?.startsWith("About"); step += 1) {
    await page.keyboard.press("Tab");
    seen.push(await page.evaluate(() => document.activeElement.getAttribute("aria-label") ?? ""));
  }
  assert.equal(seen.at(-1), "About “Required quality”", seen.join(" | "));
  await assertClean();
});
