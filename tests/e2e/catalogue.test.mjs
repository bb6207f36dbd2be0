// Own rows of the catalogue, and those of a policy: a price edited, a row added, both kept, shared, chosen and taken
// back.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { browserTest } from "./harness.mjs";
import {
  answer, applyPolicy, cell, changedAnswer, choose, clipboard, copiedLink, decoded, error, field, keeps, notice, openFold, ready, reveal,
  settledAnswer, showAllInputs, type,
} from "./page.mjs";

/** One of the tables, opened. */
async function openTable(page, name) {
  await openFold(page, "sources");
  const place = page.locator("details.catalogue", { has: page.locator("summary", { hasText: new RegExp(`^${name}$`) }) });
  if (!(await place.evaluate((details) => details.open))) await place.locator("summary").click();
  await place.locator("tbody tr").first().waitFor();
  return place;
}

/** The row of a name. */
const rowOf = (place, name) =>
  place.locator("tbody tr", { has: place.page().getByRole("button", { name: `Edit: ${name}`, exact: true }) });

/** Fill cells of the open form and save. */
async function save(place, cells) {
  const form = place.locator(".row-form");
  for (const [column, text] of Object.entries(cells)) {
    const control = form.locator(`[id$="-${column}"]`).first();
    if ((await control.evaluate((one) => one.tagName)) === "SELECT") await control.selectOption(text);
    else await control.fill(text);
  }
  await form.getByRole("button", { name: "Save the row" }).click();
}

async function edit(place, name, cells) {
  await rowOf(place, name).getByRole("button", { name: `Edit: ${name}`, exact: true }).click();
  await save(place, cells);
}

browserTest("a table is saved as CSV with all its rows, its numbers in full", async ({ page, assertClean }) => {
  await ready(page);
  const place = await openTable(page, "GPUs");
  const shown = await place.locator("tbody tr").count();
  const [download] = await Promise.all([page.waitForEvent("download"), place.locator(".save-table").first().click()]);
  assert.equal(download.suggestedFilename(), "gpus.csv");
  const [head, ...rows] = readFileSync(await download.path(), "utf8").trim().split("\r\n");
  assert.match(head, /^\uFEFF?GPU|^\uFEFF?Name/);
  assert.equal(rows.length, shown);
  assert.ok(rows.some((row) => /^H100 SXM,/.test(row)), rows[0]);
  await assertClean();
});

browserTest("an edited price changes the cost, is marked, and survives reload and link", clipboard, async ({ page, open, assertClean }) => {
  await ready(page);
  const before = await answer(page);
  const place = await openTable(page, "Prices of API models");
  await edit(place, "gpt-6.1-sol", { output_usd_per_m: "$25" });
  const after = await changedAnswer(page, before);
  const row = rowOf(place, "gpt-6.1-sol");
  assert.match(await row.innerText(), /yours[\s\S]*25[\s\S]*yours, not checked[\s\S]*entered by you: Output/);
  assert.doesNotMatch(await row.innerText(), /stale/);
  await reveal(page, "api_model");
  assert.match(await field(page, "api_model").locator("option:checked").innerText(), /\$2 \/ \$25 per M · yours/);
  await page.locator('tr[data-strategy="prompt"] button').first().click();
  assert.match(await page.locator("#detail-prompt").innerText(), /\$25\.00 out per million[\s\S]*entered by you/);

  await keeps(page, "output_usd_per_m");
  await page.reload();
  assert.equal(await answer(page), after);

  const link = await copiedLink(page);
  assert.deepEqual(decoded(link).o, [{ like: "gpt-6.1-sol", set: { output_usd_per_m: "25" }, table: "api_models" }]);
  const other = await open({ hash: new URL(link).hash });
  assert.equal(await answer(other.page), after);
  const there = await openTable(other.page, "Prices of API models");
  assert.match(await rowOf(there, "gpt-6.1-sol").innerText(), /yours/);
  await rowOf(there, "gpt-6.1-sol").getByRole("button", { name: /Back to the catalogue/ }).click();
  assert.equal(await changedAnswer(other.page, after), before);
  assert.doesNotMatch(await rowOf(there, "gpt-6.1-sol").innerText(), /yours/);
  await notice(other.page).getByRole("button").first().click();
  assert.equal(await changedAnswer(other.page, before), after);
  await other.assertClean();
  await assertClean();
});

