// A provider's usage export: chosen, dropped and pasted, read without holding the page up, and taken over.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { browserTest } from "./harness.mjs";
import { field, notice, ready, reveal } from "./page.mjs";

const head = "start_time_iso,model,input_tokens,input_cached_tokens,output_tokens,num_model_requests";
const day = (index) => `2026-10-${String((index % 31) + 1).padStart(2, "0")}T00:00:00Z`;

/** A file in a folder of its own, for as long as `use` takes. */
async function withFile(name, content, use) {
  const folder = await mkdtemp(join(tmpdir(), "usage-"));
  try {
    const path = join(folder, name);
    await writeFile(path, content);
    await use(path);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function opened(page) {
  await ready(page);
  await page.locator("#usage > summary").click();
  await page.locator("#usage-file").waitFor();
}

const said = (page) => page.locator('[data-testid="usage-said"]');
const use = (page) => page.getByRole("button", { name: "Use these figures" });

browserTest("an export of 100,000 rows is read while the page answers, and taken over in one step", async ({ page, assertClean }) => {
  await opened(page);
  const rows = Array.from({ length: 100_000 }, (_, index) => `${day(index)},gpt-4.1-2025-04-14,1000,400,50,2`);
  await withFile("usage.csv", [head, ...rows].join("\n"), async (path) => {
    await page.evaluate(() => {
      window.turns = 0;
      window.told = new Set();
      const turn = () => {
        window.turns += 1;
        window.told.add(document.querySelector("#usage-status").textContent);
        if (!window.told.has("done")) setTimeout(turn);
      };
      turn();
    });
    await page.locator("#usage-file").setInputFiles(path);
    await said(page).waitFor();
    const { turns, told } = await page.evaluate(() => {
      const told = [...window.told];
      window.told.add("done");
      return { turns: window.turns, told };
    });
    const between = told.filter((text) => /^Reading: [\d,]+\s?rows? so far/.test(text.replace(/\u00a0/g, " ")));
    assert.ok(turns > 5 && between.length > 1, `the page had ${turns} turns and said ${told.join(" | ")}`);
  });
  assert.match(await page.locator("#usage-status").innerText(), /^100,000\srows read\.$/);
  // 200,000 calls; (60 M · 2 + 40 M · 0.5 + 5 M · 8) per million.
  assert.match(await said(page).innerText(), /gpt-4\.1-2025-04-14 = gpt-4\.1[\s\S]*200,000[\s\S]*\$180/);
  assert.match(await page.locator("#usage-engine").innerText(), /\$180\.00 by the engine[\s\S]*\$180\.00 at list prices/);
  await use(page).click();
  await reveal(page, "api_model");
  assert.equal(await field(page, "api_model").inputValue(), "gpt-4.1");
  assert.match(await field(page, "requests_per_month").inputValue(), /^200[,.]?0*\s?k?/);
  await notice(page).getByRole("button", { name: "Undo" }).click();
  await reveal(page, "api_model");
  assert.notEqual(await field(page, "api_model").inputValue(), "gpt-4.1");
  await assertClean();
});

browserTest("pasted rows of a console that counts no calls ask for them, by keyboard alone", async ({ page, assertClean }) => {
  await opened(page);
  const columns = "usage_date_utc,model_version,usage_type,usage_input_tokens_no_cache,usage_input_tokens_cache_write_5m," +
    "usage_input_tokens_cache_write_1h,usage_input_tokens_cache_read,usage_output_tokens";
  await page.locator("#usage-text").focus();
  await page.keyboard.insertText(`${columns}\n2026-11-03,claude-haiku-4-5-20251001,standard,1124832,0,0,0,254558\n`);
  await page.keyboard.press("Tab");
  await said(page).waitFor();
  assert.match(await said(page).innerText(), /\$2\.40 at the list prices/);
  assert.equal(await use(page).isDisabled(), true);
  await page.locator("#usage-requests").focus();
  await page.keyboard.type("1000");
  await page.locator("#usage-engine", { hasText: /by the engine/ }).waitFor();
  assert.match(await page.locator("#usage-engine").innerText(), /\$2\.40 by the engine[\s\S]*\$2\.40 at list prices/);
  await page.keyboard.press("Tab");
  assert.equal(await use(page).evaluate((button) => button === document.activeElement), true);
  await page.keyboard.press("Enter");
  await notice(page).getByText("is taken over").waitFor();
  await assertClean();
});

browserTest("a dropped file with unknown columns asks what they hold", async ({ page, assertClean }) => {
  await opened(page);
  const transfer = await page.evaluateHandle(() => {
    const data = new DataTransfer();
    data.items.add(new File(["Modell;Eingabe;Ausgabe\ngpt-4.1;1000000;100000\n"], "u.csv"));
    return data;
  });
  await page.locator(".usage .drop").dispatchEvent("drop", { dataTransfer: transfer });
  const form = page.getByRole("group", { name: "Which column holds what?" });
  await form.getByLabel("Model", { exact: true }).selectOption({ label: "Modell" });
  await form.getByLabel("Input tokens, cached ones included").selectOption({ label: "Eingabe" });
  await form.getByLabel("Output tokens", { exact: true }).selectOption({ label: "Ausgabe" });
  await form.getByRole("button").click();
  await said(page).waitFor();
  assert.match(await said(page).innerText(), /\$2\.80 at the list prices/);
  await assertClean();
});

browserTest("a hostile file gives a message and leaves the page live", async ({ page, assertClean }) => {
  await opened(page);
  const error = page.locator("#usage-error");
  const files = [
    [Buffer.alloc(50 << 20), /not a text/],
    [Buffer.alloc(50 << 20, "x"), /longer than any row/],
    [Buffer.alloc(50 << 20, ","), /longer than any row|more than 256 columns/],
    [Buffer.alloc(70 << 20, "x\n"), /larger than 64 MB/],
    [Buffer.from("model,input_tokens,output_tokens\nm,NaN,1\n"), /a count is not a number/],
    [Buffer.from([0xff, 0xfe, 0x61, 0x0a]), /not a text/],
  ];
  for (const [content, message] of files) {
    await withFile("bad.csv", content, async (path) => {
      await page.locator("#usage-file").setInputFiles(path);
      await page.locator("#usage-error", { hasText: message }).waitFor();
    });
    assert.match(await error.innerText(), message);
  }
  await field(page, "requests_per_month").fill("20000");
  await assertClean();
});
