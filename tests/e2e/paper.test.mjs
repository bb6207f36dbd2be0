// A sheet of paper: what is printed stands for itself, light, with what is folded open and what is only for the screen gone.
import assert from "node:assert/strict";
import { browserTest } from "./harness.mjs";
import { decoded, ready, type, verdict } from "./page.mjs";

/** Wait for all parts, and print the page to its own document as a browser does. */
async function onPaper(page) {
  await page.emulateMedia({ media: "print" });
  await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  await page.locator(".signatures").waitFor();
}

/** Back to the screen. */
async function onScreen(page) {
  await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
  await page.emulateMedia({ media: "screen" });
  await page.locator(".signatures").waitFor({ state: "detached" });
}

/** The number of pages of a PDF and their sizes in points. */
function sheets(pdf) {
  const text = pdf.toString("latin1");
  const boxes = [...text.matchAll(/\/MediaBox\s*\[\s*([\d.]+)\s+([\d.]+)\s+([\d.]+)\s+([\d.]+)\s*\]/g)];
  return {
    count: [...text.matchAll(/\/Type\s*\/Page\b(?!s)/g)].length,
    sizes: boxes.map(([, left, bottom, right, top]) => [right - left, top - bottom].map(Math.round).join(" × ")),
  };
}

const isSeen = (page, selector) => page.locator(selector).first().isVisible();

browserTest("paper says the verdict, what was entered, costs by year, reasons, plan, and the link to open it again", async ({ page, assertClean }) => {
  await ready(page);
  await type(page, "requests_per_month", "210k");
  await type(page, "evidence_prompt", "190/200");
  await page.waitForFunction(() => document.querySelector('[data-testid="lede"]').innerText.length > 0);
  assert.equal(await page.locator(".paper-head, .entered, .by-year, .signatures").count(), 0, "built only for paper");
  const said = await verdict(page);
  await onPaper(page);

  const head = await page.locator(".paper-head").innerText();
  assert.match(head, /2\d{3}/, "a date");
  assert.match(head, /inputs version \d+, catalogue version \d+, method version \d+/);
  const link = await page.locator(".paper-link").innerText();
  const { a: answers } = decoded(link);
  assert.deepEqual(Object.keys(answers).sort(), ["evidence_prompt", "requests_per_month"]);

  assert.ok(await isSeen(page, "h1"));
  assert.equal(await page.locator("h1").innerText(), said);
  const entered = await page.locator(".entered").innerText();
  assert.match(entered, /What differs from the default answers/);
  assert.match(entered, /210,000/);
  assert.match(entered, /190\s*(of|\/)\s*200/);
  assert.equal(await page.locator(".entered dt").count(), 2);

  const years = page.locator(".by-year");
  assert.ok(await years.isVisible());
  assert.ok((await years.locator("tbody tr").count()) >= 3);
  assert.match(await years.innerText(), /\$/);
  for (const id of ["why", "plan"]) {
    assert.ok(await page.locator(`#${id}`).evaluate((one) => one.open), id);
    assert.ok(await isSeen(page, `#${id} .fold-body`), id);
  }
  // Every step of the chain says what it found, though it lies folded.
  const steps = page.locator('[data-testid="trace"] > li');
  assert.ok((await steps.count()) >= 4);
  for (const step of await steps.all()) {
    const line = step.locator("summary").first();
    assert.ok((await line.isVisible()) && /\w.*\.$/.test(await line.innerText()), await step.textContent());
  }
  assert.ok((await page.locator('[data-testid="plan"]').innerText()).length > 100);
  assert.match(await page.locator(".signatures").innerText(), /Decided by\s+Date\s+Look again on/);
  // All figures lie open behind the picture.
  assert.equal(await page.locator("tr[data-strategy]:visible").count(), 12);

  // Back on the screen nothing of it is left, and what was folded is folded again.
  await onScreen(page);
  assert.equal(await page.locator(".paper-head, .entered, .by-year, .signatures").count(), 0);
  for (const id of ["why", "plan"]) assert.ok(!(await page.locator(`#${id}`).evaluate((one) => one.open)), id);
  await assertClean();
});

browserTest("where nothing was changed, paper says so and lists the main answers", async ({ page, assertClean }) => {
  await ready(page);
  await onPaper(page);
  const entered = page.locator(".entered");
  assert.match(await entered.innerText(), /Nothing was changed\. The main default answers:/);
  const [terms, values] = [await entered.locator("dt").allInnerTexts(), await entered.locator("dd").allInnerTexts()];
  assert.ok(terms.length >= 4 && terms.length === values.length, `${terms.length} inputs`);
  assert.match(await entered.innerText(), /150,000/);
  await assertClean();
});

browserTest("paper has no controls, and is light also where the screen is dark", { colorScheme: "dark" }, async ({ page, assertClean }) => {
  await ready(page);
  const paint = () => page.evaluate(() => {
    const { backgroundColor, color } = getComputedStyle(document.body);
    const html = getComputedStyle(document.documentElement).backgroundColor;
    const [background] = [backgroundColor, html].filter((one) => one !== "rgba(0, 0, 0, 0)");
    const light = (text) => text.match(/[\d.]+/g).slice(0, 3).reduce((sum, one) => sum + Number(one), 0) / 3;
    return { background: background ? light(background) : 255, ink: light(color) };
  });
  const screen = await paint();
  assert.ok(screen.background < 60 && screen.ink > 180, JSON.stringify(screen));
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  await page.locator(".signatures").waitFor();
  const paper = await paint();
  assert.ok(paper.background > 250 && paper.ink < 60, JSON.stringify(paper));
  assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme), "light");

  for (const gone of [".masthead", "#inputs", ".notices", ".contents", ".way-in", ".skip"]) {
    assert.equal(await page.locator(`${gone}:visible`).count(), 0, gone);
  }
  const controls = await page.locator("input, select, textarea, button, summary").evaluateAll((all) =>
    all
      .filter((one) => one.checkVisibility({ visibilityProperty: true }) && one.getBoundingClientRect().width > 1)
      // What is a sentence itself: a row of a picture or table, a step of the path or the chain, the line of a fold, and
      // the price at which to look again.
      .filter((one) => !one.matches("[data-dot], .row-button, [data-state], details[open] > summary, .chain summary, .crossing summary, .prices .flip"))
      .map((one) => `${one.tagName} ${one.className} ${one.textContent.slice(0, 40)}`),
  );
  assert.deepEqual(controls, []);
  await assertClean();
});

for (const [name, options] of [["a wide screen", { viewport: { width: 1280, height: 800 } }], ["a phone", { viewport: { width: 360, height: 740 } }]]) {
  browserTest(`printed from ${name}, it is a document of three to six A4 pages`, options, async ({ page, assertClean }) => {
    await ready(page);
    await page.emulateMedia({ media: "print" });
    const { count, sizes } = sheets(await page.pdf({ preferCSSPageSize: true, printBackground: true }));
    assert.ok(count >= 3 && count <= 6, `${count} pages`);
    for (const size of sizes) assert.match(size, /^59[456] × 84[123]$/, "A4");
    await assertClean();
  });
}