browserTest("a GPU of the user is added, chosen, and missed when it is removed", async ({ page, assertClean }) => {
  await ready(page);
  await showAllInputs(page);
  const place = await openTable(page, "GPUs");
  const before = await answer(page);
  await edit(place, "H100 SXM", { name: "Lab card", usd_hr_neocloud: "0.25" });
  await rowOf(place, "Lab card").waitFor();
  // It is cheap, so auto takes it already.
  await changedAnswer(page, before);
  await choose(page, "serving_gpu", "Lab card");
  assert.match(await field(page, "serving_gpu").locator("option:checked").innerText(), /Lab card .* · yours/);
  await page.locator('tr[data-strategy="open-self"] button').first().click();
  assert.match(await page.locator("#detail-open-self").innerText(), /Lab card[\s\S]*entered by you/);
  // Another field does not take the row away.
  await type(page, "labels", "1234");
  await rowOf(place, "Lab card").waitFor();

  const valid = await settledAnswer(page);
  await rowOf(place, "Lab card").getByRole("button", { name: "Remove: Lab card" }).click();
  await error(page, "serving_gpu").filter({ hasText: "“Lab card” is not in the catalogue" }).waitFor();
  assert.equal(await field(page, "serving_gpu").inputValue(), "Lab card");
  // A card that is no longer there cannot be counted with: until another is chosen, the default is.
  const without = await settledAnswer(page);
  assert.notEqual(without, valid);
  await choose(page, "serving_gpu", "auto");
  await error(page, "serving_gpu").waitFor({ state: "detached" });
  assert.equal(await settledAnswer(page), without);
  await assertClean();
});

browserTest("an API model of a new provider is added from nothing and can be used under contract", async ({ page, assertClean }) => {
  await ready(page);
  await showAllInputs(page);
  const place = await openTable(page, "Prices of API models");
  await place.getByRole("button", { name: "Add a row of your own" }).click();
  await save(place, {});
  assert.match(await place.locator(".row-form [role=alert]").innerText(), /3 fields/);
  await save(place, { model_id: "house-1", provider: "my house", input_usd_per_m: "0.1", output_usd_per_m: "0.2" });
  await rowOf(place, "house-1").waitFor();
  const before = await answer(page);
  await choose(page, "api_model", "house-1");
  await changedAnswer(page, before);
  assert.equal(await page.locator("#input-contracted_providers label", { hasText: "my house" }).count(), 1);
  assert.match(await cell(page, "prompt", "total"), /^\$/);
  await assertClean();
});

browserTest("what cannot be is refused beside its cell, and the keyboard does it all", async ({ page, assertClean }) => {
  await ready(page);
  const before = await answer(page);
  const place = await openTable(page, "GPUs");
  const button = place.getByRole("button", { name: "Edit: L4", exact: true });
  await button.focus();
  await page.keyboard.press("Enter");
  const price = page.locator("#cell-gpus-usd_hr_neocloud");
  await price.focus();
  await price.fill("-1");
  await page.keyboard.press("Enter");
  await page.locator("#cell-gpus-usd_hr_neocloud-error", { hasText: "between 0 and 10,000" }).waitFor();
  assert.equal(await price.getAttribute("aria-invalid"), "true");
  await page.locator("#cell-gpus-mem_bw_gb_s").fill("");
  await page.keyboard.press("Enter");
  assert.equal(await place.locator(".row-form .field.is-wrong").count(), 2);
  assert.equal(await answer(page), before);
  await place.getByRole("button", { name: "Cancel" }).press("Enter");
  await place.locator(".row-form").waitFor({ state: "detached" });
  await page.waitForFunction(() => document.activeElement?.getAttribute("aria-label") === "Edit: L4");
  assert.equal(await answer(page), before);
  await assertClean();
});

