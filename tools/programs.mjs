// Compile the two WebAssembly programs and bring them into the form that a browser loads.
//
// The page's program comes in pieces that share one memory: what first paint needs, and what
// `#[wasm_split]` marks to arrive later. wasm-split-cli cuts along the references that the linker
// leaves in the file (--emit-relocs), before wasm-bindgen makes the JavaScript around it.
import { execFile } from "node:child_process";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const target = "wasm32-unknown-unknown";
const targetDir = process.env.CARGO_TARGET_DIR || "target";

// "z" in Cargo.toml and -Oz here for size. Chosen by measurement; these are the two places.
const optimise = [
  ...["bulk-memory", "nontrapping-float-to-int", "sign-ext", "mutable-globals"],
  ...["reference-types", "multivalue"],
].map((feature) => `--enable-${feature}`).concat("--flatten", "--rereloop", "-Oz", "-Oz");

const execute = promisify(execFile);

/** Run a command; what it says is shown only if it fails. */
async function run(command, args) {
  try {
    await execute(command, args, { maxBuffer: 1 << 28 });
  } catch (error) {
    throw new Error(`${command} ${args.join(" ")}\n${error.stderr || error.message}`);
  }
}

/** Compile the program `name` of one feature; returns its path. */
async function compile(name, feature, release, linkArguments = []) {
  const profile = release ? ["--release"] : [];
  const what = ["--locked", "--target", target, "--no-default-features", "--features", feature, "--bin", name];
  await run("cargo", ["rustc", ...profile, ...what, "--", ...linkArguments]);
  return join(targetDir, target, release ? "release" : "debug", `${name}.wasm`);
}

/** Make the JavaScript around a program, in `folder`. */
function bind(program, name, folder, options = []) {
  const kept = ["--no-typescript", "--remove-producers-section"];
  return run("wasm-bindgen", ["--target", "web", ...kept, ...options, "--out-dir", folder, "--out-name", name, program]);
}

async function optimiseAll(folder, release) {
  if (!release) return;
  for (const file of await readdir(folder)) {
    if (!file.endsWith(".wasm")) continue;
    await run("wasm-opt", [join(folder, file), "-o", join(folder, file), ...optimise]);
  }
}

async function emptied(folder) {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  return folder;
}

/** The page: tunewise.js, its wasm tunewise_bg.wasm, and split_*.wasm for what arrives later. */
export async function buildPage(release) {
  const program = await compile("tunewise", "web", release, ["-Clink-arg=--emit-relocs"]);
  const folder = await emptied(join(targetDir, "site", "page"));
  await run("wasm-split-cli", ["--target", "web", "--out-name", "tunewise", program, folder]);
  const first = join(folder, "tunewise.wasm");
  await bind(first, "tunewise", folder, ["--keep-lld-exports"]);
  await rm(first);
  await tolerateAnyType(join(folder, "__wasm_split.js"));
  await optimiseAll(folder, release);
  return folder;
}

/** The drawing module: charts.js and charts_bg.wasm. */
export async function buildDrawing(release) {
  const program = await compile("charts", "draw", release);
  const folder = await emptied(join(targetDir, "site", "charts"));
  await bind(program, "charts", folder);
  await optimiseAll(folder, release);
  return folder;
}

// The loader that wasm-split-cli writes refuses a host that serves wasm under another media type.
// wasm-bindgen's own accepts it, and both must run on the same hosts.
async function tolerateAnyType(loader) {
  const strict = "WebAssembly.instantiateStreaming(src, imports)";
  const text = await readFile(loader, "utf8");
  if (!text.includes(strict)) throw new Error(`${loader} no longer says ${strict}`);
  const lenient = "src.then((answer) => answer.arrayBuffer()).then((bytes) => WebAssembly.instantiate(bytes, imports))";
  await writeFile(loader, text.replaceAll(strict, lenient));
}
