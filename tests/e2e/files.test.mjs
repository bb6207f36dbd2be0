// Scenarios as files: handed out, and taken in by choosing, dropping and pasting. Nothing is lost, nothing replaced.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { browserTest } from "./harness.mjs";
import { clipboard, copiedLink, decoded, encoded, field, keeps, notice, openMenu, ready, type, verdict, withoutStorage } from "./page.mjs";

const ENTRY = "tunewise:/some/wiki/tunewise/:entry:";
const folder = mkdtempSync(join(tmpdir(), "tunewise-files-"));
after(() => rmSync(folder, { recursive: true }));

/** A file on the disk with this text. */
function file(name, text) {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const line = (page, name) => page.locator(".kept li", { has: page.locator(`.kept-open span:text-is("${name}")`) });

/** Change the volume and wait until that is kept. */
async function edit(page, text) {
  await type(page, "requests_per_month", text);
  await keeps(page, text);
}

/** The texts that are kept. */
const texts = (page) =>
  page.evaluate(
    (prefix) =>
      Object.entries({ ...localStorage })
        .filter(([key]) => key.startsWith(prefix))
        .map(([, text]) => text),
    ENTRY,
  );
/** Names and volumes of what is kept and can be read. */
async function volumes(page) {
  const entries = (await texts(page)).map((text) => JSON.parse(text)).filter((one) => one.v === 1);
  entries.sort((a, b) => a.name.localeCompare(b.name));
  return Object.fromEntries(entries.map((one) => [one.name, JSON.parse(one.scenario).a.requests_per_month]));
}
const volume = async (page) => (await field(page, "requests_per_month").inputValue()).replaceAll(",", "");
const shows = (page, text) =>
  page.waitForFunction(
    (text) => document.querySelector("#input-requests_per_month").value.replaceAll(",", "") === text,
    text,
  );
const said = (page, text) => notice(page).filter({ hasText: text }).waitFor();
const scenario = (requests_per_month, n = "") => ({ f: 1, r: 1, c: 1, m: 1, n, a: { requests_per_month }, h: null });

/** Click under the menu on what hands out a file, and read that. */
async function handedOut(page, button) {
  await openMenu(page);
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator(button).click()]);
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), "utf8") };
}

async function choose(page, ...paths) {
  await openMenu(page);
  await page.locator("#files-in").setInputFiles(paths);
}

/** Drop files on the page as the desktop does. */
async function drop(page, ...paths) {
  const devtools = await page.context().newCDPSession(page);
  const data = { items: [], files: paths, dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"]) {
    await devtools.send("Input.dispatchDragEvent", { type, x: 300, y: 300, data });
  }
}

/** Paste a text where nothing is being edited. */
async function paste(page, text) {
  await page.evaluate((text) => navigator.clipboard.writeText(text), text);
  await page.evaluate(() => document.activeElement?.blur());
  await page.keyboard.press("Control+V");
}

/** A profile with two scenarios, “Pilot” with a note and “Your scenario”; the second is shown. */
async function filled(page) {
  await ready(page);
  await edit(page, "2500000");
  await openMenu(page);
  await line(page, "Your scenario").locator(".kept-more > summary").click();
  await page.locator(".kept-name").fill("Pilot");
  await page.locator(".kept-name").press("Enter");
  await page.locator(".kept-note").fill("before the rise in prices");
  await page.locator(".kept-note").press("Tab");
  await keeps(page, "before the rise");
  await page.keyboard.press("Escape");
  await page.locator("#preset").selectOption("consumer-chat");
  await shows(page, "6000000");
  await edit(page, "6100000");
}
const BOTH = { "Pilot": 2_500_000, "Your scenario": 6_100_000 };

browserTest("all scenarios go out as one file and come in again by choosing, dropping and pasting", clipboard, async ({ page, open, assertClean }) => {
  await filled(page);
  assert.deepEqual(await volumes(page), BOTH);
  const headline = await verdict(page);
  const { name, text } = await handedOut(page, "#all-file");
  assert.equal(name, "scenarios.tunewise.json");
  assert.deepEqual(Object.values(JSON.parse(text).entries).map((one) => one.name).sort(), Object.keys(BOTH));
  const path = file(name, text);
  for (const bring of [choose, drop, (page) => paste(page, text)]) {
    const fresh = await open(clipboard);
    await ready(fresh.page);
    const before = await verdict(fresh.page);
    await bring(fresh.page, path);
    await said(fresh.page, "2 scenarios added.");
    assert.deepEqual(await volumes(fresh.page), BOTH);
    assert.equal(await verdict(fresh.page), before, "they are only added");
    // The same once more.
    await bring(fresh.page, path);
    await said(fresh.page, "Nothing was added: all 2 scenarios were here already.");
    assert.deepEqual(await volumes(fresh.page), BOTH);
    await openMenu(fresh.page);
    await line(fresh.page, "Your scenario").locator(".kept-open").click();
    await shows(fresh.page, "6100000");
    assert.equal(await verdict(fresh.page), headline);
    await openMenu(fresh.page);
    assert.match(await line(fresh.page, "Pilot").innerText(), /before the rise in prices/);
    await fresh.assertClean();
  }
  await assertClean();
});

