// The page survives what other software in it does: translators, highlighters, extensions.
import assert from "node:assert/strict";
import { browserTest } from "./harness.mjs";
import { answer, changedAnswer, ready, searched, type } from "./page.mjs";

/** All that can be read on the page, without its spacing. */
const words = (page) => page.evaluate(() => document.body.innerText.replace(/\s+/g, " "));

/** Three edits, one after the other, the last of them with another verdict and a wrong field on the way. */
async function edit(page) {
  const before = await answer(page);
  await type(page, "requests_per_month", "2M");
  await changedAnswer(page, before);
  await type(page, "output_tokens", "many");
  await page.locator("#error-output_tokens").waitFor();
  await type(page, "output_tokens", "900");
  await page.locator("#error-output_tokens").waitFor({ state: "detached" });
  await page.locator("#preset").selectOption({ index: 2 });
  await type(page, "required_quality", "80");
  await searched(page);
}

/** As a translator or a highlighter does: a text is cut in two, and each half wrapped. */
const wrapTexts = () => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  for (const text of texts) {
    if (!text.data.trim() || text.parentElement.closest("select, svg")) continue;
    const half = text.splitText(Math.ceil(text.length / 2));
    for (const part of [text, half]) {
      const wrapper = document.createElement("font");
      part.replaceWith(wrapper);
      wrapper.append(part);
    }
  }
};

const intrusions = {
  "merges the text nodes of the page": () => document.body.normalize(),
  "wraps every text of the page": wrapTexts,
};

for (const [what, intrude] of Object.entries(intrusions)) {
  browserTest(`software that ${what} freezes nothing`, async ({ page, assertClean, open }) => {
    const { page: plain } = await open();
    for (const one of [page, plain]) {
      await ready(one);
      await searched(one);
    }
    await page.evaluate(intrude);
    await edit(page);
    await edit(plain);
    assert.equal(await answer(page), await answer(plain));
    assert.equal(await words(page), await words(plain));
    await assertClean();
  });
}

browserTest(
  "an extension that opens everything at once, whenever the page changes, breaks nothing",
  {
    before: (page) =>
      page.addInitScript(() => {
        const openAll = () => document.querySelectorAll("details").forEach((one) => (one.open = true));
        addEventListener("DOMContentLoaded", () => {
          new MutationObserver(openAll).observe(document.body, { childList: true, subtree: true });
        });
      }),
  },
  async ({ page, assertClean, open }) => {
    const { page: plain } = await open();
    await ready(page);
    await ready(plain);
    await edit(page);
    await edit(plain);
    assert.equal(await answer(page), await answer(plain));
    await assertClean();
  },
);

browserTest("the page asks not to be translated", async ({ page }) => {
  assert.equal(await page.evaluate(() => document.documentElement.translate), false);
});
