// Why, why not, what would change it; the table of rules; and an organisation's policy.
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { browserTest } from "./harness.mjs";
import {
  answer, applyPolicy, changedAnswer, choose, clipboard, copiedLink, decoded, field, keeps, notice, openFold, openPolicyForm, ready,
  settledAnswer, showAllInputs, type, verdict,
} from "./page.mjs";

const policy = {
  policy: 1,
  name: "Example Bank",
  rules: [
    {
      id: "BANK-1",
      on: ["own-gpus"],
      when: [{ fact: "on_call", is: false }],
      effect: "excludes",
      reason: "Nothing runs on our GPUs with nobody on call.",
      relax: "somebody on call",
      source: "IT standard 7",
    },
    { id: "BANK-2", on: ["api"], effect: { against: 1 }, reason: "At {requests} requests we watch lock-in." },
  ],
  excluded: { "open-managed": "No inference providers." },
  defaults: { hourly_rate: 120 },
};
const policyText = JSON.stringify(policy, null, 2);

const policyLine = (page) => page.locator('[data-testid="policy-line"]');
const ruleItem = (page, id) => page.locator(`[data-rule="${id}"]`);
const inForce = (page) => page.locator('[data-testid="policy-in-force"]');
const errors = (page) => page.locator("#policy-errors li");

/** The table of rules, opened. */
async function openRules(page) {
  await openFold(page, "why");
  const place = page.locator("details.rule-table");
  if (!(await place.evaluate((one) => one.open))) await place.locator("> summary").click();
  await ruleItem(page, "P1").waitFor();
  return place;
}

browserTest("why not LoRA, and what would make it LoRA, are at most two clicks away", async ({ page, assertClean }) => {
  await ready(page);
  // Why not stands in the row already.
  const row = page.locator('tr[data-strategy="lora"]');
  const why = (await row.locator('[data-column="why"]').innerText()).trim();
  assert.match(why, /times the cost|dearer|not proven/);

  await row.locator("button").first().click();
  const ways = page.locator('#detail-lora [data-testid="ways"]');
  assert.ok((await ways.innerText()).includes(why));
  const flips = ways.locator("button.flip");
  await flips.first().waitFor();
  // What the row tells of is settled: the nearest of all, and not those found so far.
  const before = await settledAnswer(page);
  assert.ok((await flips.count()) <= 3);
  await ways.getByText("One of these alone would lead to using it, or to testing it first").waitFor();
  const promised = await ways.locator(".flip-to").first().innerText();
  assert.match(promised, /LoRA/);

  await flips.first().click();
  await changedAnswer(page, before);
  assert.ok(promised.startsWith((await verdict(page)).replace(/\.$/, "")), promised);
  assert.match(await page.locator("#verdict").innerText(), /LoRA/);
  // Its button goes with the changes that it was one of.
  await settledAnswer(page);
  assert.equal(await page.evaluate(() => document.activeElement.id), "row-lora");
  await assertClean();
});

browserTest("a strategy that no single input leads to says so, and the one in use asks nothing", async ({ page, assertClean }) => {
  const before = await answer(page);
  await choose(page, "data_boundary", "own-cloud");
  await changedAnswer(page, before);
  // It takes both: another boundary, and knowledge to look up.
  await page.locator('tr[data-strategy="rag"] button').first().click();
  await page.locator("#detail-rag").getByText("No single input leads to using or testing it first").waitFor();
  await page.locator('tr[data-strategy="open-self"] button').first().click();
  await page.locator("#detail-open-self .costs").waitFor();
  assert.ok(!(await page.locator('#detail-open-self [data-testid="ways"]').isVisible()));
  await assertClean();
});

