// The answer follows the inputs: verdict, table and charts, and keeps standing when an input is wrong.
import assert from "node:assert/strict";
import { browserTest } from "./harness.mjs";
import {
  answer, cell, changedAnswer, changedShapes, charts, choose, error, field, ready, shapes, showAllInputs, type, verdict,
} from "./page.mjs";

browserTest("the page opens with a verdict, its reasons in numbers and all twelve strategies", async ({ page, assertClean }) => {
  await ready(page);
  assert.match(await verdict(page), /\w{3,}.*\.$/);
  assert.match(await page.locator('[data-testid="lede"]').innerText(), /\$?\d/);
  const rows = page.locator('[data-testid="strategy-table"] tr[data-strategy]');
  assert.equal(await rows.count(), 12);
  assert.match(await cell(page, "prompt", "total"), /^\$\d/);
  await assertClean();
});

browserTest("each preset changes the verdict or the numbers, and they do not all agree", async ({ page, assertClean }) => {
  await ready(page);
  const standard = await answer(page);
  const options = await page.locator("#preset option").evaluateAll((all) => all.map((option) => option.value));
  const presets = options.filter((value) => value && value !== "default");
  assert.ok(presets.length >= 6, `${presets.length} presets`);
  const answers = new Map();
  const verdicts = new Set();
  let before = standard;
  for (const preset of presets) {
    await page.locator("#preset").selectOption(preset);
    before = await changedAnswer(page, before);
    assert.notEqual(before, standard, preset);
    answers.set(preset, before);
    verdicts.add(await verdict(page));
  }
  assert.equal(new Set(answers.values()).size, presets.length);
  assert.ok(verdicts.size >= 3, [...verdicts].join(" | "));
  await assertClean();
});

browserTest("an edit updates verdict, table and charts", async ({ page, assertClean }) => {
  const before = await answer(page);
  const cost = await cell(page, "prompt", "total");
  const drawn = {};
  for (const name of charts) drawn[name] = await shapes(page, name);

  await type(page, "requests_per_month", "3M");
  const after = await changedAnswer(page, before);
  assert.notEqual(await cell(page, "prompt", "total"), cost);
  assert.match(after, /\$/);
  for (const name of charts) await changedShapes(page, name, drawn[name]);

  await choose(page, "data_boundary", "own-premises");
  await changedAnswer(page, after);
  assert.match(await verdict(page), /own|self|premises|hardware|GPU|nothing|open|custom|LoRA/i);
  await assertClean();
});

for (const colorScheme of ["light", "dark"]) {
  browserTest(`the charts are drawn, explained and given in numbers (${colorScheme})`, { colorScheme }, async ({ page, assertClean }) => {
    await ready(page);
    for (const name of charts) {
      const paths = await shapes(page, name);
      // Lines of many points, or many bars; a blank chart has neither.
      const substance = paths.filter((d) => d.length > 20).join("").length;
      assert.ok(substance > 300, `${name}: ${substance} characters of geometry`);
      assert.doesNotMatch(paths.join(), /NaN|Infinity|undefined/);
      const figure = page.locator(`figure[data-chart="${name}"]`);
      const label = await figure.evaluate(
        (figure) => [figure, ...figure.querySelectorAll("*")].map((one) => one.getAttribute("aria-label")).find(Boolean),
      );
      assert.match(label ?? "", /\$/, `${name} has no description`);
      await figure.locator("summary, button").first().click();
      await figure.locator("table").waitFor();
      assert.ok((await figure.locator("table tr").count()) > 2, `${name} has no numbers`);
    }
    await assertClean();
  });
}

browserTest("the charts fit themselves to a narrower page", async ({ page, assertClean }) => {
  const before = await shapes(page, "volume");
  await page.setViewportSize({ width: 380, height: 800 });
  await changedShapes(page, "volume", before);
  await page.waitForFunction(() => {
    const svg = document.querySelector('figure[data-chart="volume"] svg');
    return svg.getBoundingClientRect().right <= innerWidth;
  });
  await assertClean();
});

browserTest("a wrong input keeps the last good answer and says what is wrong beside it", async ({ page, assertClean }) => {
  const before = await answer(page);
  for (const [text, message] of [["lots", /not a number/], ["5", /between 10 and/], ["", /needed/]]) {
    await type(page, "requests_per_month", text);
    await error(page, "requests_per_month").waitFor();
    assert.match(await error(page, "requests_per_month").innerText(), message);
    assert.equal(await field(page, "requests_per_month").getAttribute("aria-invalid"), "true");
    const described = (await field(page, "requests_per_month").getAttribute("aria-describedby")) ?? "";
    assert.ok(described.split(" ").includes("error-requests_per_month"), described);
    assert.equal(await answer(page), before);
    assert.equal(await field(page, "requests_per_month").inputValue(), text);
  }
  await type(page, "requests_per_month", "900k");
  await changedAnswer(page, before);
  assert.ok(!(await error(page, "requests_per_month").isVisible()));
  await assertClean();
});

browserTest("while one input is wrong its last good value counts, and so does every other edit", async ({ page, assertClean, open }) => {
  let before = await answer(page);
  await type(page, "requests_per_month", "2M");
  before = await changedAnswer(page, before);
  await type(page, "requests_per_month", "lots");
  await error(page, "requests_per_month").waitFor();
  assert.equal(await answer(page), before);
  assert.match(await page.locator('[data-testid="wrong-fields"]').innerText(), /1 field needs attention.*Requests/s);
  await type(page, "output_tokens", "900");
  const now = await changedAnswer(page, before);

  const { page: other } = await open();
  before = await answer(other);
  await type(other, "requests_per_month", "2M");
  before = await changedAnswer(other, before);
  await type(other, "output_tokens", "900");
  assert.equal(await changedAnswer(other, before), now);
  await assertClean();
});

browserTest("numbers are read the way people write them", async ({ page, assertClean }) => {
  let before = await answer(page);
  for (const text of ["1.2M", "60k", "1,200,000", "60,000"]) {
    await type(page, "requests_per_month", text);
    before = await changedAnswer(page, before);
    assert.ok(!(await error(page, "requests_per_month").isVisible()), text);
  }
  await showAllInputs(page);
  await type(page, "growth_per_month", "8%");
  await changedAnswer(page, before);
  await assertClean();
});

browserTest("a changed input is marked and goes back to its default", async ({ page, assertClean }) => {
  const before = await answer(page);
  const standard = await field(page, "requests_per_month").inputValue();
  const reset = page.locator('[data-reset="requests_per_month"]');
  assert.ok(!(await reset.isVisible()));
  await type(page, "requests_per_month", "2M");
  await changedAnswer(page, before);
  await reset.click();
  await page.waitForFunction((text) => document.querySelector("#input-requests_per_month").value === text, standard);
  assert.equal(await answer(page), before);
  assert.ok(!(await reset.isVisible()));
  await assertClean();
});

browserTest(
  "charts whose bundle does not arrive leave their numbers, and the answer stands",
  { before: (page) => page.route("**/echarts*.js", (route) => route.abort()) },
  async ({ page }) => {
    await ready(page);
    for (const name of charts) {
      const figure = page.locator(`figure[data-chart="${name}"]`);
      await figure.scrollIntoViewIfNeeded();
      await figure.locator("table").first().waitFor();
    }
    await page.getByText(/charts could not be loaded/i).first().waitFor();
  },
);
