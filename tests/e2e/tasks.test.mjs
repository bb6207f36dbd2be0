// Five people's tasks, walked from a fresh profile with the keyboard alone and with a thumb: in a few steps to an answer
// whose decisive figure lies open down to its source. With TELL=1 the steps and what is read are printed.
import assert from "node:assert/strict";
import { browserTest } from "./harness.mjs";
import { searched, verdict } from "./page.mjs";
import { keyboard, person, thumb } from "./person.mjs";

/** As many steps as a task may take. */
const MOST_STEPS = 8;

const ways = {
  "keyboard alone, 1280 pixels wide": [keyboard, { viewport: { width: 1280, height: 800 } }],
  "thumb, 360 pixels wide": [thumb, { viewport: { width: 360, height: 800 }, hasTouch: true, isMobile: true }],
};

// What a reader goes by: the words of the page.
const group = (page, words) => page.locator("details.group > summary").filter({ hasText: words });
/** A text field; its unit is said behind its name. */
const text = (page, name) => page.getByRole("textbox", { name: new RegExp(`^${name.replace("?", "\\?")}`) });
const list = (page, name) => page.getByRole("combobox", { name, exact: true });
const box = (page, name) => page.getByRole("checkbox", { name, exact: true });
const row = (page, words) => page.locator("button[data-dot]").filter({ hasText: words });
const amount = (words) => Number(words.replace(/[^\d.]/g, ""));

/** Wait until the answer says this; the first lines of what it says. */
async function answered(page, words) {
  await page.waitForFunction(
    (source) => new RegExp(source).test(document.querySelector('[data-testid="headline"]')?.innerText),
    words.source,
  );
  // What the search finds moves what stands below: a person reads on when the page is at rest.
  await searched(page);
  const lede = await page.locator('[data-testid="lede"]').innerText();
  return `${await verdict(page)} ${lede}`.replaceAll("\u00a0", " ");
}

/**
 * Follow the dearest line of an opened strategy: its share, what it is worked out from, and the links to its sources.
 * The lines make up the whole, and one of two kinds of source with its month stands with it.
 */
async function dearestLine(page, opened) {
  await opened.locator(".costs").waitFor();
  const lines = opened.locator(".costs tr:has(.derivation)");
  const told = await lines.evaluateAll((all) =>
    all.map((line) => ({
      name: line.querySelector("th").firstChild.textContent,
      amount: line.querySelector("td").textContent,
      share: line.querySelector("td:last-child").textContent,
      from: line.querySelector(".derivation").textContent.replaceAll("\u00a0", " "),
    })),
  );
  const shares = told.map((line) => amount(line.share));
  const whole = shares.reduce((sum, share) => sum + share, 0);
  assert.ok(Math.abs(whole - 100) < 0.5, `the shares make up ${whole} %`);
  const place = shares.indexOf(Math.max(...shares));
  assert.match(told[place].from, /\d/, "it says what it is worked out from");
  assert.match(told[place].from, /20\d\d-\d\d/, "and of when that is");
  const links = lines.nth(place).locator(".source a");
  return { ...told[place], links, lines: told };
}

/** The row of the strategy that the answer uses. */
const used = (page) => page.locator("li.is-verdict button[data-dot]");
const opened = (page) => page.locator("tr.detail-row:visible");

