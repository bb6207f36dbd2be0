// A small static server for dist/: `node tools/serve.mjs [PORT]`, and the tests' server too.
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { createBrotliCompress, constants } from "node:zlib";

const types = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
};

/** Serve `root` below `prefix` (with slashes at both ends) on the loopback interface. */
export async function serve({ root = "dist", prefix = "/", port = 0 } = {}) {
  const base = resolve(root);
  const server = createServer(async (request, response) => {
    // Not decoded: no file of the site has a name that needs it.
    const [path] = request.url.split("?");
    const file = resolve(base, `.${sep}${path.slice(prefix.length) || "index.html"}`);
    const inside = path.startsWith(prefix) && file.startsWith(base + sep);
    if (!inside || !(await stat(file).catch(() => null))?.isFile()) {
      response.writeHead(404, { "content-type": "text/plain" }).end("Not found\n");
      return;
    }
    const headers = {
      "content-type": types[extname(file)] ?? "application/octet-stream",
      "cache-control": "no-cache",
      "x-content-type-options": "nosniff",
      vary: "accept-encoding",
    };
    if (/\bbr\b/.test(request.headers["accept-encoding"] ?? "")) {
      // Compressed as a real host would, lightly because it happens on each request.
      const params = { [constants.BROTLI_PARAM_QUALITY]: 5 };
      response.writeHead(200, { ...headers, "content-encoding": "br" });
      createReadStream(file).pipe(createBrotliCompress({ params })).pipe(response);
    } else {
      response.writeHead(200, headers);
      createReadStream(file).pipe(response);
    }
  });
  await new Promise((done, failed) => {
    server.once("error", failed).listen(port, "127.0.0.1", done);
  });
  return {
    url: `http://localhost:${server.address().port}${prefix}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const port = Number(process.argv[2] ?? 8080);
  try {
    const { url } = await serve({ port });
    console.log(`\nTunewise is running. Open ${url.replace(/\/$/, "")} in a browser; Ctrl-C stops it.`);
  } catch (error) {
    if (error.code !== "EADDRINUSE") throw error;
    console.error(`Port ${port} is taken. Choose another: make run PORT=8081`);
    process.exitCode = 1;
  }
}
