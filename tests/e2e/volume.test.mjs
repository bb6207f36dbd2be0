// Cost by volume, whose mark can be moved, and what the money buys.
import assert from "node:assert/strict";
import { browserTest } from "./harness.mjs";
import { changedAnswer, answer, field, ready, verdict } from "./page.mjs";

const mark = (page) => page.getByRole("slider", { name: "Requests a month" }).and(page.locator("#volume input"));
const readOut = (page) => page.locator("#volume output").innerText();

/** Where the mark can be taken. */
async function thumb(page) {
  const box = await mark(page).boundingBox();
  const share = Number(await mark(page).inputValue()) / 100;
  return { x: box.x + 12 + share * (box.width - 24), y: box.y + box.height / 2, width: box.width - 24 };
}

browserTest("the mark only reads the lines until it is released", async ({ page, assertClean }) => {
  const before = await answer(page);
  await page.locator("#volume .plot").scrollIntoViewIfNeeded();
  await page.locator("#volume svg path").first().waitFor({ state: "attached" });
  const [read, headline] = [await readOut(page), await verdict(page)];
  const { x, y, width } = await thumb(page);
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + width / 4, y, { steps: 5 });
  assert.notEqual(await readOut(page), read);
  assert.equal(await answer(page), before);
  assert.equal(await verdict(page), headline);
  const [volume] = (await readOut(page)).match(/[\d,]+/);
  await page.mouse.up();
  await changedAnswer(page, before);
  assert.equal((await field(page, "requests_per_month").inputValue()).replace(/\D/g, ""), volume.replace(/\D/g, ""));
  await assertClean();
});

browserTest("arrow keys move the mark, and it says what it reads", async ({ page, assertClean }) => {
  const before = await answer(page);
  await mark(page).focus();
  assert.match(await mark(page).getAttribute("aria-valuetext"), /^150,000 a month: prompting \$[\d.]+, .* per 1,000 requests$/);
  await page.keyboard.press("ArrowRight");
  await changedAnswer(page, before);
  const typed = Number((await field(page, "requests_per_month").inputValue()).replace(/\D/g, ""));
  assert.ok(typed > 150_000 && typed < 180_000, `${typed}`);
  assert.ok(await mark(page).evaluate((input) => input === document.activeElement));
  await assertClean();
});

for (const width of [1280, 768, 360]) {
  browserTest(`no name or word of the plot covers another, ${width} pixels wide`, { viewport: { width, height: 800 } }, async ({ page, assertClean }) => {
    await ready(page);
    await page.locator("#volume .plot").scrollIntoViewIfNeeded();
    const boxes = await page.locator("#volume :is(.plot-end, .plot-words, .plot-band span, output)").evaluateAll((all) =>
      all
        .map((one) => ({ text: one.textContent, ...one.getBoundingClientRect().toJSON() }))
        .filter((box) => box.width > 0),
    );
    assert.ok(boxes.length >= 3, `${boxes.length}`);
    for (const [index, one] of boxes.entries()) {
      assert.ok(one.left >= 0 && one.right <= width, `${one.text} is cut`);
      for (const other of boxes.slice(index + 1)) {
        const apart = one.right <= other.left || other.right <= one.left || one.bottom <= other.top || other.bottom <= one.top;
        assert.ok(apart, `${one.text} covers ${other.text}`);
      }
    }
    await assertClean();
  });
}

browserTest("the bars stand by total, and each says its parts", async ({ page, assertClean }) => {
  await ready(page);
  const bars = page.locator("#money .bars li");
  assert.ok((await bars.count()) >= 10);
  const scale = { k: 1e3, M: 1e6 };
  const totals = (await bars.locator(".bar-total").allInnerTexts()).map((text) => {
    const [, digits, unit] = text.match(/\$([\d.]+)\s*(\w?)/);
    return Number(digits) * (scale[unit] ?? 1);
  });
  assert.deepEqual(totals, [...totals].sort((a, b) => a - b));
  for (const said of await bars.locator("[role=img]").evaluateAll((all) => all.map((one) => one.ariaLabel))) {
    assert.match(said, /\$/);
  }
  assert.equal(await page.locator('figure[data-chart="cumulative"]').count(), 0, "drawn only once it is opened");
  await page.locator("#money summary", { hasText: "Month by month" }).click();
  await page.locator('figure[data-chart="cumulative"] svg path').first().waitFor({ state: "attached" });
  await assertClean();
});
