// The folds, and the way from a figure to where it comes from.
import assert from "node:assert/strict";
import { browserTest } from "./harness.mjs";
import { openFold, ready } from "./page.mjs";

const folds = ["why", "plan", "hardware", "sources"];
const isOpen = (page, id) => page.locator(`details#${id}`).evaluate((one) => one.open);
const opened = (page, id) => page.waitForFunction((id) => document.getElementById(id)?.open, id);

/** Open a strategy in the table of all figures; the two presses that a reader makes. */
async function openStrategy(page, id) {
  await ready(page);
  await page.locator(`tr[data-strategy="${id}"] .row-button`).click();
  return page.locator(`#detail-${id}`);
}

browserTest("each fold says what it would tell, and opens by the contents, by the pointer and by the keyboard", async ({ page, assertClean }) => {
  for (const id of folds) {
    const summary = page.locator(`details#${id} > summary`);
    assert.match((await summary.locator("> span").innerText()).trim(), /^\S+(\s\S+){3,}[^.]$/);
    assert.equal(await page.locator(`details#${id} > .fold-body > *`).count(), 0, "built only when opened");
  }
  await page.locator('nav.contents a[href="#plan"]').click();
  await opened(page, "plan");
  await page.locator('[data-testid="plan"] dt').first().waitFor();
  await page.waitForFunction(() => document.activeElement?.closest("details")?.id === "plan");
  assert.equal(new URL(page.url()).hash, "");
  await page.locator("details#why > summary").focus();
  await page.keyboard.press("Enter");
  await opened(page, "why");
  const step = page.locator(".chain summary").first();
  await step.focus();
  await page.keyboard.press("Enter");
  await page.locator(".chain table").first().waitFor();
  await page.locator("details#why > summary").click();
  assert.equal(await isOpen(page, "why"), false);
  await assertClean();
});

browserTest("from the bill of tokens to its dated source are three presses", async ({ page, assertClean }) => {
  const detail = await openStrategy(page, "prompt");
  const line = detail.locator(".derivation", { hasText: "calls a month" }).first();
  assert.match(await line.innerText(), /litellm \d+\.\d+\.\d+[\s\S]*\d{4}-\d{2}/);
  const link = line.locator('a[href^="https://"]').first();
  assert.match(await link.getAttribute("href"), /^https:\/\/pypi\.org\/project\/litellm\/\d/);
  await line.getByRole("link", { name: "method §4" }).click();
  await opened(page, "method-4");
  assert.match(await page.locator("#method-4").innerText(), /tokens × price/);
  await assertClean();
});

browserTest("from hours to the table of assumptions with their ranges are three presses", async ({ page, assertClean }) => {
  const detail = await openStrategy(page, "prompt");
  const line = detail.locator(".derivation", { hasText: "an hour" }).first();
  await line.getByRole("link", { name: /assumptions of this tool/ }).click();
  await opened(page, "table-efforts");
  const table = page.locator("#table-efforts");
  await table.locator("tbody tr").first().waitFor();
  const row = table.locator("tbody tr", { hasText: "Build: prompts" }).first();
  assert.match(await row.innerText(), /80\s+24\s+160\s+2026-11\s+assumption/);
  await assertClean();
});

browserTest("whatever leads outside asks for nothing before it is followed, and whatever leads within arrives", async ({ page, assertClean }) => {
  await openStrategy(page, "lora");
  for (const id of folds) await openFold(page, id);
  await page.locator("#table-efforts").waitFor();
  // Everything that opens, from the outside in.
  for (let depth = 0; depth < 4; depth += 1) {
    await page.evaluate(() => document.querySelectorAll("main details:not([open]) > summary").forEach((one) => one.click()));
    await page.evaluate(() => new Promise((done) => setTimeout(done, 300)));
  }
  const links = await page.locator("main a").evaluateAll((all) =>
    all.map((link) => ({ href: link.getAttribute("href"), rel: link.rel, target: link.target })),
  );
  const outside = links.filter(({ href }) => !href.startsWith("#"));
  assert.ok(outside.length > 100, `${outside.length} links lead outside`);
  for (const { href, rel, target } of outside) {
    assert.match(href, /^https:\/\//);
    assert.deepEqual([rel, target], ["noopener noreferrer", ""], href);
  }
  const within = [...new Set(links.filter(({ href }) => href.startsWith("#")).map(({ href }) => href.slice(1)))];
  assert.ok(within.includes("table-efforts") && within.includes("source-guide"), within.join(" "));
  for (const id of within) assert.equal(await page.locator(`[id="${id}"]`).count(), 1, id);
  await assertClean();
});

browserTest("an opened strategy says no sentence twice, and what it shares stands once under Why", async ({ page, assertClean }) => {
  const detail = await openStrategy(page, "prompt");
  await detail.getByRole("link", { name: /shares with others/ }).click();
  await opened(page, "why");
  const shared = page.locator('[data-testid="shared-findings"] li');
  await shared.first().waitFor();
  const texts = await shared.locator("summary").allInnerTexts();
  assert.equal(new Set(texts).size, texts.length);
  // A source stands with each figure that rests on it, so that it is one press away; it is no sentence.
  const cited = await detail.locator(".source").allInnerTexts();
  const told = cited.reduce((text, source) => text.replace(source, ""), await detail.innerText());
  const sentences = told.split(/(?<=[.:])\s+|\n+/).map((one) => one.trim()).filter((one) => one.length > 40);
  assert.deepEqual(sentences.filter((one, place) => sentences.indexOf(one) !== place), []);
  await assertClean();
});
