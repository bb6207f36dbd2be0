// What is known about quality, what it takes to find out, and the events of the plan that can be tried.
import assert from "node:assert/strict";
import { browserTest } from "./harness.mjs";
import { answer, changedAnswer, error, field, openFold, ready, reveal, type, verdict } from "./page.mjs";

const section = (page) => page.locator('[data-testid="find-out"]');
const byTestId = (page, name) => page.locator(`[data-testid="${name}"]`);
const title = (page) => section(page).locator("h2").innerText();
/** The row of a measurement. */
const row = (page, name) => section(page).locator(`[data-evidence="evidence_${name}"]`);
/** One of the two count fields of a row. */
const part = (row, name) => row.locator(`input[data-part="${name}"]`);

/** What the row of a strategy says of its quality, once opened; it is closed again. */
async function quality(page, strategy) {
  const button = page.locator(`tr[data-strategy="${strategy}"] .row-button`);
  await button.click();
  const said = await page.locator(`#detail-${strategy}`).getByText(/^Quality: /).innerText();
  await button.click();
  return said;
}

/** Open what is folded below the rows. */
async function unfold(page, name) {
  await section(page).locator("details > summary", { hasText: name }).click();
}

/** Type into the calculator and leave the field. */
async function price(page, id, text) {
  const entry = page.locator(`#calculator-${id}`);
  await entry.fill(text);
  await entry.press("Tab");
}

browserTest("172 of 200 shows its interval, its state and the examples that would settle it", async ({ page, assertClean }) => {
  const before = await answer(page);
  assert.match(await title(page), /^189 of 200 right prove it; 171 rule it out$/);
  assert.match(await row(page, "prompt").innerText(), /not measured/);
  assert.match(await quality(page, "prompt"), /^Quality: not measured\.$/);
  await type(page, "evidence_prompt", "172/200");
  await changedAnswer(page, before);
  const said = /86\.0\s% of 200 right, 95\s% interval 80\.5–90\.1\s%: unclear; about [\d,]+ more examples would settle it/;
  const beside = page.locator(".field", { has: field(page, "evidence_prompt") });
  assert.match(await beside.innerText(), said);
  assert.match(await title(page), /^172 of 200 right cannot tell whether prompting meets 90\s%$/);
  const shown = await row(page, "prompt").innerText();
  assert.match(shown, /cannot tell\s+80\.5 to 90\.1\s%/);
  assert.match(shown, /About [\d,]+ more examples would settle it/);
  assert.match(await quality(page, "prompt"), said);
  // Nobody else got a measurement by it.
  assert.match(await row(page, "small").innerText(), /not measured/);
  assert.match(await quality(page, "lora"), /^Quality: not measured\.$/);
  await assertClean();
});

browserTest("counts that are typed into a row are those of the form, and move the interval and the verdict", async ({ page, assertClean }) => {
  await reveal(page, "evidence_prompt");
  const before = await answer(page);
  const right = part(row(page, "prompt"), "right");
  await right.fill("165");
  await changedAnswer(page, before);
  assert.equal(await field(page, "evidence_prompt").inputValue(), "165/200");
  const found = row(page, "prompt");
  assert.match(await found.innerText(), /misses 90\s%\s+76\.6 to 87\.1\s%/);
  assert.match(await quality(page, "prompt"), /: fails 90\s%\.$/);
  const band = found.locator(".interval-band");
  const low = (await band.boundingBox()).x;
  // The bar lies beyond the whole interval.
  const bar = await found.locator(".at-bar").boundingBox();
  assert.ok(low + (await band.boundingBox()).width < bar.x);
  const examples = part(found, "examples");
  await examples.fill("170");
  await page.waitForFunction(() => document.querySelector("#input-evidence_prompt").value === "165/170");
  assert.match(await found.innerText(), /meets 90\s%/);
  assert.ok((await band.boundingBox()).x > low);
  await right.fill("171");
  assert.match(await found.innerText(), /171 correct of 170 is more than all of them/);
  await right.fill("");
  await page.waitForFunction(() => document.querySelector("#input-evidence_prompt").value === "");
  assert.equal(await part(found, "examples").inputValue(), "170", "the number of examples is kept while right answers are missing");
  assert.equal(await answer(page), before);
  await assertClean();
});

browserTest("what can decide nothing is measured on request, and stays where it is typed into", async ({ page, assertClean }) => {
  await ready(page);
  const shown = () => section(page).locator("[data-evidence]:visible").evaluateAll((all) => all.map((one) => one.dataset.evidence));
  assert.deepEqual(await shown(), ["evidence_prompt", "evidence_small", "evidence_open"]);
  await byTestId(page, "all-evidence").click();
  assert.equal((await shown()).length, 12);
  await part(row(page, "lora"), "right").focus();
  await page.keyboard.type("40");
  await page.waitForFunction(() => document.querySelector("#input-evidence_lora")?.value !== "");
  assert.equal(await page.evaluate(() => document.activeElement.dataset.part), "right");
  await byTestId(page, "all-evidence").click();
  assert.ok((await shown()).includes("evidence_lora"));
  await assertClean();
});

