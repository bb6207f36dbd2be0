// Build the static site: `node tools/site.mjs [--dev] [FOLDER]` (default dist/).
//
// - the page's program and the drawing module (programs.mjs), each file named by its content;
// - one style sheet out of style/main.css and all that it imports;
// - the chart bundle, echarts.js, with the JavaScript of the drawing module in it and the licences it
//   must carry;
// - index.html and public/, with the names of all that filled in.
//
// --dev compiles fast and optimises nothing.
import { createHash } from "node:crypto";
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { buildDrawing, buildPage } from "./programs.mjs";

const options = process.argv.slice(2);
const release = !options.includes("--dev");
const site = options.find((option) => !option.startsWith("--")) ?? "dist";
// Complete before it takes the place of the one before.
const stage = `${site}.part`;

const browsers = ["chrome111", "firefox113", "safari16.4"];

/** Bundle one file and return its text. */
async function bundle(entry, more = {}) {
  const result = await build({
    entryPoints: [entry],
    bundle: true,
    minify: release,
    write: false,
    target: browsers,
    logLevel: "warning",
    ...more,
  });
  return result.outputFiles[0].text;
}

/** Write `content` as name-<hash>.extension and return that file name. */
async function writeHashed(name, extension, content) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 16);
  const file = `${name}-${hash}.${extension}`;
  await writeFile(join(stage, file), content);
  return file;
}

/** Replace the one place where `text` says `from`. */
function replaceOnce(text, from, to) {
  if (text.split(from).length !== 2) throw new Error(`${from} must be there once`);
  return text.replace(from, () => to);
}

/** The page's program; returns the names of its first two files. */
async function writePage() {
  const folder = await buildPage(release);
  const wasm = await writeHashed("tunewise", "wasm", await readFile(join(folder, "tunewise_bg.wasm")));
  const loader = join(folder, "__wasm_split.js");
  let text = await readFile(loader, "utf8");
  for (const file of await readdir(folder)) {
    const [, name] = file.match(/^split_(\w+)\.wasm$/) ?? [];
    if (!name) continue;
    const later = await writeHashed(name, "wasm", await readFile(join(folder, file)));
    text = replaceOnce(text, `./${file}`, `./${later}`);
  }
  await writeFile(loader, text);
  const js = await bundle(join(folder, "tunewise.js"), { format: "esm" });
  return { js: await writeHashed("tunewise", "js", js), wasm };
}

async function writeCharts() {
  const licences = ["echarts/LICENSE", "echarts/NOTICE", "zrender/LICENSE"];
  const texts = await Promise.all(licences.map((file) => readFile(join("node_modules", file), "utf8")));
  await writeFile(join(stage, "echarts.LICENSES.txt"), texts.join("\n\n"));
  const folder = await buildDrawing(release);
  const drawing = await writeHashed("charts", "wasm", await readFile(join(folder, "charts_bg.wasm")));
  // In one file: one request less, and the two parts of it cannot be of different builds.
  const charts = await bundle("tools/echarts-entry.mjs", {
    format: "esm",
    alias: { "charts.js": resolve(folder, "charts.js") },
    define: { DRAWING_MODULE: JSON.stringify(`./${drawing}`) },
    legalComments: "none",
    banner: { js: "/*! Apache ECharts and ZRender; licences in echarts.LICENSES.txt */" },
  });
  await writeFile(join(stage, "echarts.js"), charts);
}

async function writeHtml({ js, wasm }) {
  const styles = await bundle("style/main.css", { loader: { ".svg": "dataurl" } });
  let html = await readFile("index.html", "utf8");
  html = replaceOnce(html, 'href="style/main.css"', `href="./${await writeHashed("main", "css", styles)}"`);
  const start = [
    `<link rel="modulepreload" href="./${js}">`,
    `<link rel="preload" href="./${wasm}" as="fetch" type="application/wasm" crossorigin>`,
    `<script type="module" src="./boot.js?js=${js}&amp;wasm=${wasm}"></script>`,
  ];
  html = replaceOnce(html, '<script type="module" src="public/boot.js"></script>', start.join("\n    "));
  if (release) html = html.replace(/<!--(?!\[)[^]*?-->\s*/g, "");
  await writeFile(join(stage, "index.html"), html);
}

try {
  await rm(stage, { recursive: true, force: true });
  await mkdir(stage, { recursive: true });
  await cp("public", stage, { recursive: true });
  await writeHtml(await writePage());
  await writeCharts();
  await rm(site, { recursive: true, force: true });
  await rename(stage, site);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
