// What leaves the page as sheets: costs as a workbook, pictures as SVG and PNG, the record on paper.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { inflateRawSync } from "node:zlib";
import { browserTest } from "./harness.mjs";
import { ready, type, verdict } from "./page.mjs";

const plain = (text) => text.replace(/\s+/g, " ").trim();

/** Open the menu, press a button, and take the file. */
async function handedOut(page, button) {
  const menu = page.locator("details.menu");
  if (!(await menu.evaluate((one) => one.open))) await menu.locator("> summary").click();
  return downloaded(page, page.locator(button));
}

async function downloaded(page, button) {
  const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

/** The files of a ZIP archive by name, as texts; read from its directory at the end. */
function unzipped(bytes) {
  const files = new Map();
  let at = bytes.readUInt32LE(bytes.lastIndexOf(Buffer.from("PK\x05\x06")) + 16);
  while (bytes.readUInt32LE(at) === 0x02014b50) {
    const [size, name, extra, comment] = [20, 28, 30, 32].map((place, index) => (index ? bytes.readUInt16LE(at + place) : bytes.readUInt32LE(at + place)));
    const local = bytes.readUInt32LE(at + 42);
    const data = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const packed = bytes.subarray(data, data + size);
    const text = bytes.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed);
    files.set(bytes.toString("utf8", at + 46, at + 46 + name), text.toString("utf8"));
    at += 46 + name + extra + comment;
  }
  return files;
}

const short = (usd) => (usd >= 999_500 ? `$${+(usd / 1e6).toFixed(usd < 9.95e6 ? 1 : 0)} M` : `$${+(usd / 1e3).toFixed(usd < 9_950 ? 1 : 0)} k`);

browserTest("the workbook's total of the verdict is a formula that comes to the figure of the page", async ({ page, assertClean }) => {
  await ready(page);
  await type(page, "requests_per_month", "210k");
  const lede = plain(await page.locator('[data-testid="lede"]').innerText());
  const { name, bytes } = await handedOut(page, "#workbook");
  assert.equal(name, "costs-your-scenario.xlsx");
  const summary = unzipped(bytes).get("xl/worksheets/sheet1.xml");
  const [, formula, total] = summary.match(/<c r="B10"[^>]*><f>([^<]*)<\/f><v>([^<]*)<\/v>/);
  assert.match(formula, /^'1 .*'!D\d+$/);
  assert.ok(lede.includes(short(Number(total))), `${total} in ${lede}`);
  await assertClean();
});

browserTest("a picture is saved as SVG with its title, and as PNG, from beside its numbers", async ({ page, assertClean }) => {
  await ready(page);
  for (const section of ["#volume", "#money"]) {
    const fold = page.locator(`${section} details.more`).first();
    await fold.scrollIntoViewIfNeeded();
    await fold.locator("> summary").click();
    const title = plain(await page.locator(`${section}-title`).innerText());
    const svg = await downloaded(page, fold.getByRole("button", { name: `Save “${title}” as SVG` }));
    const text = svg.bytes.toString("utf8");
    assert.ok(svg.name.endsWith(".svg") && text.startsWith("<svg "), svg.name);
    assert.ok(plain(text.replace(/<[^>]*>/g, " ").replaceAll("&amp;", "&")).includes(title), title);
    assert.ok(text.includes('fill="#fffefb"'), "on paper of its own");
    const png = await downloaded(page, fold.getByRole("button", { name: `Save “${title}” as PNG` }));
    assert.equal(png.bytes.toString("latin1", 1, 4), "PNG");
    assert.ok(png.bytes.length > 10_000, `${png.bytes.length} bytes`);
  }
  await assertClean();
});

browserTest("the record on paper stands in the place of the page, holds all figures of the file, and gives the page back", async ({ page, assertClean }) => {
  await ready(page);
  await page.evaluate(() => { window.print = () => { window.printed = (window.printed ?? 0) + 1; }; });
  await type(page, "requests_per_month", "210k");
  const said = plain(await verdict(page));
  const { bytes } = await handedOut(page, "#record");
  await page.locator("details.menu > summary").click();
  await page.locator("#record-paper").click();
  const sheet = page.locator(".record-sheet");
  await sheet.waitFor();
  await page.waitForFunction(() => window.printed === 1);
  assert.ok(!(await page.locator("main.page").isVisible()) && !(await page.locator(".masthead").isVisible()));
  const text = plain(await sheet.innerText());
  assert.ok(text.includes(said));
  for (const figure of bytes.toString("utf8").match(/\$[\d.,]+(?:\s[kM])?/g)) assert.ok(text.includes(plain(figure)), figure);
  for (const heading of ["Cost", "Assumptions", "Evidence", "Signatures"]) await sheet.getByRole("heading", { name: heading, exact: true }).waitFor();
  await page.keyboard.press("Escape");
  await sheet.waitFor({ state: "detached" });
  assert.ok(await page.locator("main.page").isVisible());
  await page.waitForFunction(() => scrollY === 0 && document.activeElement?.matches("details.menu > summary"));
  assert.equal(plain(await verdict(page)), said);
  await assertClean();
});
