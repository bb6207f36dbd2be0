// Trunk's post-build hook: complete the staged site with what Trunk does not do itself.
//
// - one style sheet out of style/main.css and all that it imports, named by its content;
// - the chart bundle, echarts.js, with the JavaScript of the drawing module in it, whose wasm gets a
//   name by its content, and with the licences it must carry;
// - the generated JavaScript minified (release only);
// - every inline script moved into a file, since the content security policy allows no inline code.
//   (There is one only while developing: Trunk's automatic reload.)
import { createHash } from "node:crypto";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { build } from "esbuild";

const site = process.env.TRUNK_STAGING_DIR;
const release = process.env.TRUNK_PROFILE === "release";
if (!site) throw new Error("finish.mjs is run by Trunk, which sets TRUNK_STAGING_DIR");

const browsers = ["chrome111", "firefox113", "safari16.4"];

/** Bundle one file and return its text. */
async function bundle(entry, options = {}) {
  const result = await build({
    entryPoints: [entry],
    bundle: true,
    minify: release,
    write: false,
    target: browsers,
    logLevel: "warning",
    ...options,
  });
  return result.outputFiles[0].text;
}

/** Write `content` as name-<hash>.extension and return that file name. */
async function writeHashed(name, extension, content) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 16);
  const file = `${name}-${hash}.${extension}`;
  await writeFile(join(site, file), content);
  return file;
}

const page = join(site, "index.html");
let html = await readFile(page, "utf8");

function replaceOnce(from, to) {
  if (html.split(from).length !== 2) throw new Error(`index.html must contain ${from} once`);
  html = html.replace(from, () => to);
}

const styles = await bundle("style/main.css", { loader: { ".svg": "dataurl" } });
replaceOnce('href="style/main.css"', `href="./${await writeHashed("main", "css", styles)}"`);

const licences = ["echarts/LICENSE", "echarts/NOTICE", "zrender/LICENSE"];
const texts = licences.map((file) => readFile(join("node_modules", file), "utf8"));
await writeFile(join(site, "echarts.LICENSES.txt"), (await Promise.all(texts)).join("\n\n"));
// One request less than leaving it to the browser, and the two parts of it cannot be of different builds.
const [drawingScript, drawingModule] = ["charts.js", "charts_bg.wasm"].map((file) => join(site, file));
const drawing = await writeHashed("charts", "wasm", await readFile(drawingModule));
const charts = await bundle("tools/echarts-entry.mjs", {
  format: "esm",
  alias: { "charts.js": resolve(drawingScript) },
  define: { DRAWING_MODULE: JSON.stringify(`./${drawing}`) },
  legalComments: "none",
  banner: { js: "/*! Apache ECharts and ZRender; licences in echarts.LICENSES.txt */" },
});
await writeFile(join(site, "echarts.js"), charts);
await Promise.all([drawingScript, drawingModule].map((file) => rm(file)));

if (release) {
  for (const file of await readdir(site)) {
    if (!/^tunewise-[0-9a-f]+\.js$/.test(file)) continue;
    const path = join(site, file);
    // Not bundled: it imports its own snippets by relative path.
    await writeFile(path, await bundle(path, { bundle: false, format: "esm" }));
  }
}

for (const [tag, attributes, code] of html.matchAll(/<script\b([^>]*)>([^]*?)<\/script>/g)) {
  if (!code.trim()) continue;
  const file = await writeHashed("inline", "js", code);
  replaceOnce(tag, `<script${attributes} src="./${file}"></script>`);
}
if (release) html = html.replace(/<!--(?!\[)[^]*?-->\s*/g, "");
await writeFile(page, html);
