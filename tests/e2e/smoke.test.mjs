// The built site stands: it starts from a sub-path and keeps its own policy.
import assert from "node:assert/strict";
import { browserTest } from "./harness.mjs";

browserTest("the page starts with a heading, and its title says the verdict and whose it is", async ({ page, assertClean }) => {
  const headline = await page.locator("h1").first().innerText();
  assert.match(headline, /\w.*\.$/);
  const example = await page.locator("#preset option:checked").innerText();
  await page.waitForFunction(() => document.title !== "Tunewise");
  const title = (await page.title()).replaceAll("\u00a0", " ");
  assert.ok(title.startsWith(`${headline.slice(0, -1)}, $`), title);
  assert.ok(title.endsWith(`: ${example}. Tunewise`), title);
  await assertClean();
});

browserTest("the manifest and the icon are there", async ({ page, url }) => {
  for (const selector of ['link[rel="manifest"]', 'link[rel="icon"]']) {
    const href = await page.locator(selector).evaluate((link) => link.href);
    assert.ok(href.startsWith(url));
    assert.equal((await page.request.get(href)).status(), 200);
  }
});

browserTest("the policy forbids inline code", async ({ page, assertClean }) => {
  await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "window.inlineRan = true";
    document.body.append(script);
  });
  assert.equal(await page.evaluate(() => window.inlineRan), undefined);
  await assert.rejects(assertClean, /policy: script-src/);
});

browserTest(
  "the chart bundle draws and explains within the policy",
  { reducedMotion: "reduce" },
  async ({ page, assertClean }) => {
    await page.evaluate(async () => {
      const box = document.createElement("div");
      box.id = "chart";
      box.style.height = "300px";
      document.body.prepend(box);
      await new Promise((loaded, failed) => {
        const script = document.createElement("script");
        Object.assign(script, { type: "module", src: "./echarts.js", onload: loaded, onerror: failed });
        document.head.append(script);
      });
      const option = {
        aria: { enabled: true },
        legend: {},
        tooltip: { trigger: "axis" },
        xAxis: { type: "category", data: ["Jan", "Feb", "Mar"] },
        yAxis: {},
        series: [
          { type: "line", name: "<b>Prompting</b>", data: [1, 2, 3], markLine: { data: [{ yAxis: 2 }] } },
          { type: "bar", name: "Tuning", data: [3, 2, 2], markArea: { data: [[{ xAxis: 0 }, { xAxis: 1 }]] } },
          { type: "scatter", name: "Measured", data: [2, 2, 2] },
        ],
      };
      const charts = window.tunewiseCharts;
      const handle = charts.init(box);
      charts.set(handle, JSON.stringify(option));
      charts.resize(handle);
      window.discardChart = () => charts.dispose(handle);
    });
    const chart = page.locator("#chart");
    await chart.hover({ position: { x: 200, y: 150 } });
    // A scenario's name stays text, drawn in the SVG: once in the legend, once in the tooltip.
    await page.waitForFunction(() => document.querySelector("#chart svg").textContent.split("<b>Prompting</b>").length === 3);
    assert.equal(await chart.locator("b").count(), 0);
    assert.match(await chart.getAttribute("aria-label"), /chart/i);
    await page.evaluate(() => window.discardChart());
    await page.evaluate(() => window.discardChart());
    assert.equal(await chart.locator("svg").count(), 0);
    await assertClean();
  },
);
