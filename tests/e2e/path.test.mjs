// The path: a small tree of what each measurement leads to, whose states open and can be tried.
import assert from "node:assert/strict";
import { browserTest } from "./harness.mjs";
import { answer, changedAnswer, ready, verdict } from "./page.mjs";

const section = (page) => page.locator("#path");
const steps = (page) => section(page).locator("button[data-state]");
/** What is told of the state that lies open: in the one of its two places that is in use. */
const told = (page) => page.locator('[data-testid="path-detail"]:visible');

/** Wait until the tree stands. */
async function tree(page) {
  await ready(page);
  await steps(page).first().waitFor();
}

/** Open the state whose condition says this. */
async function open(page, condition) {
  const step = section(page).locator(".path-step", { hasText: condition }).first();
  await step.locator("button").click();
  await told(page).waitFor();
  return told(page).innerText();
}

browserTest("the path is a nested list of the present state and at most seven that may follow", async ({ page, assertClean }) => {
  await tree(page);
  const count = await steps(page).count();
  assert.ok(count > 3 && count <= 8, `${count} states`);
  assert.equal(await section(page).locator("ol.path-root > li").count(), 1);
  assert.match(await section(page).locator("h2").innerText(), /measurements? decides? between \$[\d.,]+ and \$[\d.,]+ per 1,000 requests/);
  // Every branch says its cost in words, beside the mark on the axis that is hidden from those who listen.
  for (const leaf of await section(page).locator("li.path-leaf").all()) {
    assert.match(await leaf.locator("button").textContent(), /\$[\d.,]+ per 1,000 requests/);
    assert.equal(await leaf.locator(".path-end").getAttribute("aria-hidden"), "true");
  }
  assert.match(await section(page).locator(".path-note").innerText(), /172 to 188 right cannot tell/);
  await assertClean();
});

browserTest("a state opens to its verdict, its cost and its reason, and a test to its lines and odds", async ({ page, assertClean }) => {
  await tree(page);
  assert.equal(await told(page).count(), 0);
  const first = steps(page).first();
  await first.click();
  await told(page).waitFor();
  assert.equal(await first.getAttribute("aria-expanded"), "true");
  const now = await told(page).innerText();
  assert.ok(now.includes(await verdict(page)), now);
  assert.match(now, /Cost\s+\$[\d.,]+ per 1,000 requests/);
  assert.match(now, /Why\s+\S/);
  // Nothing leads to the present state.
  assert.equal(await told(page).locator("[data-try-state]").count(), 0);
  const proven = await open(page, "189 or more right");
  assert.match(proven, /One re-evaluation, \d+\shours: \$/);
  assert.match(proven, /pays if its chance is better than 1 in \d+: \$.* \/ \(\$.* saved \+ \$/);
  for (const term of ["The test", "Its odds", "Its chance"]) assert.ok(proven.includes(term), term);
  assert.equal(await told(page).count(), 1, "one state is open at a time");
  await section(page).locator('button[aria-expanded="true"]').click();
  await told(page).waitFor({ state: "detached" });
  await assertClean();
});

browserTest("trying a state leads to the verdict that it said, and one step back brings all back", async ({ page, assertClean }) => {
  const before = await answer(page);
  const decided = await verdict(page);
  await tree(page);
  const said = await open(page, "It passes");
  await told(page).locator("[data-try-state]").click();
  await changedAnswer(page, before);
  const then = await verdict(page);
  assert.notEqual(then, decided);
  assert.ok(said.includes(then), `${said}\n${then}`);
  // The button is gone with its tree, and the focus is not lost.
  assert.equal(await page.evaluate(() => document.activeElement.id), "path-heading");
  await page.keyboard.press("Control+z");
  await page.waitForFunction((decided) => document.querySelector("h1").innerText === decided, decided);
  assert.equal(await answer(page), before);
  await assertClean();
});

browserTest("every example has a path, or a sentence that says why none leads on", async ({ page, assertClean }) => {
  await tree(page);
  const ids = await page.locator("#preset option").evaluateAll((all) => all.map((one) => one.value).filter(Boolean));
  for (const id of ids) {
    await page.locator("#preset").selectOption(id);
    await page.waitForTimeout(400);
    const title = await section(page).locator("h2").innerText();
    const count = await steps(page).count();
    assert.ok(title.length > 0 && count <= 8, `${id}: ${count} states, “${title}”`);
    if (count === 0) assert.match(title, /leads on|asks again|settle/);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, id);
  }
  await assertClean();
});

browserTest("on a phone the path runs downward, and opens under its step", { viewport: { width: 360, height: 740 } }, async ({ page, assertClean }) => {
  await tree(page);
  const boxes = await Promise.all((await steps(page).all()).map((step) => step.boundingBox()));
  for (const [at, box] of boxes.entries()) {
    assert.ok(box.x >= 0 && box.x + box.width <= 360, `step ${at} leaves the screen`);
    assert.ok(box.height >= 24, `step ${at} is ${box.height} px high`);
    if (at > 0) assert.ok(box.y > boxes[at - 1].y, `step ${at} stands below the one before`);
  }
  const second = steps(page).nth(1);
  await second.click();
  await told(page).waitFor();
  const [step, detail, next] = await Promise.all([second.boundingBox(), told(page).boundingBox(), steps(page).nth(2).boundingBox()]);
  assert.ok(detail.y > step.y && detail.y + detail.height <= next.y + 1);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  await assertClean();
});