browserTest("the chain says what each step compared, and a finding what it compared with the user's values", async ({ page, assertClean }) => {
  await ready(page);
  await openFold(page, "why");
  const steps = page.locator('[data-testid="trace"] > li');
  await steps.first().waitFor();
  const said = await steps.allInnerTexts();
  const expected = [/of twelve do not fit/, /lowest step/, /No measurement rules it out/, /Nothing proven beats it/, /worth a test/];
  assert.equal(said.length, expected.length, said.join(" "));
  expected.forEach((words, place) => assert.match(said[place], words));
  const [screen, reference, , replace] = await steps.all();
  assert.match(await verdict(page), /^Prompt an API model/);
  assert.match(await reference.innerText(), /the prompted API model is/);
  assert.match(await page.locator(".crossing summary").innerText(), /cheaper at 1\.2\smillion requests a month/);

  await screen.locator("summary").click();
  await screen.locator("tbody tr").first().waitFor();
  assert.equal(await screen.locator("tbody tr").count(), 12);
  await replace.locator("summary").click();
  const smaller = replace.locator("tr", { hasText: "smaller API model" });
  const saved = await smaller.innerText();
  assert.match(saved, /saves \$.*quality untested/);
  await type(page, "requests_per_month", "400k");
  await page.waitForFunction((text) => !document.querySelector('[data-testid="trace"]').innerText.includes(text), saved);
  // What is open stays open and follows.
  assert.match(await smaller.innerText(), /saves \$/);

  const opened = async (finding, words) => {
    await finding.locator("summary").click();
    await finding.getByText("Source:").waitFor();
    assert.match(await finding.innerText(), words);
  };
  // What holds for several is told once, what holds for one under its name.
  await opened(
    page.locator('[data-testid="shared-findings"] .finding', { hasText: "API cost adds up" }),
    /Rule P7c[\s\S]*requests a month: 400,000 \(at least 100,000\)[\s\S]*Source:/,
  );
  const rules = page.locator("details.rules-of", { hasText: /^LoRA, self-hosted/ });
  await rules.locator("summary").first().click();
  await opened(rules.locator(".finding", { hasText: "labelled examples are enough" }), /Rule F3[\s\S]*labels still to make: 0 \(at most 0\)[\s\S]*Source:/);
  await assertClean();
});

browserTest("the table of rules marks those that fired, and can be searched and narrowed", async ({ page, assertClean }) => {
  await ready(page);
  assert.equal(await ruleItem(page, "P1").count(), 0, "built only when opened");
  const place = await openRules(page);
  const count = async () => Number((await place.locator("[role=status]").innerText()).match(/^(\d+)/)[1]);
  const all = await count();
  assert.ok(all > 80, `${all} rules`);
  assert.equal(await place.locator("[data-rule]").count(), all);
  assert.match(await ruleItem(page, "M1a").innerText(), /prefers LoRA, self-hosted[\s\S]*Fired for full fine-tuning/);
  assert.match(await ruleItem(page, "F5").innerText(), /When where the data may go is “[\s\S]*Did not fire/);

  await place.getByLabel("Only those that fired").check();
  await ruleItem(page, "F5").waitFor({ state: "detached" });
  const fired = await count();
  assert.ok(fired > 5 && fired < all, `${fired} of ${all}`);
  await place.getByLabel("Search").fill("wants about 10,000 labels");
  await ruleItem(page, "P1").waitFor({ state: "detached" });
  assert.ok(await ruleItem(page, "M1a").isVisible());
  await place.getByLabel("Search").fill("");

  // The marks follow the answers.
  await place.getByLabel("Only those that fired").uncheck();
  await type(page, "requests_per_month", "5000");
  await ruleItem(page, "P7c").filter({ hasText: "Did not fire" }).waitFor();
  await assertClean();
});