browserTest("a result is tried without a change, and can be taken over", async ({ page, assertClean }) => {
  await reveal(page, "evidence_prompt");
  const before = await answer(page);
  const results = byTestId(page, "try-result");
  await results.locator('input[value="171/200"]').check({ force: true });
  await byTestId(page, "try-then").waitFor();
  assert.match(await row(page, "prompt").innerText(), /misses 90\s%/);
  assert.equal(await answer(page), before, "nothing follows what is only tried");
  assert.equal(await field(page, "evidence_prompt").inputValue(), "");
  const then = await byTestId(page, "try-then").locator("b").innerText();
  await byTestId(page, "take-result").click();
  await changedAnswer(page, before);
  assert.equal(await verdict(page), then);
  assert.equal(await page.evaluate(() => document.activeElement.id), "evidence-heading");
  assert.equal(await field(page, "evidence_prompt").inputValue(), "171/200");
  await page.keyboard.press("Control+z");
  await page.waitForFunction(() => document.querySelector("#input-evidence_prompt").value === "");
  assert.equal(await answer(page), before);
  await assertClean();
});

browserTest("on a phone the rows of evidence fit, each with its axis", { viewport: { width: 320, height: 700 } }, async ({ page, assertClean }) => {
  await ready(page);
  await part(row(page, "prompt"), "right").fill("190");
  await page.waitForFunction(() => document.querySelector('[data-evidence="evidence_prompt"] .interval-band'));
  const axis = await row(page, "prompt").locator(".interval-axis").boundingBox();
  assert.ok(axis.width > 120, `${axis.width} px`);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  await assertClean();
});

browserTest("the bar that the costs ask for is computed, and one click takes it over", async ({ page, assertClean }) => {
  await ready(page);
  await unfold(page, "accuracy that your costs ask for");
  await unfold(page, "How many examples");
  assert.match(await byTestId(page, "economic-bar").innerText(), /Give both/);
  assert.equal(await byTestId(page, "take-bar").count(), 0);
  await price(page, "cost_per_error", "4");
  await price(page, "value_of_success", "1");
  const words = await byTestId(page, "economic-bar").innerText();
  const [, share] = words.match(/pays from ([\d.]+)\s%/) ?? assert.fail(words);
  // (4 + the request) / (4 + 1): the request costs something, so a little more than 80 %.
  assert.ok(Number(share) > 80 && Number(share) < 90, words);
  await byTestId(page, "take-bar").click();
  assert.equal(await field(page, "required_quality").inputValue(), `${share} %`);
  assert.equal(await byTestId(page, "take-bar").count(), 0);
  assert.equal(await page.evaluate(() => document.activeElement.id), "economic-bar");
  assert.match(await byTestId(page, "perfect-set").innerText(), new RegExp(`bar of ${share}\\s% has \\d+ examples`));
  // The form holds the same prices, and a wrong one is said beside it.
  await price(page, "cost_per_error", "much");
  assert.match(await page.locator("#calculator-cost_per_error-error").innerText(), /not a number/);
  assert.match(await byTestId(page, "economic-bar").innerText(), /\$4/);
  await assertClean();
});

browserTest("a lower bar takes fewer examples", async ({ page, assertClean }) => {
  await ready(page);
  await unfold(page, "How many examples");
  const perfect = async () => Number((await byTestId(page, "perfect-set").innerText()).match(/has ([\d,]+) examples/)[1]);
  assert.equal(await perfect(), 35);
  const first = section(page).locator("tbody tr").first();
  assert.match(await first.innerText(), /91\s%/);
  await type(page, "required_quality", "80%");
  // Sixteen would do by the interval, but fewer than twenty examples decide nothing.
  assert.equal(await perfect(), 20);
  assert.match(await first.innerText(), /81\s%/);
  await assertClean();
});

browserTest("a trigger of the plan says what to watch, and trying it changes the answer", async ({ page, assertClean }) => {
  await openFold(page, "plan");
  const before = await answer(page);
  const plan = byTestId(page, "plan");
  assert.match(await plan.innerText(), /At 171 or fewer right of 200 from production: clearly below 90\s%/);
  const fails = plan.locator('[data-trial="evidence_prompt"]');
  const decided = await verdict(page);
  await fails.click();
  await changedAnswer(page, before);
  assert.notEqual(await verdict(page), decided);
  assert.ok(await page.locator("#plan > summary").evaluate((summary) => summary === document.activeElement));
  assert.match(await quality(page, "prompt"), /: fails 90\s%\.$/);
  await reveal(page, "evidence_prompt");
  await page.locator('[data-reset="evidence_prompt"]').click();
  await page.waitForFunction((decided) => document.querySelector("h1").innerText === decided, decided);
  assert.equal(await answer(page), before);
  const volume = plan.locator('[data-trial="requests_per_month"]').first();
  await volume.click();
  await changedAnswer(page, before);
  await assertClean();
});

browserTest("the lean is stated with its inputs, and each leads to its field", async ({ page, assertClean }) => {
  await ready(page);
  await openFold(page, "sources");
  const lean = byTestId(page, "lean");
  assert.match(await lean.innerText(), /tie within .*: 5\s%/);
  await lean.locator('[data-field="tie_share"]').click();
  await page.waitForFunction(() => document.activeElement.id === "input-tie_share");
  await type(page, "tie_share", "500%");
  assert.match(await error(page, "tie_share").innerText(), /between/);
  await assertClean();
});
