// Everybody can use it: by keyboard alone, with a screen reader, in either appearance, on a phone.
import assert from "node:assert/strict";
import { AxeBuilder } from "@axe-core/playwright";
import { browserTest } from "./harness.mjs";
import { answer, changedAnswer, charts, ready, searched, shapes, showAllInputs, unfold } from "./page.mjs";

/** Press Tab through the whole page; what was focused, in order, and whether one could see it. */
async function tabThrough(page) {
  const stops = [];
  for (let presses = 0; presses < 1_000; presses++) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(() => {
      const one = document.activeElement;
      if (!one || one === document.body) return null;
      if (one.dataset.tabbed) return null;
      one.dataset.tabbed = "yes";
      const box = one.getBoundingClientRect();
      // The outline may stand on a label or frame around the control.
      const marked = [one, one.parentElement, one.nextElementSibling, one.closest("label")].some((candidate) => {
        if (!candidate) return false;
        const style = getComputedStyle(candidate);
        return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
      });
      return {
        key: one.type === "radio" ? `radio:${one.name}` : one.id,
        name: one.outerHTML.slice(0, 120),
        marked,
        onScreen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
      };
    });
    if (!stop) break;
    stops.push(stop);
  }
  return stops;
}

browserTest("every input is reached by keyboard alone, and the focus can be seen", async ({ page, assertClean }) => {
  await ready(page);
  await showAllInputs(page);
  const wanted = await page.evaluate(() => {
    const controls = [...document.querySelectorAll('[id^="input-"], input[type="radio"]')];
    const usable = controls.filter((one) => one.matches("input, select, textarea, button") && !one.disabled);
    return [...new Set(usable.map((one) => (one.type === "radio" ? `radio:${one.name}` : one.id)))];
  });
  assert.ok(wanted.length > 60, `${wanted.length} inputs`);
  // What the search finds is put below the fields and moves those after them: a page at rest is walked through.
  await searched(page);
  // A click on nothing at the top is where Tab starts from.
  await page.evaluate(() => scrollTo(0, 0));
  await page.mouse.click(1, 1);
  const stops = await tabThrough(page);
  const reached = new Set(stops.map((stop) => stop.key));
  assert.deepEqual(wanted.filter((key) => !reached.has(key)), []);
  for (const key of ["preset", "copy-link"]) assert.ok(reached.has(key), key);
  assert.deepEqual(stops.filter((stop) => !stop.marked).map((stop) => stop.name), []);
  assert.deepEqual(stops.filter((stop) => !stop.onScreen).map((stop) => stop.name), []);
  await assertClean();
});

browserTest("the first questions are answered, changed and reset by keyboard alone", async ({ page, assertClean }) => {
  const before = await answer(page);
  await page.locator("#input-requests_per_month").focus();
  await page.keyboard.press("Control+A");
  await page.keyboard.type("3M");
  await page.keyboard.press("Enter");
  const after = await changedAnswer(page, before);
  await page.locator('[data-reset="requests_per_month"]').focus();
  await page.keyboard.press("Enter");
  assert.equal(await changedAnswer(page, after), before);
  // Whatever the reset button did, the focus is not lost.
  await page.waitForFunction(() => document.activeElement !== document.body);
  const work = page.locator('details[data-group="work"]');
  await work.locator("> summary").focus();
  await page.keyboard.press("Enter");
  const more = work.locator("button[data-all-inputs]");
  await more.focus();
  await page.keyboard.press("Enter");
  assert.equal(await more.getAttribute("aria-expanded"), "true");
  await page.locator("#input-growth_per_month").waitFor();
  await assertClean();
});

for (const colorScheme of ["light", "dark"]) {
  for (const width of [1280, 360]) {
    browserTest(
      `axe finds nothing, folded and unfolded, ${colorScheme}, ${width} pixels wide`,
      { colorScheme, viewport: { width, height: 800 }, reducedMotion: "reduce" },
      async ({ page, assertClean }) => {
        await ready(page);
        for (const name of charts) await shapes(page, name);
        for (const open of [false, true]) {
          if (open) {
            await showAllInputs(page);
            await unfold(page);
            await page.locator(".own-rows button").first().click();
            await page.getByRole("button", { name: "Save the row" }).click();
            await page.locator(".row-form .is-wrong").first().waitFor();
            for (const [id, text] of [["cost_per_error", "4"], ["value_of_success", "1"]]) {
              await page.locator(`#calculator-${id}`).fill(text);
              await page.locator(`#calculator-${id}`).press("Tab");
            }
            await page.locator('[data-testid="take-bar"]').waitFor();
            await page.locator("[data-rule]").first().waitFor();
            await page.locator('tr[data-strategy="lora"] button').first().click();
            await page.locator("#detail-lora .costs").waitFor();
            await unfold(page);
            await page.locator("#detail-lora .figures").waitFor();
            await page.getByRole("button", { name: "Start from an example" }).click();
            await page.getByRole("button", { name: "Apply this policy" }).click();
            await page.locator('[data-testid="policy-in-force"]').waitFor();
            await page.locator("details.policy-form").evaluate((one) => (one.open = true));
            await page.locator("#policy-text").fill("no policy");
            await page.getByRole("button", { name: "Apply this policy" }).click();
            await page.locator("#policy-errors li").first().waitFor();
            // On a phone the verdict stands in place of the menu once it has left the screen.
            await page.evaluate(() => scrollTo(0, 0));
            await page.locator("details.menu > summary").click();
            await page.locator("#forget-all").waitFor();
          }
          // A page at rest is looked at; what it passes is only counted.
          await searched(page);
          const { violations } = await new AxeBuilder({ page }).options({ resultTypes: ["violations"] }).analyze();
          const found = violations
            .map((one) => `${one.id}: ${one.help}\n  ${one.nodes.slice(0, 5).map((node) => node.html.slice(0, 160)).join("\n  ")}`);
          assert.deepEqual(found, []);
        }
        await assertClean();
      },
    );

    browserTest(
      `nothing sticks out to the right, ${colorScheme}, ${width} pixels wide`,
      { colorScheme, viewport: { width, height: 800 } },
      async ({ page, assertClean }) => {
        await ready(page);
        await showAllInputs(page);
        for (const name of charts) await shapes(page, name);
        await unfold(page);
        await page.locator("#policy-text").waitFor();
        await page.locator("[data-rule]").first().waitFor();
        await page.locator('tr[data-strategy="lora"] button').first().click();
        await page.locator("#detail-lora .costs").waitFor();
        await unfold(page);
        await page.locator("#detail-lora .figures").waitFor();
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(overflow <= 0, `${overflow} pixels`);
        await assertClean();
      },
    );
  }
}

browserTest(
  "on a phone the verdict comes first and stays in view while an input is edited",
  { viewport: { width: 360, height: 740 } },
  async ({ page, assertClean }) => {
    await ready(page);
    const headline = page.locator('[data-testid="headline"]');
    assert.ok((await headline.boundingBox()).y < 740);
    const box = await page.locator("#input-requests_per_month").boundingBox();
    assert.ok(box.y > (await headline.boundingBox()).y);
    await assertClean();
  },
);
