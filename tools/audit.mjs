// What Lighthouse says of a built site on its mobile preset, and what the site weighs: `make audit [SITE=dist]`.
import { execFile } from "node:child_process";
import { readFile, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompressSync } from "node:zlib";
import { serve } from "../tests/e2e/server.mjs";

const run = promisify(execFile);
const [site = "dist"] = process.argv.slice(2);
const RUNS = 5;

/** What is read off a report: name, audit, digits. */
const FIGURES = [
  ["first paint, ms", "first-contentful-paint", 0],
  ["largest paint, ms", "largest-contentful-paint", 0],
  ["layout shift", "cumulative-layout-shift", 3],
  ["total blocking time, ms", "total-blocking-time", 0],
  ["interactive, ms", "interactive", 0],
];

async function report(url) {
  const flags = "--headless=new --no-sandbox --disable-gpu --disable-background-networking";
  const words = [url, "--output=json", "--quiet", `--chrome-flags=${flags}`, "--only-categories=performance,accessibility"];
  const { stdout } = await run("lighthouse", words, {
    env: { ...process.env, CHROME_PATH: process.env.CHROMIUM },
    maxBuffer: 1 << 27,
  });
  const { audits, categories } = JSON.parse(stdout);
  const figures = FIGURES.map(([name, id, digits]) => [name, audits[id].numericValue, digits]);
  const scores = ["performance", "accessibility"].map((id) => [id, categories[id].score * 100, 0]);
  return [...figures, ...scores];
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

async function printSizes(folder) {
  for (const file of (await readdir(folder)).sort()) {
    if (!(await stat(join(folder, file))).isFile()) continue;
    const bytes = await readFile(join(folder, file));
    const kilobytes = (count) => `${(count / 1000).toFixed(1)} kB`.padStart(10);
    console.log(`${kilobytes(bytes.length)} ${kilobytes(brotliCompressSync(bytes).length)} brotli  ${file}`);
  }
}

await printSizes(site);
const server = await serve(site);
const reports = [];
try {
  for (let count = 0; count < RUNS; count += 1) reports.push(await report(server.url));
} finally {
  await server.close();
}
for (const [place, [name, , digits]] of reports[0].entries()) {
  const values = reports.map((figures) => figures[place][1]);
  const shown = values.map((value) => value.toFixed(digits)).join(" ");
  console.log(`${name}: ${median(values).toFixed(digits)}  (${shown})`);
}
