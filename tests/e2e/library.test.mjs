// What is kept: every scenario in an entry of its own, and nothing overwritten that the page has not shown.
import assert from "node:assert/strict";
import { browserTest } from "./harness.mjs";
import { answer, changedAnswer, encoded, field, keeps, notice, openMenu, ready, type, withoutStorage } from "./page.mjs";

const ENTRY = "tunewise:/some/wiki/tunewise/:entry:";
const EARLIER = "tunewise.scenario";

/** The entries that are kept: their texts as they stand there, by id. */
const texts = (page) =>
  page.evaluate(
    (prefix) =>
      Object.fromEntries(
        Object.entries({ ...localStorage })
          .filter(([key]) => key.startsWith(prefix))
          .map(([key, text]) => [key.slice(prefix.length), text]),
      ),
    ENTRY,
  );
/** The volumes of all entries that can be read, in the order of their names. */
async function volumes(page) {
  const entries = Object.values(await texts(page)).map((text) => JSON.parse(text));
  entries.sort((a, b) => a.name.localeCompare(b.name));
  return Object.fromEntries(entries.map((one) => [one.name, JSON.parse(one.scenario).a.requests_per_month]));
}
const volume = async (page) => (await field(page, "requests_per_month").inputValue()).replaceAll(",", "");
const holds = (page, text) =>
  page.waitForFunction(
    (text) => document.querySelector("#input-requests_per_month").value.replaceAll(",", "") === text,
    text,
  );
const link = (requests_per_month, n = "") => `#s=${encoded({ f: 1, r: 1, c: 1, m: 1, n, a: { requests_per_month }, h: null })}`;
const count = (page, count) =>
  page.waitForFunction(
    ([prefix, count]) => Object.keys(localStorage).filter((key) => key.startsWith(prefix)).length === count,
    [ENTRY, count],
  );

/** Change the volume and wait until that is kept. */
async function edit(page, text) {
  await type(page, "requests_per_month", text);
  await keeps(page, text);
}

/** Another tab of the same profile. */
async function tab(context, url, hash = "") {
  const page = await context.newPage();
  await page.goto(url + hash);
  await ready(page);
  return page;
}

const line = (page, name) => page.locator(".kept li", { has: page.locator(`.kept-open span:text-is("${name}")`) });

browserTest("an edited link goes into an entry of its own, and what was kept stays", async ({ page, context, url, assertClean }) => {
  await ready(page);
  await edit(page, "2500000");
  const [mine] = Object.entries(await texts(page));
  const other = await tab(context, url, link(7777, "Pilot"));
  assert.deepEqual(Object.entries(await texts(other)), [mine], "what is only opened is not kept");
  await edit(other, "8888");
  assert.deepEqual(await volumes(other), { "Pilot": 8888, "Your scenario": 2_500_000 });
  assert.equal((await texts(other))[mine[0]], mine[1]);
  await page.reload();
  await ready(page);
  assert.equal(await volume(page), "2500000");
  await other.reload();
  await ready(other);
  assert.equal(await volume(other), "8888");
  await edit(other, "9999");
  assert.deepEqual(await volumes(other), { "Pilot": 9999, "Your scenario": 2_500_000 });
  await assertClean();
});

browserTest("an example that is edited goes into an entry of its own", async ({ page, assertClean }) => {
  await ready(page);
  await edit(page, "2500000");
  await page.locator("#preset").selectOption("consumer-chat");
  await holds(page, "6000000");
  await edit(page, "6100000");
  assert.deepEqual(await volumes(page), { "Your scenario": 2_500_000, "Your scenario (2)": 6_100_000 });
  await page.goBack();
  await holds(page, "2500000");
  await edit(page, "2600000");
  assert.deepEqual(await volumes(page), { "Your scenario": 2_600_000, "Your scenario (2)": 6_100_000 });
  await assertClean();
});

