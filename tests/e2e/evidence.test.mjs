// What is known about quality, what it takes to find out, and the events of the plan that can be tried.
import assert from "node:assert/strict";
import { browserTest } from "./harness.mjs";
import { answer, cell, changedAnswer, error, field, ready, type, verdict } from "./page.mjs";

const section = (page) => page.locator('[data-testid="find-out"]');
const part = (page, name) => page.locator(`[data-testid="${name}"]`);

/** Type into the calculator and leave the field. */
async function price(page, id, text) {
  const entry = page.locator(`#calculator-${id}`);
  await entry.fill(text);
  await entry.press("Tab");
}

browserTest("172 of 200 shows its interval, its state and the examples that would settle it", async ({ page, assertClean }) => {
  const before = await answer(page);
  assert.match(await part(page, "unmeasured").innerText(), /prompted API model/i);
  assert.equal(await cell(page, "prompt", "quality"), "untested");
  await type(page, "evidence_prompt", "172/200");
  await changedAnswer(page, before);
  const said = /86\.0\s% of 200 right, 95\s% interval 80\.5–90\.1\s%: unclear; about [\d,]+ more examples would settle it/;
  const beside = page.locator(".field", { has: field(page, "evidence_prompt") });
  assert.match(await beside.innerText(), said);
  assert.match(await section(page).innerText(), said);
  assert.equal(await cell(page, "prompt", "quality"), "unclear");
  assert.match(await cell(page, "prompt", "why"), /80\.5\sto\s90\.1\s%; [\d,]+ more examples would tell/);
  assert.doesNotMatch(await part(page, "unmeasured").innerText(), /prompted API model/i);
  // Nobody else got a measurement by it.
  assert.equal(await cell(page, "lora", "quality"), "untested");
  await assertClean();
});

browserTest("the bar that the costs ask for is computed, and one click takes it over", async ({ page, assertClean }) => {
  await ready(page);
  assert.match(await part(page, "economic-bar").innerText(), /Give both/);
  assert.equal(await part(page, "take-bar").count(), 0);
  await price(page, "cost_per_error", "4");
  await price(page, "value_of_success", "1");
  const words = await part(page, "economic-bar").innerText();
  const [, share] = words.match(/pays from ([\d.]+)\s%/) ?? assert.fail(words);
  // (4 + the request) / (4 + 1): the request costs something, so a little more than 80 %.
  assert.ok(Number(share) > 80 && Number(share) < 90, words);
  await part(page, "take-bar").click();
  assert.equal(await field(page, "required_quality").inputValue(), `${share} %`);
  assert.equal(await part(page, "take-bar").count(), 0);
  assert.match(await part(page, "perfect-set").innerText(), new RegExp(`bar of ${share}\\s% has \\d+ examples`));
  // The form holds the same prices, and a wrong one is said beside it.
  await price(page, "cost_per_error", "much");
  assert.match(await page.locator("#calculator-cost_per_error-error").innerText(), /not a number/);
  assert.match(await part(page, "economic-bar").innerText(), /\$4/);
  await assertClean();
});

browserTest("a lower bar takes fewer examples", async ({ page, assertClean }) => {
  await ready(page);
  const perfect = async () => Number((await part(page, "perfect-set").innerText()).match(/has ([\d,]+) examples/)[1]);
  assert.equal(await perfect(), 35);
  const first = section(page).locator("tbody tr").first();
  assert.match(await first.innerText(), /91\s%/);
  await type(page, "required_quality", "80%");
  // Sixteen would do by the interval, but fewer than twenty examples decide nothing.
  assert.equal(await perfect(), 20);
  assert.match(await first.innerText(), /81\s%/);
  await assertClean();
});

browserTest("each pilot opens to what it costs, when it is worth it and what follows", async ({ page, assertClean }) => {
  const before = await answer(page);
  await page.locator("#preset").selectOption("consumer-chat");
  await changedAnswer(page, before);
  const pilots = page.locator("details.pilot:visible");
  assert.ok((await pilots.count()) > 0 && (await pilots.count()) <= 3);
  await pilots.first().locator("summary").click();
  await pilots.first().locator("dl").waitFor();
  const text = await pilots.first().innerText();
  assert.match(text, /re-evaluation, \d+\shours: \$/);
  assert.match(text, /From a chance of [\d.]+\s% that it meets the bar: \$.* \/ \(\$.* saved \+ \$/);
  for (const term of ["Known of its chance", "If it passes", "If it fails"]) assert.ok(text.includes(term), term);
  await assertClean();
});

browserTest("a trigger of the plan says what to watch, and trying it changes the answer", async ({ page, assertClean }) => {
  const before = await answer(page);
  const plan = part(page, "plan");
  assert.match(await plan.innerText(), /at most 171 right of 200 examples/);
  const fails = plan.locator('[data-trial="evidence_prompt"]');
  const decided = await verdict(page);
  await fails.click();
  await changedAnswer(page, before);
  assert.notEqual(await verdict(page), decided);
  assert.match(await cell(page, "prompt", "quality"), /fails/);
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
  const lean = part(page, "lean");
  assert.match(await lean.innerText(), /tie within .*: 5\s%/);
  await lean.locator('[data-field="tie_share"]').click();
  await page.waitForFunction(() => document.activeElement.id === "input-tie_share");
  await type(page, "tie_share", "500%");
  assert.match(await error(page, "tie_share").innerText(), /between/);
  await assertClean();
});
