// Ways about: every step back and forth, Back and Forward of the browser, and places that leave the address alone.
import assert from "node:assert/strict";
import { browserTest } from "./harness.mjs";
import {
  answer, changedAnswer, decoded, encoded, field, keeps, kept, notice, openPolicyForm, ready, searched, type, verdict,
} from "./page.mjs";

const volume = (page) => field(page, "requests_per_month");
const plain = (text) => text.replaceAll(",", "");
/** Wait until the volume is this. */
const holds = (page, text) =>
  page.waitForFunction(
    (text) => document.querySelector("#input-requests_per_month").value.replaceAll(",", "") === text,
    text,
  );
/** Wait until the address says this volume; nothing of it where it is the default. */
async function says(page, volume) {
  for (let turn = 0; turn < 200; turn += 1) {
    const hash = new URL(page.url()).hash;
    if (hash.startsWith("#s=") && decoded(hash).a.requests_per_month === volume) return;
    await page.waitForTimeout(50);
  }
  assert.fail(`the address does not say ${volume}: ${page.url()}`);
}
const name = (page) => page.locator("#preset option:checked").innerText();
const focused = (page) => page.evaluate(() => document.activeElement.id);

/** Click on a step of the menu. */
async function step(page, id) {
  if (!(await page.locator(".menu").evaluate((menu) => menu.open))) await page.locator(".menu > summary").click();
  await page.locator(`#${id}`).click();
}

browserTest("the keys take edits back and bring them back, one field at a time", async ({ page, assertClean }) => {
  const standard = await answer(page);
  await type(page, "requests_per_month", "300000");
  const larger = await changedAnswer(page, standard);
  await type(page, "required_quality", "95");
  await page.keyboard.press("Control+z");
  await page.waitForFunction(() => document.querySelector("#input-required_quality").value.startsWith("90"));
  await page.keyboard.press("Control+z");
  await holds(page, "150000");
  assert.equal(await answer(page), standard);
  await page.keyboard.press("Control+Shift+z");
  await holds(page, "300000");
  assert.equal(await answer(page), larger);
  await page.keyboard.press("Control+z");
  await holds(page, "150000");
  await page.keyboard.press("Control+y");
  await holds(page, "300000");
  await keeps(page, "300000");
  await assertClean();
});

browserTest("keystrokes in one field are one step", async ({ page, assertClean }) => {
  await ready(page);
  await volume(page).focus();
  await volume(page).selectText();
  await page.keyboard.type("420000");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+z");
  await holds(page, "150000");
  assert.equal(await focused(page), "input-requests_per_month");
  await assertClean();
});

browserTest("in text that is half typed the keys belong to the text, then to the page", async ({ page, assertClean }) => {
  await ready(page);
  await type(page, "requests_per_month", "300000");
  await volume(page).focus();
  await page.keyboard.press("End");
  await page.keyboard.type("7");
  assert.equal(plain(await volume(page).inputValue()), "3000007");
  await page.keyboard.press("Control+z");
  await holds(page, "300000");
  await page.keyboard.press("Control+z");
  await holds(page, "150000");
  // A longer text is never the page's.
  await openPolicyForm(page);
  await page.locator("#policy-text").fill("{ something");
  await page.keyboard.press("Control+z");
  assert.equal(await page.locator("#policy-text").inputValue(), "");
  await page.keyboard.press("Control+Shift+z");
  await holds(page, "150000");
  await assertClean();
});

browserTest("the menu takes presets back and brings them back", async ({ page, assertClean }) => {
  const standard = await answer(page);
  assert.equal(await name(page), "Invoice fields");
  await page.locator("#preset").selectOption("consumer-chat");
  const chat = await changedAnswer(page, standard);
  await type(page, "requests_per_month", "5000000");
  const edited = await changedAnswer(page, chat);
  assert.equal(await name(page), "Your scenario");
  await step(page, "step-back");
  assert.equal(await changedAnswer(page, edited), chat);
  assert.equal(await name(page), "Consumer chat at scale");
  await step(page, "step-back");
  assert.equal(await changedAnswer(page, chat), standard);
  assert.equal(await page.locator("#step-back").getAttribute("aria-disabled"), "true");
  await step(page, "step-forth");
  assert.equal(await changedAnswer(page, standard), chat);
  await step(page, "step-forth");
  assert.equal(await changedAnswer(page, chat), edited);
  await step(page, "start-over");
  assert.equal(await changedAnswer(page, edited), standard);
  await notice(page).getByRole("button", { name: "Undo" }).click();
  assert.equal(await changedAnswer(page, standard), edited);
  await page.keyboard.press("Escape");
  await assertClean();
});

