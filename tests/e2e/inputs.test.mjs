// The form: four questions, groups that open in place, and fields that open what they stand in.
import assert from "node:assert/strict";
import { browserTest } from "./harness.mjs";
import {
  answer, changedAnswer, encoded, error, field, groups, openGroup, ready, reveal, searched, type,
} from "./page.mjs";

const group = (page, name) => page.locator(`details[data-group="${name}"]`);
const isOpen = (page, name) => group(page, name).evaluate((one) => one.open);

browserTest(
  "folded, the form fits the window, holds few words, and builds no field of a closed group",
  { viewport: { width: 1280, height: 800 } },
  async ({ page, assertClean }) => {
    await ready(page);
    await searched(page);
    const form = await page.locator("#inputs").evaluate((one) => ({
      hidden: one.scrollHeight - one.clientHeight,
      words: one.innerText.split(/\s+/).filter(Boolean).length,
      fields: one.querySelectorAll(".field").length,
    }));
    assert.ok(form.hidden <= 0, `${form.hidden} pixels are out of sight`);
    assert.ok(form.words <= 110, `${form.words} words`);
    assert.equal(form.fields, 4);
    assert.equal(await page.locator("details.group").count(), groups.length);
    await assertClean();
  },
);

browserTest("a group's line says its key value, and marks what is changed or wrong", async ({ page, assertClean }) => {
  await ready(page);
  const line = group(page, "quality").locator("> summary");
  assert.match(await line.innerText(), /nothing measured/);
  await type(page, "evidence_prompt", "172/200");
  await line.click();
  assert.match(await line.innerText(), /1 changed[\s\S]*1 measured/);
  await type(page, "launch_weeks", "soon");
  assert.match(await group(page, "constraints").locator("> summary").innerText(), /needs attention/);
  await assertClean();
});

browserTest("a link to a field opens its group and the rest of it, also when the reader closed it", async ({ page, assertClean }) => {
  await ready(page);
  const wrong = page.locator('[data-testid="wrong-fields"]');
  await type(page, "growth_per_month", "much");
  for (let round = 0; round < 2; round += 1) {
    await group(page, "work").locator("> summary").click();
    await field(page, "growth_per_month").waitFor({ state: "detached" });
    await wrong.getByRole("button").click();
    await page.waitForFunction(() => document.activeElement.id === "input-growth_per_month");
    assert.ok(await isOpen(page, "work"));
  }
  await assertClean();
});

browserTest("a link whose scenario is wrong opens the group of the mistake", async ({ page, open, assertClean }) => {
  const link = encoded({ f: 1, r: 1, c: 1, m: 1, n: "", a: { lora_rank: "high" }, h: null });
  const other = await open({ hash: `#s=${link}` });
  await error(other.page, "lora_rank").waitFor();
  assert.match(await error(other.page, "lora_rank").innerText(), /Until then 16 counts\.$/);
  assert.deepEqual(await Promise.all(groups.map((name) => isOpen(other.page, name))), groups.map((name) => name === "models"));
  await other.assertClean();
  await assertClean();
});

browserTest("an answer that another input depends on brings that one forward", async ({ page, assertClean }) => {
  await ready(page);
  await openGroup(page, "work");
  const more = group(page, "work").locator("button[data-all-inputs]");
  const count = async () => Number.parseInt(await more.innerText(), 10);
  assert.equal((await count()) + (await group(page, "work").locator(".field").count()), 25);
  await more.click();
  assert.equal(await more.innerText(), "Fewer");
  assert.equal(await group(page, "work").locator(".field").count(), 25);
  await assertClean();
});

browserTest("a slider of a question reaches nothing at all, and what its ticks say", async ({ page, assertClean }) => {
  const before = await answer(page);
  const slider = page.locator(".field", { has: field(page, "labels") }).locator('input[type="range"]');
  await slider.focus();
  await page.keyboard.press("Home");
  assert.equal(await field(page, "labels").inputValue(), "0");
  await page.keyboard.press("End");
  assert.equal(await field(page, "labels").inputValue(), "100,000");
  await changedAnswer(page, before);
  await reveal(page, "requests_per_month");
  await assertClean();
});

for (const width of [320, 360, 768]) {
  browserTest(
    `every control of the form is a target of 24 pixels, ${width} pixels wide`,
    { viewport: { width, height: 740 } },
    async ({ page, assertClean }) => {
      await ready(page);
      for (const name of ["work", "constraints", "team"]) await openGroup(page, name, true);
      const small = await page.locator("#inputs").evaluate((form) =>
        [...form.querySelectorAll("summary, button:not(.error *):not(.changed *), select, .entry, label.segment, label.flag, .slider")]
          .map((one) => [one.id || one.className || one.tagName, one.getBoundingClientRect()])
          .filter(([, box]) => box.width < 23.5 || box.height < 23.5)
          .map(([name, box]) => `${name} ${Math.round(box.width)} × ${Math.round(box.height)}`),
      );
      assert.deepEqual(small, []);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(overflow <= 0, `${overflow} pixels`);
      await assertClean();
    },
  );
}
