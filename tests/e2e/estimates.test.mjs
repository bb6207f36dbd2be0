// How good the estimates are: every published measurement beside its prediction, drawn, listed, searched.
import assert from "node:assert/strict";
import { browserTest } from "./harness.mjs";
import { openFold, ready } from "./page.mjs";

const figure = (page) => page.locator('figure[data-chart="measured"]');
const rows = (page) => figure(page).locator("tbody tr");
const ROWS = 188;

/** Open the part of the page. */
async function openEstimates(page) {
  await ready(page);
  assert.equal(await figure(page).count(), 0, "nothing is predicted before it is asked for");
  await goToFigure(page);
  await figure(page).locator("svg path").first().waitFor({ state: "attached" });
}

/** Unfold the figure and come near it: it stands below two tables, and is drawn when it is reached. */
async function goToFigure(page) {
  await openFold(page, "sources");
  await page.locator("summary", { hasText: "How good the estimates" }).click();
  await figure(page).scrollIntoViewIfNeeded();
}

/** Open the rows. */
async function openRows(page) {
  await figure(page).locator("summary").click();
  await rows(page).first().waitFor();
}

/** Paths of the size of a mark, by colour and shape. */
const marks = (page) =>
  figure(page)
    .locator("svg path")
    .evaluateAll((paths) => {
      const kinds = new Map();
      const inPlot = (box) => box.width > 4 && box.width < 14 && box.height > 4 && box.height < 14;
      for (const path of paths) {
        if (!inPlot(path.getBoundingClientRect())) continue;
        // Marks of a kind are one shape moved about.
        const kind = `${path.getAttribute("fill")} ${path.getAttribute("d")}`;
        kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      }
      return [...kinds.values()];
    });

browserTest("every measurement is drawn, each kind in a colour and shape of its own", async ({ page, assertClean }) => {
  await openEstimates(page);
  const kinds = await marks(page);
  // The legend shows each kind once more, in a path of its own.
  const drawn = kinds.filter((count) => count > 1);
  assert.deepEqual([drawn.length, kinds.length], [8, 16], `${kinds}`);
  assert.equal(drawn.reduce((a, b) => a + b), ROWS, `${kinds}`);
  const title = await figure(page).locator("h3").innerText();
  assert.match(title, /^(All|\d+ of) 188 estimates are within a factor of two/);
  await assertClean();
});

browserTest("the rows are those of the validation, searched and ordered", async ({ page, assertClean }) => {
  await openEstimates(page);
  await openRows(page);
  assert.equal(await rows(page).count(), ROWS);
  const search = figure(page).locator("input[type=search]");
  await search.fill("V181");
  assert.equal(await rows(page).count(), 1);
  assert.match(await rows(page).innerText(), /25\.2\s+48\.4\s+0\.521\s+minutes/);
  await search.fill("mlperf");
  const some = await rows(page).count();
  assert.ok(some > 0 && some < ROWS, `${some}`);
  await search.fill("");
  const ratios = async () => (await rows(page).locator("td:nth-child(5)").allInnerTexts()).map(Number);
  await figure(page).locator("thead button", { hasText: "Ratio" }).click();
  const up = await ratios();
  assert.deepEqual(up, [...up].sort((a, b) => a - b));
  assert.ok(up[0] < 0.6 && up.at(-1) > 1.5);
  await assertClean();
});

browserTest("one kind is shown by itself, on axes of its own", async ({ page, assertClean }) => {
  await openEstimates(page);
  await openRows(page);
  const before = await figure(page).locator("svg").innerHTML();
  await page.getByLabel("Estimates shown").selectOption("infer_memory");
  await page.waitForFunction(
    (before) => document.querySelector('figure[data-chart="measured"] svg').innerHTML !== before,
    before,
  );
  assert.equal(await rows(page).count(), 4);
  assert.match(await figure(page).locator("h3").innerText(), /4 estimates of inference memory/);
  assert.deepEqual(await marks(page), [4]);
  await assertClean();
});

browserTest("a mark says what it is", async ({ page, assertClean }) => {
  await openEstimates(page);
  await page.getByLabel("Estimates shown").selectOption("infer_memory");
  await figure(page).locator("h3", { hasText: "inference memory" }).waitFor();
  await figure(page).locator(".chart").scrollIntoViewIfNeeded();
  // Four marks are drawn, where all of them were.
  const four = await page.waitForFunction(() => {
    const paths = [...document.querySelectorAll('figure[data-chart="measured"] svg path')];
    const boxes = paths
      .map((path) => path.getBoundingClientRect())
      .filter((box) => box.width > 4 && box.width < 14 && box.height > 4 && box.height < 14)
      .map((box) => [box.x + box.width / 2, box.y + box.height / 2]);
    return boxes.length === 4 && boxes;
  });
  await page.mouse.move(...(await four.jsonValue())[0]);
  await figure(page).locator("svg text", { hasText: "predicted" }).nth(1).waitFor({ state: "attached" });
  const said = await figure(page).locator("svg text").allTextContents();
  assert.ok(said.some((text) => /^ratio \d\.\d{3}$/.test(text.trim())), said.join("|"));
  await assertClean();
});

browserTest(
  "without the chart bundle the rows stand openly",
  { before: (page) => page.route(/echarts\.js$/, (route) => route.abort()) },
  async ({ page }) => {
    await ready(page);
    await goToFigure(page);
    await figure(page).locator(".chart-problem").waitFor();
    await rows(page).first().waitFor();
    assert.equal(await rows(page).count(), ROWS);
  },
);
