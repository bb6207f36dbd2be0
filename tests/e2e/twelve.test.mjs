// The verdict as a picture: twelve rows on one dollar axis, and the table of all figures behind them.
import assert from "node:assert/strict";
import { browserTest } from "./harness.mjs";
import { choose, ready, type } from "./page.mjs";

const section = (page) => page.locator('[data-testid="twelve"]');
const rows = (page) => section(page).locator("button[data-dot]");
const row = (page, key) => section(page).locator(`button[data-dot="${key}"]`);
const reason = (page) => section(page).locator(".say-why");
const focused = (page) => page.evaluate(() => document.activeElement.dataset.dot);

/** Wait until the picture stands, with the table behind it folded. */
async function drawn(page) {
  await page.locator('[data-testid="headline"]').waitFor();
  await rows(page).first().waitFor();
}

/** Dollars of a short form; what is not known comes last. */
function dollars(text) {
  const [, digits, unit] = text.match(/\$([\d.,]+)\s*([kMB]?)/) ?? [];
  return digits ? Number(digits.replaceAll(",", "")) * ({ k: 1e3, M: 1e6, B: 1e9 }[unit] ?? 1) : Infinity;
}

const totals = async (page) => (await rows(page).locator(".label b").allInnerTexts()).map(dollars);

browserTest("twelve rows stand in the order of their cost, with one verdict and one rival among them", async ({ page, assertClean }) => {
  await drawn(page);
  const sorted = async () => {
    const found = await totals(page);
    assert.equal(found.length, 12);
    assert.deepEqual(found, [...found].sort((a, b) => a - b));
  };
  await sorted();
  assert.equal(await section(page).locator("li.is-verdict").count(), 1);
  assert.equal(await section(page).locator("li.is-rival").count(), 1);
  const headline = await page.locator('[data-testid="headline"]').innerText();
  const used = await section(page).locator("li.is-verdict").getAttribute("class");
  assert.ok(!used.includes("is-out"));
  assert.match(await section(page).locator("li.is-verdict .note").innerText(), /use now/);
  // Dearer or excluded elsewhere: another order, and it is kept.
  const keys = () => rows(page).evaluateAll((all) => all.map((one) => one.dataset.dot).join());
  const before = await keys();
  await type(page, "requests_per_month", "20M");
  await page.waitForFunction(
    (before) => [...document.querySelectorAll("button[data-dot]")].map((one) => one.dataset.dot).join() !== before,
    before,
  );
  await sorted();
  assert.notEqual(await page.locator('[data-testid="headline"]').innerText(), "", headline);
  await assertClean();
});

browserTest("a row names all that it shows, in words and by its marks", async ({ page, assertClean }) => {
  await drawn(page);
  for (const one of await rows(page).all()) {
    const name = await one.getAttribute("aria-label");
    const total = await one.locator(".label b").textContent();
    assert.ok(name.includes(total), `${name} | ${total}`);
    assert.ok(name.startsWith(await one.locator(".long").textContent()), name);
    const excluded = await one.evaluate((button) => button.parentElement.matches(".is-out"));
    assert.equal(/ (Not m|M)easured\./.test(name), !excluded, name);
    assert.deepEqual(name.match(/Excluded/g) ?? [], excluded ? ["Excluded"] : [], name);
    assert.match(name, /\. \S.+$/, "it ends with its reason");
  }
  // Where it stands between the ticks is what it costs.
  const places = await rows(page).evaluateAll((all) =>
    all
      .filter((one) => !one.parentElement.matches(".is-beyond, .is-unknown"))
      .map((one) => ["--lo", "--x", "--hi"].map((name) => Number.parseFloat(one.style.getPropertyValue(name)))),
  );
  assert.ok(places.length >= 5, `${places.length} on the axis`);
  for (const [low, at, high] of places) assert.ok(0 <= low && low <= at && at <= high && high <= 100, `${low} ${at} ${high}`);
  await assertClean();
});

browserTest("the picture is one stop of the keyboard, and arrows move in it", async ({ page, assertClean }) => {
  await drawn(page);
  const stops = () => rows(page).evaluateAll((all) => all.filter((one) => one.tabIndex === 0).map((one) => one.dataset.dot));
  const keys = await rows(page).evaluateAll((all) => all.map((one) => one.dataset.dot));
  assert.deepEqual(await stops(), [keys[0]]);
  await rows(page).first().focus();
  for (const [key, place] of [["ArrowDown", 1], ["ArrowRight", 2], ["ArrowUp", 1], ["ArrowLeft", 0], ["ArrowUp", 0], ["End", 11], ["ArrowDown", 11], ["Home", 0], ["ArrowDown", 1]]) {
    await page.keyboard.press(key);
    assert.equal(await focused(page), keys[place], key);
    assert.deepEqual(await stops(), [keys[place]], key);
  }
  // One step further is out of it, one step back is where it was left.
  await page.keyboard.press("Tab");
  assert.equal(await focused(page), undefined);
  assert.ok(await section(page).locator(":scope > details > summary").evaluate((one) => one === document.activeElement));
  await page.keyboard.press("Shift+Tab");
  assert.equal(await focused(page), keys[1]);
  await assertClean();
});

