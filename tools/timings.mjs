// How long the page takes after an edit, in Chromium: `make timings [SITE=dist]`. Nothing else should be running.
import { chromium } from "playwright-core";
import { hasStarted } from "../tests/e2e/harness.mjs";
import { serve } from "../tests/e2e/server.mjs";

const [site = "dist"] = process.argv.slice(2);
const EDITS = 50;
const SEARCHES = 9;
const CATEGORIES = ["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline"];

const server = await serve(site);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});
const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, reducedMotion: "reduce" });
await page.goto(server.url);
const searched = () => page.locator('[data-testid="flips"][aria-busy="false"]').waitFor();
await hasStarted(page);
await searched();

const sorted = (numbers) => numbers.toSorted((a, b) => a - b);
const quantile = (numbers, share) => sorted(numbers)[Math.min(numbers.length - 1, Math.floor(numbers.length * share))];
const ms = (number) => `${number.toFixed(1)} ms`;

/** Milliseconds of work from an edit until the last change of verdict and picture that the same task makes. */
const edit = (requests) =>
  page.evaluate(async (requests) => {
    const field = document.querySelector("#input-requests_per_month");
    const picture = document.querySelector('[data-testid="twelve"]');
    const before = picture.textContent;
    let changed = 0;
    const watch = new MutationObserver(() => (changed = performance.now()));
    for (const part of [picture, document.querySelector("#verdict")]) {
      watch.observe(part, { subtree: true, childList: true, characterData: true, attributes: true });
    }
    const over = new MessageChannel();
    const ended = new Promise((done) => (over.port1.onmessage = () => (watch.disconnect(), done())));
    field.value = requests;
    const begun = performance.now();
    field.dispatchEvent(new Event("input", { bubbles: true }));
    over.port2.postMessage(null);
    await ended;
    if (picture.textContent === before) throw new Error("the picture did not change with the edit");
    return changed - begun;
  }, String(requests));

/** Milliseconds from an edit until the nearest flips are shown, and until all are. */
const search = (requests) =>
  page.evaluate(async (requests) => {
    const status = document.querySelector('[data-testid="flips"] .searching');
    const field = document.querySelector("#input-requests_per_month");
    const says = (words) =>
      new Promise((done) => {
        const look = () => status.textContent.startsWith(words) && done(performance.now());
        new MutationObserver(look).observe(status, { childList: true, characterData: true, subtree: true });
      });
    const [nearest, all] = [says("Nearest so far"), says("Each input alone")];
    const begun = performance.now();
    field.value = requests;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    return [(await nearest) - begun, (await all) - begun];
  }, String(requests));

/** The tasks of the page's main thread while something is done, milliseconds each. */
async function tasks(doing) {
  const session = await page.context().newCDPSession(page);
  const events = [];
  session.on("Tracing.dataCollected", ({ value }) => events.push(...value));
  await session.send("Tracing.start", { transferMode: "ReportEvents", traceConfig: { includedCategories: CATEGORIES } });
  await doing();
  const ended = new Promise((done) => session.once("Tracing.tracingComplete", done));
  await session.send("Tracing.end");
  await ended;
  const main = events.filter((event) => event.name === "thread_name" && event.args.name === "CrRendererMain");
  const isMain = (event) => main.some(({ pid, tid }) => pid === event.pid && tid === event.tid);
  const isTask = ({ name, dur }) => dur && (name === "RunTask" || name === "ThreadControllerImpl::RunTask");
  return events.filter((event) => isTask(event) && isMain(event)).map((event) => event.dur / 1000);
}

const edits = [];
for (let count = 0; count < EDITS; count += 1) {
  edits.push(await edit(20_000 + 7_000 * count));
  // Its own work, not what is left of the search for the edit before.
  await page.waitForTimeout(100);
  await searched();
  await page.waitForTimeout(100);
}
const searches = [];
for (let count = 0; count < SEARCHES; count += 1) {
  searches.push(await search(30_000 + 11_000 * count));
  await page.waitForTimeout(300);
}
const sliced = await tasks(() => search(145_000));
await searched();
const typing = await tasks(async () => {
  await page.locator("#input-requests_per_month").fill("");
  await page.locator("#input-requests_per_month").pressSequentially("1234567", { delay: 120 });
  await page.locator("#input-labels").fill("");
  await page.locator("#input-labels").pressSequentially("2500", { delay: 120 });
  await searched();
});

console.log(`edit to updated verdict and picture: median ${ms(quantile(edits, 0.5))}, p95 ${ms(quantile(edits, 0.95))} of ${EDITS} edits`);
for (const [place, name] of ["nearest flips", "all flips"].entries()) {
  const times = searches.map((search) => search[place]);
  console.log(`${name} after: median ${ms(quantile(times, 0.5))}, from ${ms(Math.min(...times))} to ${ms(Math.max(...times))}`);
}
const longest = (tasks, count) => sorted(tasks).slice(-count).reverse().map(ms).join(", ");
console.log(`longest tasks of one search: ${longest(sliced, 5)}; all its tasks ${ms(sliced.reduce((a, b) => a + b, 0))}`);
console.log(`longest tasks while typing: ${longest(typing, 5)}`);
await browser.close();
await server.close();
