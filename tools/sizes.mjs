// What a visitor downloads, against its budget. Fails the build if it grows beyond it.
import { readdirSync, readFileSync } from "node:fs";
import { extname } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const site = process.argv[2] ?? "dist";

/** Bytes after `brotli -q 11`, as a static host would serve them. 1 kB is 1,000 bytes. */
const budgets = { page: 250_000, later: 120_000, charts: 190_000, drawing: 85_000 };

const brotli = (bytes) =>
  brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: 22,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  }).length;

/** The row that a file counts in. */
function kindOf(file) {
  if (file === "echarts.js") return "charts";
  if (/^charts-[0-9a-f]+\.wasm$/.test(file)) return "drawing";
  if (/^later-[0-9a-f]+\.wasm$/.test(file)) return "later";
  return extname(file).slice(1);
}

const kinds = ["wasm", "js", "css", "html", "later", "charts", "drawing"];
const rows = Object.fromEntries(kinds.map((kind) => [kind, [0, 0]]));
for (const file of readdirSync(site, { recursive: true })) {
  const kind = kindOf(file);
  if (!(kind in rows)) continue;
  const bytes = readFileSync(`${site}/${file}`);
  rows[kind][0] += bytes.length;
  rows[kind][1] += brotli(bytes);
}

const kb = (bytes) => (bytes / 1000).toFixed(1).padStart(9);
const print = (name, [raw, packed], note = "") =>
  console.log(`${name.padEnd(8)}${kb(raw)}${kb(packed)}${note}`);

console.log("kB           raw   brotli");
const { later, charts, drawing, ...page } = rows;
for (const [kind, sizes] of Object.entries(page)) print(kind, sizes);
const total = Object.values(page).reduce((a, b) => [a[0] + b[0], a[1] + b[1]]);
print("page", total, `  of ${budgets.page / 1000}, before first paint`);
print("later", later, `  of ${budgets.later / 1000}, reasons, hardware, plan and sources, loaded after first paint`);
print("charts", charts, `  of ${budgets.charts / 1000}, ECharts, loaded after that`);
print("drawing", drawing, `  of ${budgets.drawing / 1000}, the wasm that writes ECharts' options, loaded with it`);

for (const [name, [, packed]] of [["page", total], ["later", later], ["charts", charts], ["drawing", drawing]]) {
  if (packed > 0 && packed <= budgets[name]) continue;
  const over = `${kb(packed - budgets[name]).trim()} kB over its budget`;
  console.error(`The ${name} bundle is ${packed === 0 ? "missing" : over}.`);
  process.exitCode = 1;
}