browserTest("Back brings the former scenario and Forward the later one, each once", async ({ page, assertClean }) => {
  const standard = await answer(page);
  const before = await page.evaluate(() => history.length);
  await type(page, "requests_per_month", "300000");
  const mine = await changedAnswer(page, standard);
  await says(page, 300_000);
  assert.equal(await page.evaluate(() => history.length), before, "typing makes no entry");

  await page.locator("#preset").selectOption("consumer-chat");
  const chat = await changedAnswer(page, mine);
  await says(page, 6_000_000);
  await page.locator("#preset").selectOption("code-assistant");
  const code = await changedAnswer(page, chat);
  assert.equal(await page.evaluate(() => history.length), before + 2);

  await page.goBack();
  assert.equal(await changedAnswer(page, code), chat);
  assert.equal(await name(page), "Consumer chat at scale");
  await page.goBack();
  assert.equal(await changedAnswer(page, chat), mine);
  assert.equal(await name(page), "Your scenario");
  await keeps(page, "300000");
  await page.goForward();
  assert.equal(await changedAnswer(page, mine), chat);
  // A reload shows what the entry holds, and the way back is still there.
  await page.reload();
  assert.equal(await answer(page), chat);
  await page.goBack();
  assert.equal(await changedAnswer(page, chat), mine);
  await assertClean();
});

browserTest("what was taken back by key is no entry to stop at", async ({ page, assertClean }) => {
  const standard = await answer(page);
  await page.locator("#preset").selectOption("consumer-chat");
  const chat = await changedAnswer(page, standard);
  await page.locator("#preset").selectOption("code-assistant");
  const code = await changedAnswer(page, chat);
  await page.locator("h1").click();
  await page.keyboard.press("Control+z");
  assert.equal(await changedAnswer(page, code), chat);
  await says(page, 6_000_000);
  await page.goBack();
  assert.equal(await changedAnswer(page, chat), standard);
  await assertClean();
});

browserTest("Back from an opened link keeps what was kept", async ({ page, url, assertClean }) => {
  const standard = await answer(page);
  await type(page, "requests_per_month", "300000");
  const mine = await changedAnswer(page, standard);
  await says(page, 300_000);
  const keptBefore = await kept(page);
  const link = encoded({ f: 1, r: 1, c: 1, m: 1, n: "", a: { requests_per_month: 5_000_000 }, h: null });
  await page.goto(`${url}#s=${link}`);
  await changedAnswer(page, mine);
  assert.equal(await kept(page), keptBefore);
  await page.goBack();
  await holds(page, "300000");
  assert.equal(await answer(page), mine);
  assert.equal(plain(await volume(page).inputValue()), "300000");
  await assertClean();
});

browserTest("the links within the page leave the scenario in the address and give the heading the focus", async ({ page, assertClean }) => {
  const standard = await answer(page);
  await type(page, "requests_per_month", "300000");
  await changedAnswer(page, standard);
  await says(page, 300_000);
  const address = page.url();
  for (const [words, heading] of [["What would change it", "What would change the answer"], ["The path", ""]]) {
    await page.locator(".contents").getByRole("link", { name: words, exact: true }).click();
    await page.waitForFunction(() => /^(H1|H2|H3|SUMMARY)$/.test(document.activeElement.tagName));
    const focus = await page.evaluate(() => document.activeElement.innerText);
    assert.ok(focus.startsWith(heading), focus);
    const { y } = await page.locator(":focus").boundingBox();
    assert.ok(y > 50 && y < 720, `${words}: ${y}`);
    assert.equal(page.url(), address);
  }
  assert.equal(await page.locator('a[href^="#"]').evaluateAll((links) => links.some((link) => link.getAttribute("href") === "#")), false);
  await assertClean();
});

browserTest("an address that names a place leads there", { hash: "#plan" }, async ({ page, assertClean }) => {
  await page.waitForFunction(() => document.activeElement.parentElement?.id === "plan");
  assert.ok(await page.locator("#plan").evaluate((plan) => plan.open));
  await assertClean();
});

browserTest("the first stops of the keyboard lead to the verdict and to the inputs", async ({ page, assertClean }) => {
  await page.locator("h1").waitFor();
  await page.locator("body").press("Tab");
  assert.equal(await page.locator(":focus").innerText(), "To the verdict");
  await page.keyboard.press("Tab");
  assert.equal(await page.locator(":focus").innerText(), "To the inputs");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement.closest("#inputs"));
  await assertClean();
});

