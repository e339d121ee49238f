import { createReadStream } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { dirname, extname, join, resolve, sep } from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { Failure } from "../front/failure.mjs";
import { setUp } from "../front/setup.mjs";
import { publish } from "../publish.mjs";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".ipynb": "application/x-ipynb+json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".wasm": "application/wasm",
};
const PORT = 8080;
/** How many ports after the first are tried when one is taken. */
const TRIES = 20;

/** `npm run site [-- --port 8080]`: publishes what there is and serves out/site on this computer until Ctrl+C. */
export async function main(args) {
  const port = portOf(args);
  const root = resolve(dirname(fileURLToPath(import.meta.url)), "..", "..");
  await setUp();
  const { index, seconds } = await publish({ root, told: console.log });
  const server = await serve({ folder: dirname(index), port: port ?? PORT, tries: port === undefined ? TRIES : 1 });
  console.log(`The site (written in ${seconds.toFixed(1)} s): ${server.address}  Ctrl+C ends.`);
}

function portOf(args) {
  if (args.length === 0) return undefined;
  const port = Number(args[1]);
  if (args.length === 2 && args[0] === "--port" && Number.isInteger(port) && port > 0 && port < 65536) return port;
  throw new Failure(`"${args.join(" ")}" is not understood`, "use npm run site -- --port 8080");
}

/**
 * Serves a folder to this computer only.
 *
 * @param {{ folder: string, port?: number, tries?: number }} options port 0 takes any free one
 * @returns {Promise<{ address: string, close: () => Promise<void> }>}
 */
export async function serve({ folder, port = 0, tries = 1 }) {
  const home = await realpath(folder);
  const server = createServer((request, response) => {
    answer(home, request, response).catch(() => {
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  const taken = await listen(server, port, tries);
  const close = () => new Promise((done) => server.close(() => done()) && server.closeAllConnections());
  return { address: `http://localhost:${taken}/`, close };
}

async function listen(server, first, tries) {
  for (let port = first; ; port++) {
    const error = await new Promise((done) => {
      server.once("error", done);
      server.listen(port, "127.0.0.1", () => done(null));
    });
    server.removeAllListeners("error");
    if (!error) return server.address().port;
    if (error.code === "EADDRINUSE" && port - first + 1 < tries) continue;
    throw new Failure(`port ${port} cannot be used (${error.code})`, "name another: npm run site -- --port 9000");
  }
}

async function answer(home, request, response) {
  const refuse = (status) => response.writeHead(status, { "content-type": "text/plain" }).end(`${status}\n`);
  // Another site's script that points its own name at this computer is turned away.
  if (!/^(localhost|127\.0\.0\.1)(:\d+)?$/.test(request.headers.host ?? "")) return refuse(403);
  if (request.method !== "GET" && request.method !== "HEAD") return refuse(405);
  const file = await fileOf(home, request.url);
  if (!file) return refuse(404);
  response.writeHead(200, {
    "content-type": TYPES[extname(file.path).toLowerCase()] ?? "application/octet-stream",
    "content-length": file.size,
    "cache-control": "no-cache",
    "x-content-type-options": "nosniff",
  });
  if (request.method === "HEAD") return response.end();
  await pipeline(createReadStream(file.path), response);
}

/** The file that an address means; undefined if there is none or it lies outside the site (links included). */
async function fileOf(home, url) {
  try {
    const path = decodeURIComponent(new URL(url, "http://localhost").pathname);
    if (path.includes("\0") || path.split("/").some((part) => part.startsWith("."))) return undefined;
    const wanted = join(home, path.endsWith("/") ? `${path}index.html` : path);
    const real = await realpath(wanted);
    if (!real.startsWith(home + sep)) return undefined;
    const { size } = await stat(real).then((found) => (found.isFile() ? found : {}));
    return size === undefined ? undefined : { path: real, size };
  } catch {
    return undefined;
  }
}
