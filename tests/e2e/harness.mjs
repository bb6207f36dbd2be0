// The browser tests' ground: the built site served from a sub-path, one Chromium, and a record of
// everything that must not happen on the page.
import assert from "node:assert/strict";
import { after, test } from "node:test";
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

/** Serve dist/ and start Chromium. `open` gives a fresh context and page each time. */
export async function startSite() {
  const server = await serve();
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: flags,
  });

  /**
   * @param {object} options Playwright's context options, and
   *   `before(page)`: called before the page is loaded;
   *   `hash`: what follows the page's address, "#…" or "?…";
   *   `started: false`: do not wait until the program runs.
   */
  async function open({ before, hash = "", started = true, ...contextOptions } = {}) {
    const context = await browser.newContext({ locale: "en-US", ...contextOptions });
    const page = await context.newPage();
    const assertClean = await watch(page, server.url);
    await before?.(page);
    await page.goto(server.url + hash);
    if (started) {
      await page.locator("#shell").waitFor({ state: "detached" });
      await page.locator("#method").waitFor({ state: "attached" });
    }
    return { page, context, assertClean, url: server.url };
  }

  const close = async () => {
    await browser.close();
    await server.close();
  };
  return { url: server.url, open, close };
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

let shared;

/**
 * A test with a page of its own: `browserTest(name, body)` or `browserTest(name, options, body)`.
 * The body gets what `open` returns, and `open` itself for further profiles.
 * All tests of a file share one site, started by the first and closed after the last.
 */
export function browserTest(name, ...rest) {
  const body = rest.pop();
  const [options = {}] = rest;
  if (!shared) {
    shared = startSite();
    after(async () => (await shared).close());
  }
  test(name, { timeout: 120_000 }, async () => {
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
}
