// Pictures of the whole page, to look at: `npm run screenshots -- FOLDER ["#scenario"]`.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { startSite } from "../tests/e2e/harness.mjs";

const [folder = "target/screenshots", hash = ""] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });

const site = await startSite();
for (const width of [1280, 768, 360]) {
  for (const colorScheme of ["light", "dark"]) {
    const { page, context } = await site.open({
      hash,
      colorScheme,
      viewport: { width, height: 800 },
      reducedMotion: "reduce",
    });
    // Scroll through once: what is drawn only when seen is drawn then.
    await page.evaluate(async () => {
      for (let y = 0; y < document.body.scrollHeight; y += innerHeight) {
        scrollTo(0, y);
        await new Promise((next) => setTimeout(next, 100));
      }
      scrollTo(0, 0);
      await document.fonts.ready;
    });
    await page.waitForLoadState("networkidle");
    const path = join(folder, `${width}-${colorScheme}.png`);
    await page.screenshot({ path, fullPage: true });
    console.log(path);
    await context.close();
  }
}
await site.close();