browserTest("a policy's price and GPU are paid and marked, the user's rows lie over them, and all goes with the policy", clipboard, async ({ page, open, assertClean }) => {
  const policy = {
    policy: 1,
    name: "Example Bank",
    catalogue: [
      { table: "api_models", like: "gpt-6.1-sol", set: { output_usd_per_m: 25, note: "framework contract" } },
      { table: "gpus", like: "H100 SXM", set: { name: "Bank H100", usd_hr_neocloud: 0.25 } },
    ],
    defaults: { serving_gpu: "Bank H100" },
  };
  await ready(page);
  await showAllInputs(page);
  const before = await answer(page);
  await applyPolicy(page, JSON.stringify(policy));
  const after = await changedAnswer(page, before);
  const inForce = page.locator('[data-testid="policy-in-force"]');
  assert.match(await inForce.innerText(), /2.rows of the catalogue[\s\S]*Bank H100/);
  await inForce.locator("summary", { hasText: "Its rows of the catalogue" }).click();
  await inForce.locator(".policy-rows li").first().waitFor();
  const listed = (await inForce.locator(".policy-rows li").allInnerTexts()).join("\n");
  assert.match(listed, /gpt-6\.1-sol – Prices of API models\. Output, \$ per M: 25 \(framework contract\)/);
  assert.match(listed, /Bank H100 – GPUs, like H100 SXM\. Neocloud, \$ an hour: 0\.25/);

  assert.match(await field(page, "api_model").locator("option:checked").innerText(), /\$2 \/ \$25 per M · policy/);
  assert.match(await field(page, "serving_gpu").locator("option:checked").innerText(), /Bank H100 .* · policy/);
  // Opened, read and closed: the details stand in the table that is compared.
  const detail = async (strategy, words) => {
    const toggle = page.locator(`tr[data-strategy="${strategy}"] button`).first();
    await toggle.click();
    assert.match(await page.locator(`#detail-${strategy}`).innerText(), words);
    await toggle.click();
  };
  await detail("prompt", /\$25\.00 out per million[\s\S]*policy of Example Bank: Output, \$ per M \(framework contract\); the rest: /);
  await detail("open-self", /Bank H100[\s\S]*policy of Example Bank: GPU/);

  const place = await openTable(page, "Prices of API models");
  const row = rowOf(place, "gpt-6.1-sol");
  assert.match(await row.innerText(), /policy[\s\S]*25[\s\S]*the policy’s, not checked[\s\S]*policy of Example Bank/);
  assert.equal(await row.getByRole("button").count(), 1);
  await edit(place, "gpt-6.1-sol", { output_usd_per_m: "30" });
  await changedAnswer(page, after);
  assert.match(await row.innerText(), /yours[\s\S]*30[\s\S]*entered by you: Output, \$ per M; the rest: policy of Example Bank/);
  await row.getByRole("button", { name: "Back to the policy: gpt-6.1-sol" }).click();
  await notice(page).filter({ hasText: "“gpt-6.1-sol” is as in the policy again." }).waitFor();
  assert.equal(await answer(page), after);
  const gpus = await openTable(page, "GPUs");
  await edit(gpus, "Bank H100", { purchase_usd_per_gpu: "9000" });
  await rowOf(gpus, "Bank H100").filter({ hasText: "yours" }).waitFor();

  // The last edit: the page may have kept an earlier one already.
  await keeps(page, "purchase_usd_per_gpu");
  await page.reload();
  assert.equal(await answer(page), after);
  const link = await copiedLink(page);
  assert.deepEqual(decoded(link).p, policy);
  assert.deepEqual(decoded(link).o, [{ like: "Bank H100", set: { purchase_usd_per_gpu: "9000" }, table: "gpus" }]);
  const other = await open({ hash: new URL(link).hash });
  assert.equal(await answer(other.page), after);
  await openFold(other.page, "sources");
  await other.page.getByRole("button", { name: "Remove the policy" }).click();
  await notice(other.page).filter({ hasText: "A row of yours was left out. GPUs, “Bank H100”" }).waitFor();
  assert.equal(await answer(other.page), before);
  const there = await openTable(other.page, "Prices of API models");
  assert.doesNotMatch(await rowOf(there, "gpt-6.1-sol").innerText(), /policy/);
  await notice(other.page).getByRole("button", { name: "Undo" }).click();
  assert.equal(await changedAnswer(other.page, before), after);
  assert.match(await rowOf(there, "gpt-6.1-sol").innerText(), /policy/);
  await other.assertClean();
  await assertClean();
});