browserTest("what was added is taken out again, but for what was changed since", async ({ page, open, assertClean }) => {
  await filled(page);
  const { name, text } = await handedOut(page, "#all-file");
  const fresh = await open();
  await ready(fresh.page);
  await edit(fresh.page, "7000000");
  await choose(fresh.page, file(name, text));
  await said(fresh.page, "2 scenarios added.");
  assert.deepEqual(await volumes(fresh.page), { ...BOTH, "Your scenario": 7_000_000, "Your scenario (2)": 6_100_000 });
  await fresh.page.locator("#undo").click();
  await said(fresh.page, "are taken out again.");
  assert.deepEqual(await volumes(fresh.page), { "Your scenario": 7_000_000 });
  await fresh.page.locator("#undo").click();
  await fresh.page.waitForFunction(() => !document.querySelector(".notice"));
  assert.equal((await texts(fresh.page)).length, 3);
  await fresh.assertClean();
  await assertClean();
});

browserTest("one scenario goes out with name and note and opens beside the present work", async ({ page, open, assertClean }) => {
  await filled(page);
  await openMenu(page);
  await line(page, "Pilot").locator(".kept-open").click();
  await shows(page, "2500000");
  const headline = await verdict(page);
  const { name, text } = await handedOut(page, "#scenario-file");
  assert.equal(name, "pilot.tunewise.json");
  const fresh = await open();
  await ready(fresh.page);
  await edit(fresh.page, "7000000");
  await drop(fresh.page, file(name, text));
  await shows(fresh.page, "2500000");
  await said(fresh.page, "Now showing “Pilot”");
  assert.equal(await verdict(fresh.page), headline);
  assert.deepEqual(await volumes(fresh.page), { "Your scenario": 7_000_000 }, "what is only opened is not kept");
  await edit(fresh.page, "2600000");
  assert.deepEqual(await volumes(fresh.page), { "Pilot": 2_600_000, "Your scenario": 7_000_000 });
  await openMenu(fresh.page);
  assert.match(await line(fresh.page, "Pilot").innerText(), /before the rise in prices/);
  await fresh.page.goBack();
  await shows(fresh.page, "7000000");
  await fresh.assertClean();
  await assertClean();
});

browserTest("a name that was given travels in the link, and the link finds its entry again", clipboard, async ({ page, open, assertClean }) => {
  await filled(page);
  await openMenu(page);
  const mine = line(page, "Your scenario");
  await mine.locator(".kept-more > summary").click();
  await mine.locator(".kept-name").fill("Rollout");
  await page.keyboard.press("Enter");
  await keeps(page, '"name":"Rollout"');
  await page.keyboard.press("Escape");
  const link = await copiedLink(page);
  assert.equal(decoded(link).n, "Rollout");
  assert.equal(decoded(page.url()).n, "Rollout", "the address too");
  await page.reload();
  await ready(page);
  await edit(page, "6200000");
  assert.deepEqual(await volumes(page), { "Pilot": 2_500_000, "Rollout": 6_200_000 });
  const fresh = await open({ hash: link.slice(link.indexOf("#")) });
  await ready(fresh.page);
  assert.equal(await fresh.page.locator("#preset option:checked").innerText(), "Rollout");
  await edit(fresh.page, "6300000");
  assert.deepEqual(await volumes(fresh.page), { Rollout: 6_300_000 });
  await assertClean();
});

browserTest("what is something else changes nothing and is told where it belongs", clipboard, async ({ page, assertClean }) => {
  await ready(page);
  await edit(page, "2500000");
  const before = [await texts(page), await verdict(page), page.url()];
  const large = file("export.csv", "model,tokens\n".padEnd(5_000_000, "gpt-4o,17\n"));
  const cases = [
    [large, "“export.csv” was not taken over; nothing was changed by it. It has 4.8 MiB; scenarios from a file have at most 4 MiB."],
    [file("usage.csv", "model,input_tokens,output_tokens,requests\ngpt-4o,1000,200,3\n"), "belongs under “Fill in from a usage export”"],
    [file("house.json", '{"policy":1,"name":"House"}'), "belongs under “Load or paste a policy”"],
    [file("config.json", '{"model_type":"llama","hidden_size":4096}'), "belongs under “Read a model from its config.json”"],
    [file("cut.json", '{"tunewise_library":1,"entries":{"a":{"v":1,'), "incomplete or damaged"],
    [file("photo.png", "\x89PNG\0\0"), "not a text in UTF-8"],
  ];
  for (const [path, text] of cases) {
    for (const bring of [choose, drop]) {
      await bring(page, path);
      await said(page, text);
      await notice(page).getByRole("button", { name: "Dismiss" }).first().click();
    }
  }
  await paste(page, "Dear all, the meeting is at ten.");
  await said(page, "What was pasted was not taken over");
  assert.deepEqual([await texts(page), await verdict(page), page.url()], before);
  await assertClean();
});

