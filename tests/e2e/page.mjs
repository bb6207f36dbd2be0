// What the tests know about the page: its stable hooks, and nothing else of its structure.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { deflateSync, inflateSync } from "node:zlib";

/** The charts that stand open, by name. */
export const charts = ["volume"];

const headline = '[data-testid="headline"]';
const table = '[data-testid="strategy-table"]';

/** The region that says what happened to links and storage. */
export const notice = (page) => page.locator('[data-testid="notice"]');
/** The text field, select or checkbox of an input. */
export const field = (page, id) => page.locator(`#input-${id}`);
/** What is wrong with an input. */
export const error = (page, id) => page.locator(`#error-${id}`);

/** Open one of the folds at the end of the page. */
export async function openFold(page, id) {
  const fold = page.locator(`details#${id}`);
  await fold.waitFor({ state: "attached" });
  if (!(await fold.evaluate((one) => one.open))) await fold.locator("> summary").click();
}

/** Wait until the answer stands, with the table of all figures behind the picture. */
export async function ready(page) {
  await page.locator(headline).waitFor();
  const figures = page.locator('[data-testid="twelve"] > details');
  await figures.waitFor({ state: "attached" });
  if (!(await figures.evaluate((one) => one.open))) await figures.locator("> summary").click();
  await page.locator(`${table} tr[data-strategy]`).first().waitFor();
}

/** Everything that the answer says: headline, explanation and all cells, as one text. */
export async function answer(page) {
  await ready(page);
  return page.evaluate(
    (selectors) => selectors.map((selector) => document.querySelector(selector).innerText).join("\n"),
    [headline, '[data-testid="lede"]', table],
  );
}

/** Wait until the search for flips is over: what it finds stands in the form and in opened rows. */
export const searched = (page) => page.locator('[data-testid="flips"][aria-busy="false"]').waitFor();

/** The answer once the search is over that an opened row tells of. */
export async function settledAnswer(page) {
  await searched(page);
  return answer(page);
}

/** The verdict. */
export const verdict = (page) => page.locator(headline).innerText();

/** One cell of the table. */
export const cell = (page, strategy, column) =>
  page.locator(`${table} tr[data-strategy="${strategy}"] td[data-column="${column}"]`).innerText();

/** Wait until the answer is no longer `before`; returns the new one. */
export async function changedAnswer(page, before) {
  await page.waitForFunction(
    ([selectors, before]) =>
      selectors.map((selector) => document.querySelector(selector)?.innerText).join("\n") !== before,
    [[headline, '[data-testid="lede"]', table], before],
  );
  return answer(page);
}

/** The groups of the form, in their order. */
export const groups = ["work", "quality", "data", "constraints", "team", "economics", "models"];

/** The group of each input, as the registry declares it. */
const groupOf = new Map(
  groups.flatMap((group) => {
    const records = readFileSync(new URL(`../../src/domain/input/${group}.rs`, import.meta.url), "utf8");
    return [...records.matchAll(/^\s+(\w+): [^\n]*=>/gm)].map(([, id]) => [id, group]);
  }),
);

/** Open a group of the form, in full where `inFull`. */
export async function openGroup(page, group, inFull = false) {
  const details = page.locator(`details[data-group="${group}"]`);
  if (!(await details.evaluate((one) => one.open))) await details.locator("> summary").click();
  const more = details.locator("button[data-all-inputs]");
  await more.waitFor();
  if (inFull && (await more.getAttribute("aria-expanded")) !== "true") await more.click();
}

/** Open what the field of an input stands in; the questions are always there. */
export async function reveal(page, id) {
  for (const inFull of [false, true]) {
    if (await field(page, id).count()) return;
    await openGroup(page, groupOf.get(id), inFull);
  }
  await field(page, id).waitFor();
}

/** Show every input. */
export async function showAllInputs(page) {
  for (const group of groups) await openGroup(page, group, true);
}

/** Type into an input and leave it. */
export async function type(page, id, text) {
  await reveal(page, id);
  await field(page, id).fill(text);
  await field(page, id).press("Tab");
}

