// The strip under a number: its value to drag, what the verdict and its rival cost over its range, and where the answer
// changes.
import assert from "node:assert/strict";
import { browserTest } from "./harness.mjs";
import { changedAnswer, field, ready, reveal, searched, settledAnswer } from "./page.mjs";

const strip = (page, id) => page.locator(`[data-strip="${id}"]`);
const slider = (page, id) => page.locator(`.field:has(#input-${id}) input[type="range"]`);
const lines = (page, id) =>
  strip(page, id)
    .locator("svg path")
    .evaluateAll((paths) => paths.map((path) => path.getAttribute("d")));

/** Drag the thumb of a slider to a share of its width; returns what stood in the field at every step. */
async function drag(page, id, share) {
  await strip(page, id).scrollIntoViewIfNeeded();
  const box = await slider(page, id).boundingBox();
  const [at, max] = await slider(page, id).evaluate((one) => [Number(one.value), Number(one.max)]);
  const thumb = 15;
  const x = (part) => box.x + thumb / 2 + part * (box.width - thumb);
  const y = box.y + box.height / 2;
  await page.mouse.move(x(at / max), y);
  await page.mouse.down();
  const seen = [];
  for (let step = 1; step <= 4; step += 1) {
    await page.mouse.move(x(at / max + ((share - at / max) * step) / 4), y);
    seen.push(await field(page, id).inputValue());
  }
  await page.mouse.up();
  return seen;
}

const number = (text) => Number(text.replaceAll(",", ""));

browserTest("dragging a volume moves the field at once, in round numbers, and the answer with it", async (t) => {
  const { page, assertClean } = t;
  await ready(page);
  const before = await settledAnswer(page);
  const seen = (await drag(page, "requests_per_month", 0.95)).map(number);
  assert.ok(
    seen.every((value, step) => value > (seen[step - 1] ?? 150_000)),
    seen.join(),
  );
  for (const value of seen) assert.ok(Number(value.toPrecision(2)) === value, `${value} is round`);
  await changedAnswer(page, before);
  const words = await slider(page, "requests_per_month").getAttribute("aria-valuetext");
  assert.equal(words, `${await field(page, "requests_per_month").inputValue()} a month`);
  await assertClean();
});

browserTest("the arrow keys move a value by one round step, and what is counted stays whole", async (t) => {
  const { page, assertClean } = t;
  await ready(page);
  const before = await settledAnswer(page);
  await slider(page, "requests_per_month").focus();
  await page.keyboard.press("ArrowRight");
  assert.equal(await field(page, "requests_per_month").inputValue(), "160,000");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  assert.equal(await field(page, "requests_per_month").inputValue(), "140,000");
  await changedAnswer(page, before);
  await slider(page, "labels").focus();
  await page.keyboard.press("Home");
  for (const value of ["10", "11", "12"]) {
    await page.keyboard.press("ArrowRight");
    assert.equal(await field(page, "labels").inputValue(), value);
  }
  await assertClean();
});

browserTest("the lines of the verdict and its rival stand over what costs, and over nothing else", async (t) => {
  const { page, assertClean } = t;
  await ready(page);
  await strip(page, "requests_per_month").scrollIntoViewIfNeeded();
  await strip(page, "requests_per_month").locator("svg path").first().waitFor({ state: "attached" });
  const before = await lines(page, "requests_per_month");
  assert.equal(before.length, 2);
  for (const line of before) assert.ok(line.split("L").length > 20, line);
  assert.equal(await slider(page, "requests_per_month").count(), 1);
  await reveal(page, "pilot_threshold");
  await strip(page, "pilot_threshold").scrollIntoViewIfNeeded();
  await searched(page);
  await page.waitForTimeout(300);
  assert.equal(await slider(page, "pilot_threshold").count(), 1);
  assert.equal(await strip(page, "pilot_threshold").locator("svg").count(), 0);

  // Another price of every token: other lines, and the old ones until they are there.
  await reveal(page, "output_tokens");
  await strip(page, "requests_per_month").scrollIntoViewIfNeeded();
  await page.evaluate(() => {
    const strip = document.querySelector('[data-strip="requests_per_month"]');
    const count = () => strip.querySelectorAll("svg path").length;
    window.linesSeen = new Set([count()]);
    new MutationObserver(() => window.linesSeen.add(count())).observe(strip, { childList: true, subtree: true });
  });
  await field(page, "output_tokens").evaluate((one) => {
    one.value = "900";
    one.dispatchEvent(new Event("input"));
  });
  await page.waitForFunction(
    (before) =>
      [...document.querySelectorAll('[data-strip="requests_per_month"] svg path')]
        .map((path) => path.getAttribute("d"))
        .join() !== before,
    before.join(),
  );
  assert.deepEqual(await page.evaluate(() => [...window.linesSeen]), [2], "the strip was never without its lines");
  await assertClean();
});

browserTest("hairlines show where the answer changes, and one sentence says it", async (t) => {
  const { page, assertClean } = t;
  await ready(page);
  await searched(page);
  await strip(page, "requests_per_month").locator(".edge").first().waitFor({ state: "attached" });
  const hint = page.locator('.field:has([data-strip="requests_per_month"]) .flip-hint');
  if (await hint.count()) {
    const words = await hint.innerText();
    assert.match(words, /^[A-Z].* [\d,]+\.$/);
    assert.ok(words.split(/\s+/).length <= 14, words);
  }
  await assertClean();
});