browserTest("of a library with broken entries all others are added, and those are set aside as they are", async ({ page, assertClean }) => {
  await ready(page);
  const entry = (name, scenario) => ({ v: 1, name, edited: 1, scenario });
  const entries = {
    a: entry("Good", JSON.stringify(scenario(7777))),
    b: entry("Cut off", '{"f":1,"a":'),
    c: { v: 9, shelf: "later" },
  };
  await choose(page, file("damaged.json", JSON.stringify({ tunewise_library: 1, entries })));
  await said(page, "3 scenarios added. The menu beside the name lists what is kept. Set aside, since this version cannot read them, are “Cut off” and one without a name.");
  assert.ok((await texts(page)).includes('{"v":9,"shelf":"later"}'));
  await openMenu(page);
  await line(page, "Cannot be read").locator(".kept-more > summary").click();
  const [download] = await Promise.all([page.waitForEvent("download"), line(page, "Cannot be read").locator(".kept-file").click()]);
  assert.equal(readFileSync(await download.path(), "utf8"), '{"v":9,"shelf":"later"}');
  const { text } = await handedOut(page, "#all-file");
  assert.deepEqual(Object.values(JSON.parse(text).aside), ['{"v":9,"shelf":"later"}'], "it goes out with the others");
  await assertClean();
});

browserTest("a record, a link and a scenario written by hand open, from the menu too", clipboard, async ({ page, open, assertClean }) => {
  await filled(page);
  const { text: markdown } = await handedOut(page, "#record");
  const { text: json } = await handedOut(page, "#record-json");
  const link = await copiedLink(page);
  const fresh = await open(clipboard);
  await ready(fresh.page);
  const before = await volume(fresh.page);
  await drop(fresh.page, file("record.md", markdown));
  await fresh.page.locator("#open-recorded").click();
  await shows(fresh.page, "6100000");
  await fresh.page.locator("#undo").click();
  await shows(fresh.page, before);
  await drop(fresh.page, file("record.json", json));
  await fresh.page.locator("#open-recorded").click();
  await shows(fresh.page, "6100000");
  await fresh.page.locator("#close-since").click();
  await paste(fresh.page, `#s=${encoded(scenario(7777, "Pilot"))}`);
  await shows(fresh.page, "7777");
  await said(fresh.page, "Now showing “Pilot”");
  await openMenu(fresh.page);
  await fresh.page.locator("#paste-in").fill(`See ${link}, please.`);
  await fresh.page.locator("#paste-in").press("Enter");
  await shows(fresh.page, "6100000");
  await openMenu(fresh.page);
  assert.equal(await fresh.page.locator("#paste-in").inputValue(), "");
  await fresh.page.keyboard.press("Escape");
  await drop(fresh.page, file("hand.json", '{"name":"By hand","answers":{"requests_per_month":"4321"}}'));
  await shows(fresh.page, "4321");
  await fresh.assertClean();
  await assertClean();
});

browserTest("where a text is edited or a place takes files of its own, both stay what they were", clipboard, async ({ page, assertClean }) => {
  await ready(page);
  const link = `#s=${encoded(scenario(7777))}`;
  await page.evaluate((text) => navigator.clipboard.writeText(text), "1234567");
  await field(page, "requests_per_month").fill("");
  await page.keyboard.press("Control+V");
  await page.keyboard.press("Tab");
  await shows(page, "1234567");
  assert.equal(await notice(page).innerText(), "");
  await page.locator("details#usage > summary").click();
  await page.locator("#usage-file").waitFor();
  const transfer = await page.evaluateHandle((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], "link.txt"));
    return data;
  }, link);
  await page.locator(".usage .drop").dispatchEvent("drop", { dataTransfer: transfer });
  await page.waitForFunction(() => document.querySelector("#usage-error").textContent !== "");
  assert.equal(await volume(page), "1234567");
  assert.equal(await notice(page).innerText(), "");
  await assertClean();
});

for (const [state, sabotage] of Object.entries(withoutStorage)) {
  browserTest(
    `with storage ${state} one scenario opens, and what could not be kept is said`,
    { before: (page) => page.addInitScript(sabotage) },
    async ({ page, assertClean }) => {
      await ready(page);
      const entry = (name, requests) => ({ v: 1, name, edited: 1, scenario: JSON.stringify(scenario(requests)) });
      const library = (entries) => JSON.stringify({ tunewise_library: 1, entries });
      await drop(page, file("two.json", library({ a: entry("One", 1111), b: entry("Two", 2222) })));
      await said(page, "Nothing was added. Not kept, since ");
      await said(page, "“One” and “Two”. What they came from still holds them.");
      await drop(page, file("one.json", library({ a: entry("One", 1111) })));
      await shows(page, "1111");
      assert.equal(decoded(page.url()).a.requests_per_month, 1111, "the address holds it");
      await assertClean();
    },
  );
}
