// The browser tests' ground: the built site served from a sub-path, one Chromium, and a record of
// everything that must not happen on the page.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { serve } from "./server.mjs";

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

// Bounds against hanging for ever, in milliseconds; no test passes or fails by how fast the machine is.
const WAIT_LIMIT = 120_000;
const TEST_LIMIT = 600_000;

/**
 * Serve a built site and start Chromium. `open` gives a fresh context and page each time.
 * `scrollbars`: with bars that take room, as most desktops have them.
 */
export async function startSite({ site = "dist", scrollbars = false } = {}) {
  const server = await serve(site);
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: flags,
    timeout: WAIT_LIMIT,
    ignoreDefaultArgs: scrollbars ? ["--hide-scrollbars"] : [],
  });

  /**
   * @param {object} options Playwright's context options, and
   *   `before(page)`: called before the page is loaded;
   *   `fromFolder: true`: open the page as a file, without the server;
   *   `hash`: what follows the page's address, "#…" or "?…";
   *   `started: false`: return as soon as the page's text begins to arrive.
   */
  async function open({ before, fromFolder = false, hash = "", started = true, ...contextOptions } = {}) {
    const context = await browser.newContext({ locale: "en-US", ...contextOptions });
    context.setDefaultTimeout(WAIT_LIMIT);
    const page = await context.newPage();
    const assertClean = await watch(page, server.url);
    await before?.(page);
    const address = fromFolder ? pathToFileURL(join(server.folder, "index.html")).href : server.url;
    await page.goto(address + hash, { waitUntil: started ? "load" : "commit" });
    if (started) await hasStarted(page);
    return { page, context, assertClean, url: server.url };
  }

  const close = async () => {
    await browser.close();
    await server.close();
  };
  return { url: server.url, open, close };
}

/** Wait until the program runs and all parts of the page stand. */
export async function hasStarted(page) {
  await page.locator("#shell").waitFor({ state: "detached" });
  await page.locator("#sources").waitFor({ state: "attached" });
}

/** Record trouble on `page`; the returned function fails if there was any. */
async function watch(page, home) {
  const trouble = [];
  page.on("pageerror", (error) => trouble.push(`uncaught: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") trouble.push(`console: ${message.text()}`);
  });
  page.on("request", (request) => {
    const url = request.url();
    const local = url.startsWith(home) || /^(data|blob):/.test(url);
    if (!local) trouble.push(`request outside the site: ${url}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) trouble.push(`${response.status()}: ${response.url()}`);
  });
  await page.exposeFunction("reportViolation", (text) => trouble.push(`policy: ${text}`));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      window.reportViolation(`${event.violatedDirective} blocked ${event.blockedURI || "inline"}`);
    });
  });
  return async () => {
    // One round trip, so that reports under way have arrived.
    await page.evaluate(() => new Promise(requestAnimationFrame));
    assert.deepEqual(trouble, []);
  };
}

/**
 * The tests of a file, with one site of such options, started by the first and closed after the last. What is
 * returned defines one test with a page of its own: `browserTest(name, body)` or `browserTest(name, options, body)`.
 * The body gets what `open` returns, and `open` itself for further profiles.
 */
export function testsOf(siteOptions) {
  let shared;
  return (name, ...rest) => {
    const body = rest.pop();
    const [options = {}] = rest;
    if (!shared) {
      shared = startSite(siteOptions);
      after(async () => (await shared).close());
    }
    test(name, { timeout: TEST_LIMIT }, async () => {
      const site = await shared;
      const contexts = [];
      const open = async (options) => {
        const opened = await site.open(options);
        contexts.push(opened.context);
        return opened;
      };
      try {
        await body({ ...(await open(options)), open });
      } finally {
        for (const context of contexts) await context.close();
      }
    });
  };
}

/** A test of the site as it is by itself. */
export const browserTest = testsOf();
