// Serve an unoptimised build and rebuild it at each change: `node tools/dev.mjs [PORT]`.
// Its own directory, so that a slow debug build never passes for the site.
import { spawnSync } from "node:child_process";
import { watch } from "node:fs";
import { serve } from "./serve.mjs";

const root = "target/dev-site";
let dirty = true;

function rebuild() {
  if (!dirty) return;
  dirty = false;
  const { status } = spawnSync("node", ["tools/site.mjs", "--dev", root], { stdio: "inherit" });
  console.log(status === 0 ? "Built; reload the page." : "Waiting for the next change.");
}

for (const place of ["src", "style", "public", "index.html", "Cargo.toml"]) {
  watch(place, { recursive: true }, () => (dirty = true));
}
rebuild();
setInterval(rebuild, 300);
const { url } = await serve({ root, port: Number(process.argv[2] ?? 8080) });
console.log(`Serving ${url}`);
