// Links of today in the program of a later day, whose catalogue has another price: `make test-tomorrow`.
import assert from "node:assert/strict";
import { startSite, testsOf } from "../e2e/harness.mjs";
import { clipboard, copiedLink, notice, ready, type, verdict } from "../e2e/page.mjs";

const browserTest = testsOf({ site: "target/tomorrow/dist" });

const lede = (page) => page.locator('[data-testid="lede"]').innerText();
const banner = (page) => page.locator('.notices [data-testid="earlier-catalogue"]');
/** The dollars of a text. */
const amounts = (text) => text.match(/\$[\d.,]+(?:\s[kM])?/g);

/** What today's page shows of a scenario, and the link to it. */
async function today() {
  const site = await startSite();
  const { page } = await site.open(clipboard);
  await ready(page);
  await type(page, "requests_per_month", "300k");
  const { hash } = new URL(await copiedLink(page));
  const shown = { hash, lede: await lede(page), verdict: await verdict(page) };
  await site.close();
  return shown;
}

browserTest("a link of yesterday shows yesterday's numbers, names the change and its effect, and updates on request", async ({ page, open, assertClean }) => {
  const then = await today();
  // By itself the later day has another total.
  await ready(page);
  await type(page, "requests_per_month", "300k");
  const now = await lede(page);
  assert.notDeepEqual(amounts(now), amounts(then.lede));

  const opened = await open({ hash: then.hash });
  await ready(opened.page);
  assert.equal(await lede(opened.page), then.lede);
  assert.equal(await verdict(opened.page), then.verdict);
  const said = await banner(opened.page).innerText();
  assert.match(said, /Shown with the catalogue it was made with, version \d+ of .*One figure has changed since\./);
  assert.match(said, /Updating leaves the verdict as it is; its total of \$\S+.* becomes \$\S+.* more\./);
  await banner(opened.page).locator("summary").click();
  assert.match(await banner(opened.page).locator("li").innerText(), /^gpt-6\.1-sol, Input.*: 2 → 4$/);

  // An edit stays with the old prices.
  await type(opened.page, "requests_per_month", "310k");
  assert.ok(await banner(opened.page).isVisible());
  await type(opened.page, "requests_per_month", "300k");
  assert.equal(await lede(opened.page), then.lede);

  await banner(opened.page).locator(".update-catalogue").click();
  await banner(opened.page).waitFor({ state: "detached" });
  assert.equal(await lede(opened.page), now);
  await notice(opened.page).locator("#undo").click();
  await banner(opened.page).waitFor();
  assert.equal(await lede(opened.page), then.lede);
  // What was kept from it keeps its prices as well.
  await opened.page.reload();
  await ready(opened.page);
  assert.equal(await lede(opened.page), then.lede);
  await opened.assertClean();
  await assertClean();
});