const tasks = {
  "a start-up's support bot with 120,000 tokens of knowledge": async (page, someone) => {
    await someone.open("open the group The work", group(page, "The work"));
    await someone.pick("pick Kind of task: Answer questions", list(page, "Kind of task"), "Answer questions");
    await someone.open("open the group Data", group(page, "Data"));
    await someone.fill("fill Knowledge: 120,000", text(page, "Knowledge the model must look up"), "120,000");
    const says = await answered(page, /retrieval|knowledge in the prompt/i);
    await someone.open("open the row that is used now", used(page));
    const line = await dearestLine(page, opened(page));
    await someone.look(line.links.last());
    return { says, line };
  },

  "a bank whose data may go to two named vendors": async (page, someone) => {
    await someone.open("open the group Constraints", group(page, "Constraints"));
    await someone.pick("pick Where may the data go: Vendor under contract", list(page, "Where may the data go"), "Vendor under contract");
    await answered(page, /No vendor is named/);
    await someone.mark("mark Anthropic", box(page, "Anthropic"));
    await someone.mark("mark Google", box(page, "Google"));
    const asks = await answered(page, /^(?!No vendor)/);
    assert.match(asks, /is not under contract: choose a model of Anthropic or Google as API model/);
    await someone.open("open the group Models, hardware", group(page, "Models, hardware"));
    await someone.pick("pick API model: claude-sonnet-5-5", list(page, "API model"), "claude-sonnet-5-5");
    const says = await answered(page, /^Prompt/);
    await someone.open("open the row that is used now", used(page));
    const line = await dearestLine(page, opened(page));
    await someone.look(line.links.last());
    return { says, line };
  },

  "a batch summariser at 20 million requests a month": async (page, someone) => {
    await someone.fill("fill How many requests: 20 million", text(page, "How many requests?"), "20 million");
    await someone.open("open the group The work", group(page, "The work"));
    await someone.pick("pick Kind of task: Summarise or translate", list(page, "Kind of task"), "Summarise or translate");
    await someone.open("open its other fields", page.locator('details.group button[data-all-inputs="work"]'));
    await someone.fill("fill Work that can wait: 100 %", text(page, "Work that can wait"), "100%");
    const says = await answered(page, /./);
    await someone.open("open the row that is used now", used(page));
    const line = await dearestLine(page, opened(page));
    await someone.look(line.links.last());
    assert.match(line.from, /20,\d{3},\d{3} calls|2\d\.\d+ million|calls a month/, line.from);
    return { says, line };
  },

  "a team told to fine-tune, with 3,000 labels and 168 of 200 right": async (page, someone) => {
    await someone.fill("fill What data do you have: 3,000", text(page, "What data do you have?"), "3,000");
    await someone.open("open the group Quality, evidence", group(page, "Quality, evidence"));
    await someone.fill("fill Prompted API model, measured: 168/200", text(page, "Prompted API model, measured"), "168/200");
    const says = await answered(page, /proven/);
    assert.match(says, /Prompted API model is measured to fail 90 %/);
    // Before any tuning stands what can be known for less; the state that it leads to is tried, and its cost opened.
    const [, model] = says.match(/Test ([\w.-]+): /) ?? assert.fail(says);
    await someone.open("open the step of the path that the test leads to", page.locator("#path button[data-state]").filter({ hasText: `Prompt ${model}` }));
    await someone.open("try it", page.locator('[data-testid="path-detail"]:visible [data-try-state]'));
    await answered(page, /^Prompt/);
    await someone.open("open the row that is used now", used(page));
    const line = await dearestLine(page, opened(page));
    assert.ok(line.from.includes(model), line.from);
    await someone.look(line.links.last());
    return { says, line };
  },

  "a finance reviewer who asks what most of the cost rests on": async (page, someone) => {
    const says = await answered(page, /./);
    await someone.open("open the row that is used now", used(page));
    const { lines, ...line } = await dearestLine(page, opened(page));
    await someone.look(line.links.last());
    // Most of it is people: their hours, each with its range, stand in one table.
    const people = lines.filter(({ from }) => from.includes("an hour"));
    const share = people.reduce((sum, { share }) => sum + amount(share), 0);
    assert.ok(share > 50, `people are ${share} % of it`);
    const hours = opened(page).locator(".derivation", { hasText: "an hour" }).first();
    await someone.open("follow the assumptions of this tool", hours.getByRole("link", { name: "assumptions of this tool" }));
    const table = page.locator("#table-efforts");
    await table.locator("tbody tr").first().waitFor();
    await page.waitForFunction(() => document.activeElement.closest("#sources"));
    const source = table.locator("tbody tr", { hasText: "Build: prompts" }).first();
    assert.match(await source.innerText(), /80\s+24\s+160\s+20\d\d-\d\d\s+assumption/);
    return { says, line };
  },
};

for (const [who, walk] of Object.entries(tasks)) {
  for (const [how, [hands, options]] of Object.entries(ways)) {
    browserTest(`${who}: ${how}`, options, async ({ page, assertClean }) => {
      await page.locator('[data-testid="headline"]').waitFor();
      const someone = person(hands(page));
      const { says, line } = await walk(page, someone);
      assert.ok(someone.steps.length <= MOST_STEPS, `${someone.steps.length} steps: ${someone.steps.join("; ")}`);
      assert.ok((await line.links.count()) > 0, "a source can be followed");
      if (process.env.TELL) console.log(`${who}\n  ${how}: ${someone.steps.length} steps, ${someone.strokes()} keys: ${someone.steps.join("; ")}\n  ${says}\n  ${line.name}, ${line.share} of it: ${line.from}`);
      await assertClean();
    });
  }
}
