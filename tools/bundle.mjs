// Trunk's hook before each build: one style sheet out of style/main.css and all that it imports, and the part of
// ECharts that Tunewise draws with, both into target/bundles/.
import { readFile, writeFile } from "node:fs/promises";
import { build } from "esbuild";

const folder = "target/bundles";
const licences = ["echarts/LICENSE", "echarts/NOTICE", "zrender/LICENSE"];

await build({
  entryPoints: { main: "style/main.css", echarts: "tools/echarts-entry.mjs" },
  outdir: folder,
  bundle: true,
  minify: process.env.TRUNK_PROFILE === "release",
  target: ["chrome111", "firefox113", "safari16.4"],
  format: "esm",
  loader: { ".svg": "dataurl" },
  legalComments: "none",
  banner: { js: "/*! Apache ECharts and ZRender; licences in echarts.LICENSES.txt */" },
  logLevel: "warning",
});

const texts = licences.map((file) => readFile(`node_modules/${file}`, "utf8"));
await writeFile(`${folder}/echarts.LICENSES.txt`, (await Promise.all(texts)).join("\n\n"));