/** Choose an option of an input, whatever it is made of. */
export async function choose(page, id, value) {
  await reveal(page, id);
  const radio = page.locator(`input[type="radio"][name="${id}"][value="${value}"]`);
  // A styled radio may be covered by its label.
  if (await radio.count()) await radio.check({ force: true });
  else await field(page, id).selectOption(value);
}

/** Open the form for a policy, if it is closed. */
export async function openPolicyForm(page) {
  await openFold(page, "sources");
  const form = page.locator("details.policy-form");
  if (!(await form.evaluate((one) => one.open))) await form.locator("> summary").click();
  await page.locator("#policy-text").waitFor();
}

/** Paste a policy and put it in force, if it is one. */
export async function applyPolicy(page, text) {
  await openPolicyForm(page);
  await page.locator("#policy-text").fill(text);
  await page.getByRole("button", { name: "Apply this policy" }).click();
}

/** The shapes that a chart is drawn with: the geometry of its paths. */
export async function shapes(page, name) {
  const figure = page.locator(`figure[data-chart="${name}"]`);
  await figure.scrollIntoViewIfNeeded();
  await figure.locator("svg path").first().waitFor({ state: "attached" });
  return figure.locator("svg path").evaluateAll((paths) => paths.map((path) => path.getAttribute("d") ?? ""));
}

/** Wait until a chart is drawn otherwise than `before`. */
export async function changedShapes(page, name, before) {
  await page.waitForFunction(
    ([name, before]) =>
      [...document.querySelectorAll(`figure[data-chart="${name}"] svg path`)]
        .map((path) => path.getAttribute("d") ?? "")
        .join() !== before.join(),
    [name, before],
  );
}

/** What the page keeps between visits. */
export const kept = (page) => page.evaluate(() => JSON.stringify({ ...localStorage }));

/** Wait until the page keeps something with this text in it: an edit is kept a little later than it is made. */
export const keeps = (page, text) =>
  page.waitForFunction((text) => Object.values({ ...localStorage }).some((value) => value.includes(text)), text);

/** What the clipboard needs, as options of a test. */
export const clipboard = { permissions: ["clipboard-read", "clipboard-write"] };

/** Copy the link; returns it. The clipboard outlives a test, so that it is emptied first. */
export async function copiedLink(page) {
  await page.evaluate(() => navigator.clipboard.writeText("nothing yet"));
  await page.locator("#copy-link").click();
  await page.waitForFunction(async () => (await navigator.clipboard.readText()).includes("#s="));
  return page.evaluate(() => navigator.clipboard.readText());
}

/** The text of a link that carries `envelope`, as the program would write it. */
export const encoded = (envelope) => deflateSync(Buffer.from(JSON.stringify(envelope))).toString("base64url");

/** What a link carries. */
export function decoded(link) {
  const [, text] = link.split("#s=");
  assert.ok(text, `no scenario in ${link}`);
  return JSON.parse(inflateSync(Buffer.from(text, "base64url")).toString());
}

/** Open everything that is folded, and what is folded in that; not the menu, which lies over the page. */
export async function unfold(page) {
  for (let pass = 0; pass < 12; pass++) {
    const closed = await page.evaluate(async () => {
      const closed = [...document.querySelectorAll("details:not([open], .menu, .menu *)")];
      closed.forEach((one) => (one.open = true));
      // What was opened is built in a task of its own.
      for (let frame = 0; frame < 4; frame++) await new Promise(requestAnimationFrame);
      return closed.length;
    });
    if (closed === 0) return;
  }
  throw new Error("there is always something more to open");
}

/** Storage as a hostile browser or frame would have it; runs in the page before anything else. */
export const withoutStorage = {
  blocked: () => {
    Object.defineProperty(window, "localStorage", {
      get() {
        throw new DOMException("denied", "SecurityError");
      },
    });
  },
  absent: () => Object.defineProperty(window, "localStorage", { value: null }),
  full: () => {
    Storage.prototype.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  },
};

/** Open the menu beside the name, with the list of what is kept. */
export async function openMenu(page) {
  const menu = page.locator("details.menu");
  if (!(await menu.evaluate((one) => one.open))) await menu.locator("> summary").click();
  await page.locator(".kept").waitFor();
}
