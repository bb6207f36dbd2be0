// Trunk's hook before each build: one style sheet out of style/main.css and all that it imports, with its fonts, and
// the part of ECharts that Tunewise draws with, all into target/bundles/.
import { readFile, writeFile } from "node:fs/promises";
import { build } from "esbuild";

const folder = "target/bundles";
const licences = {
  echarts: ["echarts/LICENSE", "echarts/NOTICE", "zrender/LICENSE"],
  fonts: ["@fontsource/source-serif-4/LICENSE", "@fontsource-variable/source-sans-3/LICENSE"],
};

await build({
  entryPoints: { main: "style/main.css", echarts: "tools/echarts-entry.mjs" },
  outdir: folder,
  bundle: true,
  minify: process.env.TRUNK_PROFILE === "release",
  target: ["chrome111", "firefox113", "safari16.4"],
  format: "esm",
  loader: { ".svg": "dataurl", ".woff2": "file" },
  // Under their own names, so that index.html can ask for them early.
  assetNames: "fonts/[name]",
  legalComments: "none",
  banner: { js: "/*! Apache ECharts and ZRender; licences in echarts.LICENSES.txt */" },
  logLevel: "warning",
});

for (const [name, files] of Object.entries(licences)) {
  const texts = files.map((file) => readFile(`node_modules/${file}`, "utf8"));
  await writeFile(`${folder}/${name}.LICENSES.txt`, (await Promise.all(texts)).join("\n\n"));
}