browserTest("the title names the scenario and the verdict, and follows both", async ({ page, assertClean }) => {
  await ready(page);
  const title = async () => (await page.title()).replaceAll("\u00a0", " ");
  assert.match(await title(), /^Prompt an API model, \$\d+ k: Invoice fields\. Tunewise$/);
  await page.locator("#preset").selectOption("support-triage");
  await page.waitForFunction(() => document.title.endsWith(": Support triage. Tunewise"));
  await type(page, "requests_per_month", "900000");
  await page.waitForFunction(() => document.title.endsWith(": Your scenario. Tunewise"));
  assert.ok((await title()).startsWith((await verdict(page)).replace(/\.$/, "")), await title());
  await assertClean();
});

for (const [width, height] of [[1280, 800], [768, 1024], [360, 740]]) {
  browserTest(
    `the masthead says the verdict once that has left the screen, ${width} pixels wide`,
    { viewport: { width, height } },
    async ({ page, assertClean }) => {
      await page.locator("h1").waitFor();
      const line = page.locator('.masthead [data-testid="verdict-line"]');
      await page.waitForTimeout(300);
      assert.equal(await line.isVisible(), false);
      await page.evaluate(() => scrollTo(0, 2_000));
      await line.waitFor({ state: "visible" });
      assert.match((await line.innerText()).replaceAll("\u00a0", " "), /^Prompt an API model, \$\d+ k/);
      const masthead = await page.locator(".masthead").boundingBox();
      assert.ok(masthead.y === 0 && masthead.height < 55, JSON.stringify(masthead));
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
      await page.evaluate(() => scrollTo(0, 0));
      await line.waitFor({ state: "hidden" });
      await assertClean();
    },
  );
}

browserTest("trying a change marks its field, keeps the focus, and is taken back in one step", async ({ page, assertClean }) => {
  await ready(page);
  await searched(page);
  const before = await answer(page);
  const uses = page.locator('[data-changes="use"]');
  assert.ok((await uses.locator("button.try:visible").count()) >= 3);
  const evidence = uses.locator('button.try[data-flip="evidence_small"]');
  const id = await evidence.getAttribute("id");
  await page.locator("#changes-heading").evaluate((heading) => heading.scrollIntoView());
  const { y: place } = await evidence.boundingBox();
  await evidence.focus();
  await page.keyboard.press("Enter");
  const tried = await changedAnswer(page, before);
  assert.equal(await focused(page), id);
  assert.equal(await verdict(page), "Prompt the smaller API model.");
  await page.locator(".field.is-tried #input-evidence_small").waitFor();
  await page.waitForFunction(() => {
    const form = document.querySelector("#inputs").getBoundingClientRect();
    const field = document.querySelector(".field.is-tried").getBoundingClientRect();
    return field.top >= form.top && field.bottom <= Math.min(form.bottom, innerHeight);
  });
  const moved = Math.abs((await page.locator(`#${id}`).boundingBox()).y - place);
  assert.ok(moved < 3, `what has the focus has moved by ${moved} pixels`);
  // Once the search is over something else stands there, or nothing; the focus is not lost to the page as a whole.
  await searched(page);
  assert.equal(await focused(page), id);
  await notice(page).filter({ hasText: "Trying 189 of 200 right" }).waitFor();
  await page.goBack();
  assert.equal(await changedAnswer(page, tried), before);
  await page.goForward();
  assert.equal(await changedAnswer(page, before), tried);
  await page.keyboard.press("Control+z");
  assert.equal(await changedAnswer(page, tried), before);
  await searched(page);
  await page.locator('[data-changes="use"] button.try[data-flip="evidence_small"]').click();
  await changedAnswer(page, before);
  await notice(page).getByRole("button", { name: "Undo" }).click();
  assert.equal(await changedAnswer(page, tried), before);
  assert.equal(await page.locator(".field.is-tried").count(), 0);
  await assertClean();
});

browserTest("below the nearest stand all inputs that would change the answer, and how many do not", async ({ page, assertClean }) => {
  await ready(page);
  await searched(page);
  const all = page.locator(".all-changes");
  const summary = await all.locator("> summary").innerText();
  const [, changing, count] = summary.match(/^All (\d+) inputs that would change it, of (\d+)$/) ?? assert.fail(summary);
  await all.locator("> summary").click();
  await all.locator("button.try").first().waitFor();
  const inputs = await all.locator("button.try").evaluateAll((all) => new Set(all.map((one) => one.dataset.flip)).size);
  assert.equal(inputs, Number(changing));
  const others = all.locator("details.more > summary");
  assert.equal(await others.innerText(), `${count - changing} others do not`);
  await others.click();
  await all.getByText("No value in range changes the answer").waitFor();
  await assertClean();
});
