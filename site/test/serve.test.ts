import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { main, serve } from "../../tools/site/serve.mjs";
import { scratch } from "./sample";

const { folder, remove } = scratch();
let server: { address: string; close: () => Promise<void> };

beforeAll(async () => {
  mkdirSync(join(folder, "site", "run"), { recursive: true });
  writeFileSync(join(folder, "secret.txt"), "secret");
  writeFileSync(join(folder, "site", "index.html"), "<p>front");
  writeFileSync(join(folder, "site", "run", "a b.html"), "<p>page");
  writeFileSync(join(folder, "site", ".published.json"), "[]");
  symlinkSync(join(folder, "secret.txt"), join(folder, "site", "link.txt"));
  server = await serve({ folder: join(folder, "site") });
});
afterAll(async () => {
  await server.close();
  remove();
});

/** A raw request: fetch would tidy the path first. */
function ask(path: string, options: { method?: string; host?: string } = {}) {
  const { port } = new URL(server.address);
  return new Promise<{ status: number; type: string; body: string }>((done, fail) => {
    const headers = { host: options.host ?? `localhost:${port}` };
    request({ host: "127.0.0.1", port, path, method: options.method ?? "GET", headers }, (response) => {
      let body = "";
      response.on("data", (part) => {
        body += part;
      });
      response.on("end", () =>
        done({ status: response.statusCode ?? 0, type: response.headers["content-type"] ?? "", body }),
      );
    })
      .on("error", fail)
      .end();
  });
}

test("serves pages with their type", async () => {
  expect(await ask("/")).toMatchObject({ status: 200, type: "text/html; charset=utf-8", body: "<p>front" });
  expect(await ask("/run/a%20b.html?x=1")).toMatchObject({ status: 200, body: "<p>page" });
  expect(await ask("/index.html", { method: "HEAD" })).toMatchObject({ status: 200, body: "" });
});

test.each([
  "/none.html",
  "/run",
  "/../secret.txt",
  "/..%2fsecret.txt",
  "/%2e%2e/secret.txt",
  "/..%5csecret.txt",
  "/link.txt",
  "/.published.json",
  "/%00",
  "/%",
])("does not serve %s", async (path) => {
  expect(await ask(path)).toMatchObject({ status: 404, body: "404\n" });
});

test("answers only this computer's name and only questions", async () => {
  expect((await ask("/", { host: "evil.example" })).status).toBe(403);
  expect((await ask("/", { method: "POST" })).status).toBe(405);
});

test("a port that is taken or no number is told in one line", async () => {
  const port = Number(new URL(server.address).port);
  await expect(serve({ folder, port })).rejects.toThrow(`port ${port} cannot be used`);
  await expect(main(["--port", "abc"])).rejects.toThrow("is not understood");
});
