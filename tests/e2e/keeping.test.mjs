// What is kept and shared: reload, links, and all that can go wrong with either.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { browserTest } from "./harness.mjs";
import {
  answer, cell, changedAnswer, choose, clipboard, copiedLink, decoded, encoded, field, keeps, kept, notice, ready,
  showAllInputs, type, withoutStorage,
} from "./page.mjs";

/** Change one input and wait until that is kept. */
async function editAndKeep(page, text) {
  const before = await answer(page);
  await type(page, "requests_per_month", text);
  const after = await changedAnswer(page, before);
  await keeps(page, "requests_per_month");
  return after;
}

browserTest("a reload restores the scenario", async ({ page, assertClean }) => {
  const edited = await editAndKeep(page, "2.5M");
  await page.reload();
  await ready(page);
  assert.equal(await answer(page), edited);
  assert.equal((await field(page, "requests_per_month").inputValue()).replaceAll(",", ""), "2500000");
  await assertClean();
});

browserTest("a scenario with a mistake in it is restored with its mistake", async ({ page, assertClean }) => {
  const good = await answer(page);
  await type(page, "requests_per_month", "lots");
  await keeps(page, "lots");
  await page.reload();
  await page.locator("#error-requests_per_month").waitFor();
  assert.equal(await field(page, "requests_per_month").inputValue(), "lots");
  assert.equal(await answer(page), good);
  await assertClean();
});

browserTest("a link shows the same numbers in a fresh profile", clipboard, async ({ page, open, assertClean }) => {
  let before = await answer(page);
  await showAllInputs(page);
  for (const [id, text] of [
    ["requests_per_month", "1,234,567"], ["growth_per_month", "3.3%"], ["input_tokens", "1404"], ["output_tokens", "253"],
    ["hourly_rate", "97.35"], ["labels", "3,210"], ["horizon", "36"], ["evidence_prompt", "172/200"], ["prefix_tokens", "877"],
  ]) {
    await type(page, id, text);
    before = await changedAnswer(page, before);
  }
  await choose(page, "data_boundary", "contract");
  // Whatever follows from that, the same must follow elsewhere.
  const link = await copiedLink(page);
  before = await answer(page);
  assert.ok(link.length < 2_000, `${link.length} characters`);
  assert.deepEqual(Object.keys(decoded(link)).sort(), ["a", "c", "f", "h", "m", "n", "r"]);

  const fresh = await open({ hash: new URL(link).hash });
  assert.equal(await answer(fresh.page), before);
  await fresh.assertClean();
  await assertClean();
});

browserTest("a link opens before what was kept, and does not replace it until it is edited", async ({ page, context, url, assertClean }) => {
  const mine = await editAndKeep(page, "2.5M");
  const keptBefore = await kept(page);
  const other = await context.newPage();
  const link = encoded({ f: 1, r: 1, c: 1, m: 1, n: "", a: { requests_per_month: 7777 }, h: null });
  await other.goto(`${url}#s=${link}`);
  await ready(other);
  assert.equal((await field(other, "requests_per_month").inputValue()).replaceAll(",", ""), "7777");
  assert.notEqual(await answer(other), mine);
  assert.equal(await kept(other), keptBefore);
  await assertClean();
});

browserTest("a link pasted into an open page is opened there", async ({ page, url, assertClean }) => {
  const before = await answer(page);
  const link = encoded({ f: 1, r: 1, c: 1, m: 1, n: "", a: { requests_per_month: 5_000_000 }, h: null });
  await page.goto(`${url}#s=${link}`);
  await changedAnswer(page, before);
  await assertClean();
});

const valid = encoded({ f: 1, r: 1, c: 1, m: 1, n: "x", a: { requests_per_month: 777_000, input_tokens: 3_000 }, h: null });
const brokenLinks = {
  "cut short": valid.slice(0, -9),
  "with one letter changed": `${valid.slice(0, 20)}${valid[20] === "A" ? "B" : "A"}${valid.slice(21)}`,
  "of noise": randomBytes(200).toString("base64url"),
  "of markup": encodeURIComponent('"><img src=x onerror=alert(1)>'),
  "of nothing": "",
  "too long": "A".repeat(20_000),
  "that would fill the memory": encoded(" ".repeat(9_000_000)),
  "that holds something else": encoded([1, 2, 3]),
  "of a later format": encoded({ f: 99, anything: true }),
};

