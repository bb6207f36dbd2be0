// Words and screens of the built page with everything folded: node tools/words.mjs [--check]
// A word is what stands between spaces in the text that is shown; a screen is the height of the window.
// With --check it fails where the page is longer than it is meant to be.
import { startSite } from "../tests/e2e/harness.mjs";

const views = [
  { name: "1280 px", viewport: { width: 1280, height: 800 }, mostWords: 1600, mostScreens: 5 },
  { name: "360 px", viewport: { width: 360, height: 800 }, mostScreens: 8 },
];

const site = await startSite();
let isTooLong = false;
for (const { name, viewport, mostWords = Infinity, mostScreens } of views) {
  const { page, context } = await site.open({ viewport });
  await scrollThrough(page);
  const words = await page.evaluate(() => document.body.innerText.split(/\s+/).filter(Boolean).length);
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  const screens = height / viewport.height;
  console.log(`${name}: ${words} words, ${height} px, ${screens.toFixed(1)} screens`);
  const parts = await page.evaluate(() =>
    [...document.querySelectorAll(".masthead, .verdict, form, .reading > *")].map((part) => {
      const words = part.innerText.split(/\s+/).filter(Boolean).length;
      return `  ${part.id || part.className || part.tagName}: ${words} words, ${Math.round(part.getBoundingClientRect().height)} px`;
    }),
  );
  console.log(parts.join("\n"));
  isTooLong ||= words > mostWords || screens > mostScreens;
  await context.close();
}
await site.close();
if (isTooLong && process.argv.includes("--check")) {
  console.error("The page is longer than it is meant to be.");
  process.exitCode = 1;
}

/** What is drawn only near the view is drawn. */
async function scrollThrough(page) {
  await page.evaluate(async () => {
    for (let top = 0; top < document.documentElement.scrollHeight; top += 600) {
      scrollTo(0, top);
      await new Promise((done) => setTimeout(done, 100));
    }
    scrollTo(0, 0);
  });
}
