// Before the program runs: the shell says the answer of the default scenario, gives way without a jump, and says
// plainly what is wrong where the program does not come.
import assert from "node:assert/strict";
import { hasStarted, testsOf } from "./harness.mjs";
import { answer, changedAnswer, choose, encoded, keeps, ready, settledAnswer, verdict } from "./page.mjs";

// With scroll bars: one that comes with the program would move the whole page.
const shellTest = testsOf({ scrollbars: true });

/** Addresses whose path ends so; the start script names the program's files in its query. */
const named = (end) => (url) => url.pathname.endsWith(end);
const WASM = named(".wasm");
const BOOT = named("/boot.js");

const shellHeadline = (page) => page.locator("#shell h1");
const shellLede = (page) => page.locator("#shell .lede");
/** What is wrong, of all that the shell could say. */
const trouble = (page) => page.locator("#shell .trouble:visible");

/** Wait until the page has been painted, not only parsed. */
const painted = (page) =>
  page.waitForFunction(() => performance.getEntriesByName("first-contentful-paint").length > 0);

const gates = new WeakMap();
/** Keep the program back. */
async function holdProgram(page) {
  const gate = new Promise((open) => gates.set(page, open));
  await page.route(WASM, async (route) => {
    await gate;
    await route.continue();
  });
}
/** Let it through, and wait until it runs. */
async function letProgram(page) {
  gates.get(page)();
  await hasStarted(page);
}