for (const [kind, text] of Object.entries(brokenLinks)) {
  browserTest(`a link ${kind} says so, shows the default scenario and leaves what was kept`, async ({ page, context, url, assertClean }) => {
    const standard = await answer(page);
    const mine = await editAndKeep(page, "2.5M");
    const keptBefore = await kept(page);

    const other = await context.newPage();
    await other.goto(`${url}#s=${text}`);
    await ready(other);
    await notice(other).filter({ hasText: /damaged|scenario/i }).waitFor();
    if (kind.includes("later")) assert.match(await notice(other).innerText(), /newer version/);
    assert.equal(await answer(other), standard);
    assert.equal(await kept(other), keptBefore);
    await other.close();

    await page.goto("about:blank");
    await page.goto(url);
    await ready(page);
    assert.equal(await answer(page), mine);
    await assertClean();
  });
}

browserTest("a hostile name stays text", async ({ page, open, assertClean }) => {
  const name = '<img src=x onerror="window.hacked=1"><script>window.hacked=2</script>';
  const link = encoded({
    f: 1, r: 1, c: 1, m: 1, n: name,
    a: { requests_per_month: name, [name]: 1, api_model: name, evidence_prompt: name, input_tokens: 900 },
    h: { v: name, t: 1e308 },
  });
  const hostile = await open({ hash: `#s=${link}` });
  await ready(hostile.page);
  await hostile.page.locator("#error-requests_per_month").waitFor();
  assert.equal(await hostile.page.evaluate(() => window.hacked), undefined);
  assert.equal(await hostile.page.locator('img[src="x"]').count(), 0);
  await hostile.assertClean();
  await assertClean();
});

browserTest("unknown answers of a link are named and the rest is used", async ({ page, open, assertClean }) => {
  const link = encoded({ f: 1, r: 1, c: 1, m: 1, n: "", a: { from_the_future: 1, requests_per_month: 90_000 }, h: null });
  const other = await open({ hash: `#s=${link}` });
  await notice(other.page).filter({ hasText: "from_the_future" }).waitFor();
  assert.equal((await field(other.page, "requests_per_month").inputValue()).replaceAll(",", ""), "90000");
  await other.assertClean();
  await assertClean();
});

browserTest(
  "where the clipboard is refused, the link can be copied by hand",
  {
    before: (page) =>
      page.addInitScript(() => {
        navigator.clipboard.writeText = () => Promise.reject(new DOMException("no", "NotAllowedError"));
      }),
  },
  async ({ page, assertClean }) => {
    await ready(page);
    await page.locator("#copy-link").click();
    await page.waitForFunction(() =>
      [...document.querySelectorAll("input[readonly], textarea[readonly]")].some(
        (one) => one.value.includes("#s=") && one.checkVisibility(),
      ),
    );
    await assertClean();
  },
);

for (const [kind, sabotage] of Object.entries(withoutStorage)) {
  browserTest(
    `with storage ${kind} the page works and says that nothing is kept`,
    { before: (page) => page.addInitScript(sabotage) },
    async ({ page, assertClean }) => {
      const before = await answer(page);
      await type(page, "requests_per_month", "2M");
      await changedAnswer(page, before);
      await notice(page).filter({ hasText: /\b(keep|kept|keeps)\b/i }).waitFor();
      assert.match(await cell(page, "prompt", "total"), /^\$/);
      await assertClean();
    },
  );
}

browserTest(
  "something else in our place of the storage is no obstacle",
  { before: (page) => page.addInitScript(() => localStorage.setItem("tunewise.scenario", "{broken")) },
  async ({ page, assertClean }) => {
    await ready(page);
    await assertClean();
  },
);