browserTest("a pasted policy takes effect, is named as the source, and survives reload and link until it is removed", clipboard, async ({ page, open, assertClean }) => {
  const before = await answer(page);
  assert.equal(await policyLine(page).count(), 0);
  await applyPolicy(page, policyText);
  const after = await changedAnswer(page, before);
  await policyLine(page).filter({ hasText: "Policy: Example Bank is applied" }).waitFor();
  assert.match(await inForce(page).innerText(), /Example Bank is applied: 2.rules, 1 excluded strategy[\s\S]*120/);
  await page.waitForFunction(() => document.activeElement?.id === "policy");
  await showAllInputs(page);
  assert.equal(await field(page, "hourly_rate").inputValue(), "120");
  // An answer of the user takes precedence, and goes back to the policy's default.
  await type(page, "hourly_rate", "95");
  await page.locator(".changed", { hasText: "Was $120." }).locator('[data-reset="hourly_rate"]').click();
  assert.equal(await answer(page), after);

  const row = page.locator('tr[data-strategy="lora"]');
  assert.match(await row.innerText(), /Nothing runs on our GPUs with nobody on call\. Would let it in: somebody on call/);
  await openFold(page, "why");
  const rules = page.locator("details.rules-of", { hasText: /^LoRA, self-hosted/ });
  await rules.locator("summary").first().click();
  const finding = rules.locator(".finding", { hasText: "nobody on call" });
  await finding.locator("summary").click();
  await finding.getByText("Source:").waitFor();
  assert.match(await finding.innerText(), /Rule BANK-1[\s\S]*somebody is on call: no[\s\S]*Policy of Example Bank: IT standard 7/);
  assert.match(await page.locator('tr[data-strategy="open-managed"]').innerText(), /Example Bank excludes it: No inference providers/);
  await openRules(page);
  assert.match(await ruleItem(page, "BANK-1").innerText(), /Fired for/);
  await page.locator(".rule-table h4", { hasText: "Policy of Example Bank" }).waitFor();

  // It leads into the fold, and leaves the address to the scenario.
  await page.waitForFunction(() => location.hash.startsWith("#s="));
  await page.locator("details#sources > summary").click();
  await policyLine(page).getByRole("link").click();
  await page.waitForFunction(() => document.getElementById("sources").open && document.activeElement?.id === "policy");
  assert.deepEqual(decoded(page.url()).p, policy);

  await keeps(page, "BANK-1");
  await page.reload();
  assert.equal(await answer(page), after);
  await policyLine(page).waitFor();

  const link = await copiedLink(page);
  assert.deepEqual(decoded(link).p, policy);
  assert.equal(decoded(link).f, 2);
  const other = await open({ hash: new URL(link).hash });
  assert.equal(await answer(other.page), after);
  await policyLine(other.page).waitFor();
  await openFold(other.page, "sources");
  await other.page.getByRole("button", { name: "Remove the policy" }).click();
  assert.equal(await changedAnswer(other.page, after), before);
  assert.equal(await policyLine(other.page).count(), 0);
  await other.page.waitForFunction(() => document.activeElement?.id === "policy");
  await notice(other.page).getByRole("button", { name: "Undo" }).click();
  assert.equal(await changedAnswer(other.page, before), after);
  await other.assertClean();
  await assertClean();
});

browserTest("another example and a fresh start stay under the policy, and undo brings the answers back", async ({ page, assertClean }) => {
  await applyPolicy(page, policyText);
  await policyLine(page).waitFor();
  const before = await answer(page);
  const example = await page.locator("#preset option").nth(2).getAttribute("value");
  await page.locator("#preset").selectOption(example);
  await notice(page).filter({ hasText: "under the policy “Example Bank”" }).waitFor();
  const other = await changedAnswer(page, before);
  await policyLine(page).waitFor();
  assert.match(await page.locator('tr[data-strategy="open-managed"]').innerText(), /No inference providers/);
  await notice(page).getByRole("button", { name: "Undo" }).click();
  assert.equal(await changedAnswer(page, other), before);
  await assertClean();
});

browserTest("what a policy may name can be looked up beside its form", async ({ page, assertClean }) => {
  await ready(page);
  await openPolicyForm(page);
  const names = page.locator("details.policy-names");
  assert.equal(await names.count(), 4);
  for (const [title, query, expected] of [
    ["Strategies", "own GPUs", /own-gpus\s+everything on own GPUs/],
    ["Facts", "somebody is on call", /on_call\s+somebody is on call\s+yes or no/],
    ["Columns", "neocloud", /gpus\s+usd_hr_neocloud\s+Neocloud, \$ an hour\s+0 to 10,000/],
    ["Inputs", "hourly_rate", /hourly_rate\s+.*rate.*\s+.* to /],
  ]) {
    const place = names.filter({ hasText: title });
    await place.locator("summary").click();
    await place.getByLabel("Search").fill(query);
    await place.locator("tbody tr").first().waitFor();
    await page.waitForFunction(
      ([place, most]) => place.querySelectorAll("tbody tr").length <= most,
      [await place.elementHandle(), 4],
    );
    assert.match(await place.locator("tbody").innerText(), expected);
  }
  await assertClean();
});

