// A built site behind a sub-path, served as any static host serves files.
import { spawn } from "node:child_process";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

// Deep on purpose: an absolute URL anywhere in the site would miss it.
const prefix = "/some/wiki/tunewise/";
const tool = "node_modules/serve/build/main.js";

/** A port of the loopback interface that nothing listens on. */
async function freePort() {
  const probe = createServer();
  await new Promise((done) => probe.listen(0, "127.0.0.1", done));
  const { port } = probe.address();
  await new Promise((done) => probe.close(done));
  return port;
}

/** Wait until the server answers; fails if it ends before. */
async function answered(url, server) {
  while (server.exitCode === null) {
    if (await fetch(url).then((response) => response.ok, () => false)) return;
    await wait(50);
  }
  throw new Error(`the server ended with ${server.exitCode}`);
}

/** Serve a copy of a built site, so that a build under way changes nothing. */
export async function serve(site = "dist") {
  const root = await mkdtemp(join(tmpdir(), "tunewise-"));
  const folder = join(root, prefix);
  await cp(site, folder, { recursive: true });
  const port = await freePort();
  const listen = ["--listen", `tcp://127.0.0.1:${port}`, "--no-port-switching"];
  const server = spawn(process.execPath, [tool, root, ...listen, "--no-clipboard", "--no-request-logging"], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  const url = `http://localhost:${port}${prefix}`;
  await answered(url, server);
  const close = async () => {
    server.kill();
    await rm(root, { recursive: true });
  };
  return { url, folder, close };
}
