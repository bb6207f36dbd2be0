// What stands stays where it is: while the page loads, while values that would change the answer are found, and when
// another example is chosen.
import assert from "node:assert/strict";
import { browserTest } from "./harness.mjs";
import { groups, openGroup, ready, searched, showAllInputs, type } from "./page.mjs";

/** Where every field of the form stands within it. */
const places = (page) =>
  page.evaluate(() => {
    const form = document.querySelector(".inputs");
    const top = form.getBoundingClientRect().top - form.scrollTop;
    return [...form.querySelectorAll(".field")].map((field) => {
      const { y, height } = field.getBoundingClientRect();
      const name = field.querySelector("[id^=label-]")?.id ?? "";
      return [name, Math.round(y - top), Math.round(height)].join(" ");
    });
  });

/** Record how much of the page moves without having been asked to. */
const watchShifts = (page) =>
  page.addInitScript(() => {
    window.shifted = 0;
    const add = (entry) => {
      if (!entry.hadRecentInput) window.shifted += entry.value;
    };
    const observer = new PerformanceObserver((list) => list.getEntries().forEach(add));
    observer.observe({ type: "layout-shift", buffered: true });
    /** What was shifted so far, once the frame under way is on the screen. */
    window.shiftedByNow = async () => {
      for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
      observer.takeRecords().forEach(add);
      return window.shifted;
    };
  });

/** Keep the search back until it is let through: it passes messages to give way to the page. */
const holdSearch = (page) =>
  page.addInitScript(() => {
    const post = MessagePort.prototype.postMessage;
    const gate = new Promise((open) => (window.letSearch = open));
    MessagePort.prototype.postMessage = function (...message) {
      gate.then(() => post.apply(this, message));
    };
  });
const letSearch = (page) => page.evaluate(() => window.letSearch());

const SIZES = [
  [1280, 800],
  [768, 1024],
  [360, 740],
];

for (const [width, height] of SIZES) {
  browserTest(
    `loading the page and searching it hardly move what stands, ${width} pixels wide`,
    { viewport: { width, height }, before: watchShifts },
    async ({ page, assertClean }) => {
      await page.locator("h1").waitFor();
      await searched(page);
      const loaded = await page.evaluate(() => window.shiftedByNow());
      assert.ok(loaded <= 0.01, `${loaded} of the page while it loads`);
      // The charts are drawn once the reader comes near them.
      await page.locator("#money").scrollIntoViewIfNeeded();
      await page.locator('figure[data-chart="volume"] svg path').first().waitFor({ state: "attached" });
      const shifted = await page.evaluate(() => window.shiftedByNow());
      assert.ok(shifted < 0.03, `${shifted} of the page`);
      await assertClean();
    },
  );

  browserTest(
    `the search for flip values moves no field, ${width} pixels wide`,
    { viewport: { width, height }, before: holdSearch },
    async ({ page, assertClean }) => {
      await ready(page);
      for (const group of groups) await openGroup(page, group);
      const before = await places(page);
      assert.ok(before.length > 8, `${before.length} fields`);
      assert.equal(await page.locator(".strip .edge").count(), 0, "the search is kept back");
      await letSearch(page);
      await searched(page);
      assert.ok((await page.locator(".flip-hint:not(:empty)").count()) > 1, "flips were found");
      assert.ok((await page.locator(".strip .edge").count()) > 1);
      assert.deepEqual(await places(page), before);

      // Another answer, other values: while they are searched and once they are found.
      await showAllInputs(page);
      await type(page, "required_quality", "80");
      await type(page, "output_tokens", "900");
      const edited = await places(page);
      await searched(page);
      assert.deepEqual(await places(page), edited);
      await assertClean();
    },
  );

  browserTest(
    `choosing an example moves neither the headline nor what stands above it, ${width} pixels wide`,
    { viewport: { width, height }, before: watchShifts },
    async ({ page, assertClean }) => {
      await page.locator("h1").waitFor();
      await searched(page);
      const above = () => page.evaluate(() => [...document.querySelectorAll("h1, .masthead, #preset")].map((one) => one.getBoundingClientRect().y));
      const before = await above();
      assert.ok(before.every((y) => y >= 0 && y < height), `${before}`);
      for (const option of await page.locator("#preset option").all()) {
        const name = await option.textContent();
        await page.locator("#preset").selectOption({ label: name });
        await page.waitForFunction((name) => document.title.includes(`: ${name}.`), name);
        assert.deepEqual(await above(), before, name);
        await searched(page);
        await page.evaluate(() => window.shiftedByNow());
        assert.deepEqual(await above(), before, `${name}, once it is searched`);
      }
      await assertClean();
    },
  );
}