/** Record every headline that can be seen in any frame. */
const watchHeadlines = (page) =>
  page.addInitScript(() => {
    window.headlinesSeen = [];
    const look = () => {
      for (const one of document.querySelectorAll("h1")) {
        const isSeen = one.checkVisibility({ visibilityProperty: true });
        if (isSeen && !window.headlinesSeen.includes(one.innerText)) window.headlinesSeen.push(one.innerText);
      }
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
const headlinesSeen = (page) => page.evaluate(() => window.headlinesSeen);

const fulfilled = (which, response) => (page) => page.route(which, (route) => route.fulfill(response));
const aborted = (which) => (page) => page.route(which, (route) => route.abort());

/** An answer stands, and `message` is all that is said beside it. */
async function assertSays(page, message) {
  await trouble(page).filter({ hasText: message }).waitFor();
  assert.equal(await trouble(page).count(), 1);
  assert.ok(await shellHeadline(page).isVisible());
  assert.match(await shellHeadline(page).innerText(), /\w{3,}.*\.$/);
  assert.ok(await shellLede(page).isVisible());
  assert.match(await shellLede(page).innerText(), /\$\d.*\.$/);
}

const cannotStart = {
  "whose WebAssembly is missing": fulfilled(WASM, { status: 404 }),
  "whose WebAssembly does not arrive": aborted(WASM),
  "whose WebAssembly is something else": fulfilled(WASM, { contentType: "text/html", body: "<p>Not found</p>" }),
  "whose script is missing": fulfilled((url) => /tunewise-\w+\.js$/.test(url.pathname), { status: 404 }),
  "in a browser without WebAssembly": (page) => page.addInitScript(() => delete window.WebAssembly),
};

for (const [kind, before] of Object.entries(cannotStart)) {
  shellTest(`a program ${kind} says that it could not start`, { started: false, before }, async ({ page }) => {
    await page.getByRole("alert").filter({ hasText: "could not start" }).waitFor();
    await assertSays(page, /could not start/);
  });
}

const doesNotCome = {
  "no script at all is let through": { before: aborted(named(".js")) },
  "the script that starts the program is missing": { before: fulfilled(BOOT, { status: 404 }) },
  "the script that starts the program is served as a page": {
    before: fulfilled(BOOT, { contentType: "text/html", body: "<p>Not found</p>" }),
  },
  "the page is opened from its folder": { fromFolder: true },
};

for (const [kind, options] of Object.entries(doesNotCome)) {
  shellTest(`where ${kind}, the page says so`, { started: false, ...options }, async ({ page }) => {
    // By style alone, since no script of the page runs; so its delay can be read.
    const delays = () => getComputedStyle(document.querySelector("#shell .late")).animationDelay;
    await painted(page);
    assert.equal(await page.evaluate(delays), "5s");
    await assertSays(page, /did not arrive.*put it on a web server/);
  });
}

shellTest(
  "without JavaScript the page says what it needs, and nothing else",
  { javaScriptEnabled: false, started: false },
  async ({ page }) => {
    await page.waitForLoadState("load");
    await assertSays(page, /needs JavaScript and WebAssembly/);
    // What would appear later is not there at all.
    assert.equal(await page.locator("#shell .late").evaluate((one) => getComputedStyle(one).display), "none");
  },
);

/** Keep the program back and watch what is said meanwhile. */
const watched = async (page) => {
  await watchHeadlines(page);
  await holdProgram(page);
};

shellTest("a program that comes late takes the message away", { started: false, before: watched }, async ({ page, assertClean }) => {
  await painted(page);
  await assertSays(page, /longer than it should/);
  await letProgram(page);
  await ready(page);
  assert.equal(await page.locator(".trouble").count(), 0);
  // The same words before and after.
  assert.deepEqual(await headlinesSeen(page), [await verdict(page)]);
  await assertClean();
});

shellTest(
  "a kept scenario and a link show their own answer and no other, however late the program comes",
  { before: watchHeadlines },
  async ({ page, open, assertClean }) => {
    const standard = await answer(page);
    const standardHeadline = await verdict(page);
    await choose(page, "data_boundary", "own-premises");
    await changedAnswer(page, standard);
    const mine = await settledAnswer(page);
    const headline = await verdict(page);
    assert.notEqual(headline, standardHeadline);
    await keeps(page, "own-premises");
    const scenario = { f: 1, r: 1, c: 1, m: 1, n: "", a: { data_boundary: "own-premises" }, h: null };

    /** The shell stands without its answer; then the program comes. */
    const assertAwaits = async (one) => {
      await painted(one);
      assert.ok(await one.locator("#shell .masthead").isVisible());
      assert.ok(!(await shellHeadline(one).isVisible()));
      assert.ok(!(await shellLede(one).isVisible()));
      await letProgram(one);
      assert.equal(await settledAnswer(one), mine);
      assert.deepEqual(await headlinesSeen(one), [headline]);
    };
    await holdProgram(page);
    await page.reload({ waitUntil: "commit" });
    await assertAwaits(page);
    await assertClean();

    const linked = await open({ started: false, hash: `#s=${encoded(scenario)}`, before: watched });
    await assertAwaits(linked.page);
    await linked.assertClean();
  },
);

/** Where the shell's things stand and what its answer says, or those of the page that take their place. */
const PLACES = [
  ".masthead", ".masthead .name", ".masthead .what > select", ".masthead .tools button", ".verdict h1", ".verdict .lede",
  ".verdict .lede > *",
];
const places = (page, root) =>
  page.evaluate(
    ([root, places]) => {
      // What was opened may have scrolled the page.
      scrollTo(0, 0);
      return places.flatMap((place) =>
        [...document.querySelectorAll(`${root} ${place}`)].map((one) => {
          const { x, y, width, height } = one.getBoundingClientRect();
          const text = place.startsWith(".verdict") ? one.innerText : "";
          return [place, ...[x, y, width, height].map((length) => length.toFixed(1)), text].join(" ");
        }),
      );
    },
    [root, PLACES],
  );

/** Record what moves by itself. */
const watchShifts = (page) =>
  page.addInitScript(() => {
    window.shifts = [];
    const note = ({ value, sources }) =>
      window.shifts.push(`${value} by ${sources.map(({ node }) => node?.className || node?.nodeName).join()}`);
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type: "layout-shift", buffered: true });
  });

for (const [width, height] of [[1280, 800], [768, 1024], [360, 740]]) {
  const before = async (page) => {
    await watchShifts(page);
    await holdProgram(page);
  };
  shellTest(
    `the page takes the shell's place without a jump, ${width} pixels wide`,
    { viewport: { width, height }, started: false, before },
    async ({ page, assertClean }) => {
      await painted(page);
      const shell = await places(page, "#shell");
      assert.ok(shell.length > PLACES.length, shell.join("\n"));
      await letProgram(page);
      // Nothing is opened here, as that would move what stands below.
      await page.locator("#shell").waitFor({ state: "detached" });
      await page.locator("#sources").waitFor({ state: "attached" });
      assert.deepEqual(await places(page, "body"), shell);
      assert.deepEqual(await page.evaluate(() => window.shifts), []);
      await assertClean();
    },
  );
}