browserTest("the reason of a row is read on focus and under the pointer", async ({ page, assertClean }) => {
  await drawn(page);
  const hint = section(page).locator(".say-hint");
  assert.match(await hint.innerText(), /^Rings are not measured yet/);
  assert.equal(await reason(page).innerText(), "");
  const why = async (place) => (await rows(page).nth(place).getAttribute("aria-label"));
  const height = (await section(page).locator(".say").boundingBox()).height;
  await rows(page).first().focus();
  await page.keyboard.press("ArrowDown");
  const first = await reason(page).innerText();
  assert.ok(first.length > 10 && (await why(1)).endsWith(first), first);
  assert.equal(await hint.innerText(), "");
  // The pointer goes before the focus, and gives it back.
  await rows(page).nth(5).hover();
  const pointed = await reason(page).innerText();
  assert.notEqual(pointed, first);
  assert.ok((await why(5)).endsWith(pointed), pointed);
  await section(page).locator("h2").hover();
  assert.equal(await reason(page).innerText(), first);
  // Nothing below moves for it.
  assert.equal((await section(page).locator(".say").boundingBox()).height, height);
  await page.evaluate(() => document.activeElement.blur());
  assert.match(await hint.innerText(), /^Rings/);
  await assertClean();
});

browserTest("pressing a row opens its figures in the table behind the picture, as often as it is asked", async ({ page, assertClean }) => {
  await drawn(page);
  const table = section(page).locator(":scope > details");
  assert.ok(!(await table.evaluate((one) => one.open)));
  assert.equal(await section(page).locator("table").count(), 0, "built only when it is opened");
  const detail = (key) => page.locator(`#detail-${key}`);
  await row(page, "lora").click();
  await detail("lora").locator(".costs").waitFor();
  assert.ok(await table.evaluate((one) => one.open));
  assert.equal(await page.locator("tr.detail-row:visible").count(), 1);
  await page.waitForFunction(() => {
    const { top, bottom } = document.querySelector('tr[data-strategy="lora"]').getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  });
  // Closed by the reader, and asked for again, by the keyboard.
  await page.locator('tr[data-strategy="lora"] .row-button').click();
  await detail("lora").waitFor({ state: "hidden" });
  await row(page, "lora").focus();
  await page.keyboard.press("Enter");
  await detail("lora").locator(".costs").waitFor();
  // The table says the same figures in the same order.
  const shown = await rows(page).evaluateAll((all) => all.map((one) => [one.dataset.dot, one.querySelector(".label b").textContent]));
  const listed = await section(page).locator("tr[data-strategy]").evaluateAll((all) =>
    all.map((one) => [one.dataset.strategy, one.querySelector('[data-column="total"]').textContent]),
  );
  assert.deepEqual(listed, shown);
  await assertClean();
});

/** The words of the picture and its marks, where they are seen: of each row, and of the axis. */
const boxes = (page) =>
  section(page).locator(".dots").evaluate((dots) => {
    const words = (one) => {
      const range = document.createRange();
      range.selectNodeContents(one);
      return range.getBoundingClientRect();
    };
    const seen = (of, one, box) => ({ of, text: one.textContent, left: box.left, right: box.right, top: box.top, bottom: box.bottom });
    const texts = [...dots.querySelectorAll(".label > *")].map((one) => seen(one.closest("button").dataset.dot, one, words(one)));
    const ticks = [...dots.querySelectorAll(".tick")].map((one) => seen("axis", one, words(one)));
    const marks = [...dots.querySelectorAll(".dot")].map((one) => ({ ...seen(one.closest("button").dataset.dot, one, one.getBoundingClientRect()), isMark: true }));
    return [...texts, ...ticks, ...marks].filter((box) => box.right - box.left > 0.5 && box.bottom - box.top > 0.5);
  });

for (const width of [1280, 768, 360]) {
  browserTest(`no words of the picture cover each other or leave the screen, ${width} pixels wide`, { viewport: { width, height: 800 } }, async ({ page, assertClean }) => {
    await drawn(page);
    const free = async (when) => {
      const all = await boxes(page);
      assert.ok(all.length >= 24, `${when}: ${all.length} boxes`);
      for (const [index, one] of all.entries()) {
        assert.ok(one.left >= 0 && one.right <= width, `${when}: ${one.of} “${one.text}” is cut at ${one.left}, ${one.right}`);
        for (const other of all.slice(index + 1)) {
          // Marks may lie on one another; words never, neither on words nor on the mark of their row.
          if (one.isMark && other.isMark) continue;
          if ((one.isMark || other.isMark) && one.of !== other.of) continue;
          const slack = 1;
          const apart =
            one.right <= other.left + slack || other.right <= one.left + slack ||
            one.bottom <= other.top + slack || other.bottom <= one.top + slack;
          // Lines of text stand closer than their boxes, which hold ascenders.
          const rowsApart = one.of !== other.of && Math.abs(one.top - other.top) >= 18;
          assert.ok(apart || rowsApart, `${when}: ${one.of} “${one.text}” covers ${other.of} “${other.text}”`);
        }
      }
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), when);
      for (const one of await rows(page).all()) assert.ok((await one.boundingBox()).height >= 24);
    };
    await free("default");
    const ids = await page.locator("#preset option").evaluateAll((all) => all.map((one) => one.value).filter(Boolean));
    for (const id of ids) {
      await page.locator("#preset").selectOption(id);
      await page.waitForTimeout(300);
      await free(id);
    }
    await assertClean();
  });
}
