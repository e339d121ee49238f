import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { download } from "../../../src/data/fetch/download";
import { TestServer } from "./server";

const body = Buffer.from(Array.from({ length: 300_000 }, (_, i) => (i * i + (i >> 8)) & 255));
let server: TestServer;
let base: string;
let folder: string;
let path: string;

beforeEach(async () => {
  server = new TestServer();
  base = await server.start();
  folder = mkdtempSync(join(tmpdir(), "hitlab-download-"));
  path = join(folder, "file.zip");
});

afterEach(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

const quick = { mostBytes: 1e6, attempts: 4, pause: 1 };

describe("download", () => {
  it("stores the bytes, reports progress and leaves nothing else", async () => {
    server.files.set("/a", { body });
    const seen: [number, number | undefined][] = [];
    await download(`${base}/a`, path, { ...quick, progress: (done, total) => seen.push([done, total]) });
    expect(readFileSync(path).equals(body)).toBe(true);
    expect(seen.at(-1)).toEqual([body.length, body.length]);
    expect(readdirSync(folder)).toEqual(["file.zip"]);
  });

  it("goes on where a dropped connection ended", async () => {
    server.files.set("/a", { body, etag: '"v1"', drops: 2, dropAfter: 100_000 });
    await download(`${base}/a`, path, quick);
    expect(readFileSync(path).equals(body)).toBe(true);
    expect(server.log).toHaveLength(3);
    expect(server.log[1]).toMatch(/^GET \/a bytes=\d+-$/);
  });

  it("starts again where the server gives nothing to recognise the file by", async () => {
    server.files.set("/a", { body, drops: 1, dropAfter: 100_000 });
    await download(`${base}/a`, path, quick);
    expect(readFileSync(path).equals(body)).toBe(true);
    expect(server.log).toEqual(["GET /a", "GET /a"]);
  });

  it("resumes in a later run, unless the file has changed meanwhile", async () => {
    server.files.set("/a", { body, etag: '"v1"', drops: 1, dropAfter: 100_000 });
    await expect(download(`${base}/a`, path, { ...quick, attempts: 1 })).rejects.toThrow(/cannot be reached/);
    expect(existsSync(path)).toBe(false);
    const changed = Buffer.from(body).reverse();
    server.files.set("/a", { body: changed, etag: '"v2"' });
    await download(`${base}/a`, path, quick);
    expect(server.log[1]).toMatch(/bytes=/);
    expect(readFileSync(path).equals(changed)).toBe(true);
  });

  it("starts again when what is held is longer than the file", async () => {
    server.files.set("/a", { body, etag: '"v1"' });
    writeFileSync(`${path}.part`, Buffer.concat([body, body]));
    writeFileSync(`${path}.part.json`, JSON.stringify({ url: `${base}/a`, mark: '"v1"' }));
    await download(`${base}/a`, path, quick);
    expect(readFileSync(path).equals(body)).toBe(true);
  });

  it("takes a file of unknown length", async () => {
    server.files.set("/a", { body, chunked: true });
    await download(`${base}/a`, path, quick);
    expect(readFileSync(path).equals(body)).toBe(true);
  });

  it("refuses a file that is too long, announced or not", async () => {
    for (const chunked of [false, true]) {
      server.files.set("/a", { body, chunked });
      await expect(download(`${base}/a`, path, { ...quick, mostBytes: 1000 })).rejects.toThrow(/longer than it may be/);
      expect(existsSync(path)).toBe(false);
    }
  });

  it("tries again after a server error, not after a refusal", async () => {
    server.files.set("/a", { body, status: 503 });
    await expect(download(`${base}/a`, path, quick)).rejects.toThrow(/after 4 tries: status 503/);
    server.log.length = 0;
    await expect(download(`${base}/b`, path, quick)).rejects.toThrow(/answers 404/);
    expect(server.log).toEqual(["GET /b"]);
  });

  it("gives up on a silent server", async () => {
    server.files.set("/a", { body, drops: 0 });
    const silent = new TestServer();
    const silentBase = await silent.start();
    silent.files.set("/a", { body, drops: 9, dropAfter: 0, chunked: true });
    await expect(download(`${silentBase}/a`, path, { ...quick, attempts: 2, silence: 50 })).rejects.toThrow(/tries/);
    await silent.stop();
  });

  it("says in one line that there is no network", async () => {
    await server.stop();
    const failure = await download(`${base}/a`, path, quick).catch((error: Error) => error);
    expect(String(failure)).toMatch(/^HitlabError: 127\.0\.0\.1:\d+ cannot be reached: .*check the network/);
    expect(String(failure)).not.toContain("\n");
    server = new TestServer();
    await server.start();
  });
});
