// A model's config.json: dropped, chosen and pasted, understood, used, priced and undone.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { browserTest } from "./harness.mjs";
import { answer, changedAnswer, error, field, openFold, ready, reveal } from "./page.mjs";

const at = (name) => new URL(`../data/configs/${name}.json`, import.meta.url);
const file = (name) => ({ name: "config.json", mimeType: "application/json", buffer: readFileSync(at(name)) });

/** The place where files of a model go in, opened. */
async function openFiles(page) {
  await openFold(page, "sources");
  await page.locator("#table-open-models > summary").click();
  const place = page.locator("details.model-files");
  await place.locator("> summary").click();
  await place.locator("#model-files-text").waitFor();
  return place;
}

browserTest("a config.json is dropped, chosen and priced, and taken back in one step", async ({ page, assertClean }) => {
  await ready(page);
  const before = await answer(page);
  const place = await openFiles(page);
  const dropped = await page.evaluateHandle((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], "config.json", { type: "application/json" }));
    return data;
  }, readFileSync(at("glm-4.7-flash"), "utf8"));
  await place.locator(".drop").dispatchEvent("drop", { dataTransfer: dropped });
  const facts = place.locator("dl");
  await facts.waitFor();
  assert.match(await facts.innerText(), /31\.22 billion[\s\S]*54,144 bytes a token in bf16[\s\S]*47, MLA/);
  assert.match(await place.innerText(), /predict further tokens/);
  // A file without a name: the field says so.
  await place.getByRole("button", { name: "Use this model" }).click();
  assert.equal(await place.locator("#model-files-name-error").innerText(), "Needed.");
  assert.equal(await place.locator("#model-files-name").getAttribute("aria-invalid"), "true");
  await place.locator("#model-files-name").fill("GLM-4.7-Flash");
  await place.getByRole("button", { name: "Use this model" }).click();
  const after = await changedAnswer(page, before);
  await reveal(page, "open_model");
  assert.equal(await field(page, "open_model").inputValue(), "GLM-4.7-Flash");
  assert.equal(await error(page, "open_model").count(), 0);
  await page.keyboard.press("Control+z");
  assert.equal(await changedAnswer(page, after), before);
  await assertClean();
});

browserTest("by keyboard a text is pasted, named and used; what is not understood is said", async ({ page, assertClean }) => {
  await ready(page);
  const before = await answer(page);
  const place = await openFiles(page);
  await place.locator("#model-files-text").focus();
  await page.keyboard.insertText("{");
  assert.match(await place.locator("#model-files-problem").innerText(), /^This is no config\.json/);
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText('{"model_type": "hyena"}');
  await place.locator(".understood").waitFor();
  assert.match(await place.innerText(), /It cannot be used as it is:\s*model_type “hyena” is not known/);
  assert.equal(await place.getByRole("button", { name: "Use this model" }).count(), 0);
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText(readFileSync(at("nemotron-h-8b"), "utf8"));
  await place.locator("#model-files-name").waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.type("Nemotron-H-8B");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await changedAnswer(page, before);
  await reveal(page, "open_model");
  assert.equal(await field(page, "open_model").inputValue(), "Nemotron-H-8B");
  await assertClean();
});

browserTest("a chosen file, one that is too long and a GGUF file that is damaged end with a sentence", async ({ page, assertClean }) => {
  await ready(page);
  const place = await openFiles(page);
  const control = place.locator("#model-files-file");
  const problem = place.locator("#model-files-problem");
  await control.setInputFiles(file("falcon-7b"));
  await place.locator("dl").waitFor();
  assert.match(await place.locator("dl").innerText(), /8,192 bytes a token/);
  await control.setInputFiles({ name: "config.json", mimeType: "application/json", buffer: Buffer.alloc(45 << 20, 32) });
  await problem.filter({ hasText: "at most 1024 KiB" }).waitFor();
  assert.equal(await place.locator("dl").count(), 0);
  await control.setInputFiles({ name: "model.gguf", mimeType: "", buffer: Buffer.from("GGUF\u0003\0\0\0\u0001") });
  await problem.filter({ hasText: "GGUF header cannot be read" }).waitFor();
  await answer(page);
  await assertClean();
});