browserTest("a bad policy shows its errors row by row and changes nothing", async ({ page, assertClean }) => {
  const before = await answer(page);
  await applyPolicy(page, policyText);
  const after = await changedAnswer(page, before);
  const bad = structuredClone(policy);
  bad.rules[1].when = [{ fact: "weather", is: true }];
  bad.defaults = { hourly_rate: -5, nonsense: 1 };
  bad.surprise = true;
  await applyPolicy(page, JSON.stringify(bad));
  await errors(page).first().waitFor();
  const texts = (await errors(page).allInnerTexts()).join("\n");
  assert.match(texts, /rules 2: There is no fact “weather”/);
  assert.match(texts, /defaults hourly_rate: Must lie between/);
  assert.match(texts, /defaults nonsense: There is no such input/);
  assert.match(texts, /the file: “surprise” is not known/);
  assert.equal(await page.locator("#policy-text").getAttribute("aria-invalid"), "true");
  assert.equal(await answer(page), after);
  for (const hostile of ["", "{", "[]", '"x"', "<script>window.hacked = 1</script>", "[".repeat(50_000), "x".repeat(200_000)]) {
    await applyPolicy(page, hostile);
    await page.locator("#policy-errors", { hasText: "nothing was changed" }).waitFor();
    assert.ok((await errors(page).count()) > 0);
    assert.equal(await answer(page), after);
  }
  await page.locator("#policy-text").fill('{"policy": 1, "name": "<img src=x onerror=window.hacked=1>"}');
  await page.getByRole("button", { name: "Apply this policy" }).click();
  await policyLine(page).filter({ hasText: "<img src=x" }).waitFor();
  assert.equal(await page.evaluate(() => window.hacked), undefined);
  await assertClean();
});

browserTest("a policy file is read, a wrong one refused, and what is odd in it is said", async ({ page, assertClean }) => {
  const before = await answer(page);
  await openPolicyForm(page);
  const at = async (name, content) => {
    const path = join(tmpdir(), `tunewise-${process.pid}-${name}`);
    await writeFile(path, content);
    return path;
  };
  const file = page.locator("#policy-file");
  await file.setInputFiles(await at("large.json", " ".repeat(70_000)));
  await errors(page).filter({ hasText: "the file: It is longer than 64 kB" }).waitFor();
  await file.setInputFiles(await at("image.json", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0xff, 0xfe])));
  await errors(page).filter({ hasText: "not JSON" }).waitFor();
  assert.equal(await answer(page), before);

  const odd = structuredClone(policy);
  odd.rules[0].when.push({ fact: "on_call", is: true });
  const path = await at("odd.json", JSON.stringify(odd));
  await file.setInputFiles(path);
  await inForce(page).filter({ hasText: "Rule BANK-1 can never fire" }).waitFor();

  // Mended from the text that is in force, by keyboard.
  await inForce(page).getByRole("button", { name: "Edit it" }).focus();
  await page.keyboard.press("Enter");
  await page.locator("#policy-text").fill(policyText);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await inForce(page).filter({ hasText: "can never fire" }).waitFor({ state: "detached" });
  assert.match(await page.locator('tr[data-strategy="lora"]').innerText(), /nobody on call/);
  await assertClean();
});

browserTest("the example in the form is a policy", async ({ page, assertClean }) => {
  const before = await answer(page);
  await openPolicyForm(page);
  await page.getByRole("button", { name: "Start from an example" }).click();
  await page.getByRole("button", { name: "Apply this policy" }).click();
  await changedAnswer(page, before);
  await policyLine(page).filter({ hasText: "Example Ltd" }).waitFor();
  await assertClean();
});