browserTest("an edit just before a link is opened goes into its own entry", async ({ page, assertClean }) => {
  await ready(page);
  await edit(page, "2500000");
  await page.evaluate((hash) => {
    const input = document.querySelector("#input-requests_per_month");
    input.value = "2600000";
    input.dispatchEvent(new InputEvent("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
    location.hash = hash;
  }, link(7777));
  await holds(page, "7777");
  await page.waitForTimeout(600);
  assert.equal(await volume(page), "7777");
  assert.deepEqual(await volumes(page), { "Your scenario": 2_600_000 });
  await page.reload();
  await ready(page);
  assert.equal(await volume(page), "7777");
  await assertClean();
});

browserTest("after a broken link an edit goes into an entry of its own", async ({ page, context, url, assertClean }) => {
  await ready(page);
  await edit(page, "2500000");
  const other = await tab(context, url, "#s=AAAA");
  await notice(other).filter({ hasText: "could not be opened" }).waitFor();
  await edit(other, "8888");
  assert.deepEqual(await volumes(other), { "Your scenario": 2_500_000, "Your scenario (2)": 8888 });
  await assertClean();
});

browserTest("two tabs that edit the same keep both versions and say so", async ({ page, context, url, assertClean }) => {
  await ready(page);
  await edit(page, "2500000");
  const other = await tab(context, url);
  assert.equal(await volume(other), "2500000");
  await edit(other, "2600000");
  await notice(page).filter({ hasText: "changed in another tab" }).waitFor();
  await page.bringToFront();
  await edit(page, "2700000");
  const both = { "Your scenario": 2_600_000, "Your scenario (this tab)": 2_700_000 };
  assert.deepEqual(await volumes(page), both);
  await other.bringToFront();
  await edit(other, "2650000");
  assert.deepEqual(await volumes(page), { ...both, "Your scenario": 2_650_000 });
  for (const [one, text] of [[page, "2700000"], [other, "2650000"]]) {
    await one.reload();
    await ready(one);
    assert.equal(await volume(one), text);
  }
  await assertClean();
});

browserTest("what the other tab has only shown is kept beside the edit once it goes on", async ({ page, context, url, assertClean }) => {
  await ready(page);
  await edit(page, "2500000");
  const other = await tab(context, url);
  await edit(page, "2600000");
  await notice(other).filter({ hasText: "changed in another tab" }).waitFor();
  assert.equal(await volume(other), "2500000");
  await other.bringToFront();
  await edit(other, "2550000");
  assert.deepEqual(await volumes(page), { "Your scenario": 2_600_000, "Your scenario (this tab)": 2_550_000 });
  await assertClean();
});

browserTest("an entry changed without a word from the browser is not overwritten either", async ({ page, assertClean }) => {
  await ready(page);
  await edit(page, "2500000");
  // As a tab does whose event has not arrived yet: a tab gets none of its own changes.
  await page.evaluate((prefix) => {
    const key = Object.keys(localStorage).find((key) => key.startsWith(prefix));
    localStorage.setItem(key, localStorage.getItem(key).replaceAll("2500000", "2999999"));
  }, ENTRY);
  await edit(page, "2600000");
  assert.deepEqual(await volumes(page), { "Your scenario": 2_999_999, "Your scenario (this tab)": 2_600_000 });
  await notice(page).filter({ hasText: "Both versions are kept" }).waitFor();
  await assertClean();
});

const unreadable = {
  "that is broken": ["{broken", /damaged/],
  "of a newer version": ['{"v":2,"name":"n"}', /newer version/],
  "with a scenario of a newer version": [
    JSON.stringify({ v: 1, name: "Later", edited: 9e12, scenario: '{"f":99}' }),
    /newer version/,
  ],
};
for (const [kind, [text, why]] of Object.entries(unreadable)) {
  browserTest(`an entry ${kind} is set aside, said, and left as it is`, async ({ page, url, assertClean }) => {
    await ready(page);
    await edit(page, "2500000");
    await page.evaluate(([key, text]) => localStorage.setItem(key, text), [`${ENTRY}aside`, text]);
    await page.goto("about:blank");
    await page.goto(url);
    await ready(page);
    await notice(page).filter({ hasText: why }).waitFor();
    assert.equal(await volume(page), "2500000");
    await edit(page, "2600000");
    assert.equal((await texts(page)).aside, text);
    await openMenu(page);
    const aside = page.locator(".kept li", { has: page.locator(".kept-open[disabled]") });
    await aside.locator("summary").click();
    assert.equal(await aside.locator(".kept-text").inputValue(), text);
    assert.match(await aside.innerText(), why);
    await aside.locator(".kept-delete").click();
    await count(page, 1);
    await notice(page).getByRole("button", { name: "Undo" }).click();
    await count(page, 2);
    assert.equal((await texts(page)).aside, text);
    await assertClean();
  });
}

const before = JSON.stringify(JSON.stringify({ f: 1, r: 1, c: 1, m: 1, n: "", a: { requests_per_month: 4_242 }, h: null }));
for (const [kind, kept, said] of [
  ["that an earlier version kept", before, null],
  ["of a newer version under the earlier key", JSON.stringify('{"f":99}'), /newer version/],
  ["that is broken under the earlier key", "{broken", /damaged/],
]) {
  browserTest(
    `the scenario ${kind} becomes the first entry, once, and stays where it was`,
    { before: (page) => page.addInitScript(([key, text]) => location.protocol === "http:" && localStorage.setItem(key, text), [EARLIER, kept]) },
    async ({ page, url, assertClean }) => {
      await ready(page);
      await count(page, 1);
      if (said) await notice(page).filter({ hasText: said }).waitFor();
      else assert.equal(await volume(page), "4242");
      const [[id, text]] = Object.entries(await texts(page));
      await edit(page, "5252");
      if (said) assert.equal((await texts(page))[id], text);
      await page.goto("about:blank");
      await page.goto(url);
      await ready(page);
      assert.equal(await volume(page), "5252");
      await count(page, said ? 2 : 1);
      assert.equal(await page.evaluate((key) => localStorage.getItem(key), EARLIER), kept);
      await assertClean();
    },
  );
}

for (const [kind, sabotage] of Object.entries(withoutStorage)) {
  browserTest(
    `with storage ${kind} the address carries the work`,
    { hash: link(7777), before: (page) => page.addInitScript(sabotage) },
    async ({ page, assertClean }) => {
      const before = await answer(page);
      await type(page, "requests_per_month", "8888");
      const after = await changedAnswer(page, before);
      await notice(page).filter({ hasText: "The address of this page carries" }).waitFor();
      await page.reload();
      await ready(page);
      assert.equal(await volume(page), "8888");
      assert.equal(await answer(page), after);
      await assertClean();
    },
  );
}

browserTest("a storage that is really full keeps what it had, and the address the rest", async ({ page, assertClean }) => {
  await ready(page);
  await edit(page, "2500000");
  await page.evaluate(() => {
    for (let size = 1 << 22; size >= 1; size >>= 1) {
      try {
        for (;;) localStorage.setItem(`fill-${size}-${localStorage.length}`, "x".repeat(size));
      } catch {
        // Full for pieces of this size.
      }
    }
  });
  const kept = await texts(page);
  await page.locator("#preset").selectOption("consumer-chat");
  await holds(page, "6000000");
  await type(page, "requests_per_month", "6100000");
  await notice(page).filter({ hasText: "full" }).waitFor();
  assert.deepEqual(await texts(page), kept);
  await page.reload();
  await ready(page);
  assert.equal(await volume(page), "6100000");
  await assertClean();
});

browserTest("a place of the page in the address leaves the scenario there, and Back brings no older one", async ({ page, assertClean }) => {
  await ready(page);
  await edit(page, "2500000");
  await page.waitForFunction(() => location.hash.startsWith("#s="));
  await page.evaluate(() => (location.hash = "#sources"));
  await page.waitForFunction(() => location.hash.startsWith("#s=") && document.querySelector("#sources").open);
  await edit(page, "2600000");
  await page.goBack();
  await page.waitForTimeout(300);
  assert.equal(await volume(page), "2600000");
  await page.reload();
  await ready(page);
  assert.equal(await volume(page), "2600000");
  assert.deepEqual(await volumes(page), { "Your scenario": 2_600_000 });
  await assertClean();
});

browserTest("another copy of the site on the same origin keeps its own", async ({ page, assertClean }) => {
  await ready(page);
  const foreign = `tunewise:/other/:entry:a`;
  const text = JSON.stringify({ v: 1, name: "Theirs", edited: 9e12, scenario: JSON.stringify({ f: 1, r: 1, c: 1, m: 1, a: { requests_per_month: 1234 } }) });
  await page.evaluate(([key, text]) => localStorage.setItem(key, text), [foreign, text]);
  await page.reload();
  await ready(page);
  assert.equal(await volume(page), "150000");
  await edit(page, "2500000");
  assert.equal(await page.evaluate((key) => localStorage.getItem(key), foreign), text);
  await openMenu(page);
  assert.equal(await page.locator(".kept li").count(), 1);
  await assertClean();
});

browserTest("what is kept can be named, noted, copied, opened, deleted and put back", async ({ page, assertClean }) => {
  await ready(page);
  await edit(page, "2500000");
  await openMenu(page);
  await line(page, "Your scenario").locator("summary").click();
  await page.locator(".kept-name").fill("Invoices, Berlin");
  await page.locator(".kept-name").press("Enter");
  await line(page, "Invoices, Berlin").waitFor();
  await page.locator(".kept-note").fill("For the board");
  await page.locator(".kept-note").press("Tab");
  await keeps(page, "For the board");
  await page.locator(".kept-copy").click();
  await line(page, "Invoices, Berlin (2)").waitFor();
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => document.title.includes("Invoices, Berlin"));
  await edit(page, "2600000");
  assert.deepEqual(await volumes(page), { "Invoices, Berlin": 2_600_000, "Invoices, Berlin (2)": 2_500_000 });
  await openMenu(page);
  await line(page, "Invoices, Berlin (2)").locator(".kept-open").click();
  await holds(page, "2500000");
  await edit(page, "2550000");
  assert.deepEqual(await volumes(page), { "Invoices, Berlin": 2_600_000, "Invoices, Berlin (2)": 2_550_000 });
  await openMenu(page);
  await line(page, "Invoices, Berlin (2)").locator("summary").click();
  await line(page, "Invoices, Berlin (2)").locator(".kept-delete").click();
  await count(page, 1);
  await notice(page).getByRole("button", { name: "Undo" }).click();
  await count(page, 2);
  await edit(page, "2560000");
  assert.deepEqual(await volumes(page), { "Invoices, Berlin": 2_600_000, "Invoices, Berlin (2)": 2_560_000 });
  await assertClean();
});

browserTest("all that is kept can be forgotten, and put back", async ({ page, context, url, assertClean }) => {
  await ready(page);
  await edit(page, "2500000");
  const other = await tab(context, url, link(7777));
  await edit(other, "8888");
  await other.close();
  const kept = await texts(page);
  await openMenu(page);
  await page.locator("#forget-all").click();
  await count(page, 0);
  await page.waitForTimeout(400);
  await count(page, 0);
  await notice(page).getByRole("button", { name: "Undo" }).click();
  await count(page, 2);
  assert.deepEqual(await texts(page), kept);
  await assertClean();
});

browserTest("more than eight can be searched", async ({ page, assertClean }) => {
  await ready(page);
  await page.evaluate((prefix) => {
    for (let number = 1; number <= 9; number++) {
      const scenario = JSON.stringify({ f: 1, r: 1, c: 1, m: 1, a: { requests_per_month: number * 1000 } });
      localStorage.setItem(`${prefix}n${number}`, JSON.stringify({ v: 1, name: `Pilot ${number}`, edited: number, scenario }));
    }
  }, ENTRY);
  await openMenu(page);
  assert.equal(await page.locator(".kept li").count(), 9);
  await page.locator(".kept-search").fill("lot 7");
  await page.waitForFunction(() => document.querySelectorAll(".kept li").length === 1);
  await line(page, "Pilot 7").locator(".kept-open").click();
  await holds(page, "7000");
  await assertClean();
});
