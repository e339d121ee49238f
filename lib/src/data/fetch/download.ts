import { type FileHandle, open, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { HitlabError } from "../../errors";

/** Bytes so far, and of how many (undefined if the server does not say). */
export type Progress = (done: number, total: number | undefined) => void;

/** How to download. */
export interface DownloadOptions {
  /** A longer file is refused. */
  mostBytes: number;
  progress?: Progress;
  /** How often to try, going on where it stopped. Default 5. */
  attempts?: number;
  /** Pause before the second try, doubled each time, in milliseconds. Default 1000. */
  pause?: number;
  /** Give up on a connection that is silent for so long, in milliseconds. Default 30,000. */
  silence?: number;
}

/** What is known of the file that a part belongs to: a later try goes on only if the server still has the same one. */
interface Part {
  readonly url: string;
  readonly mark: string;
}

/** A failure that another try may mend. */
class Interrupted extends Error {}

/**
 * Downloads a file to `path`. Bytes go straight to disk, into `path.part`, and the file gets its name only when it is
 * complete. A broken connection is taken up again where it broke, also by a later call (HTTP ranges with If-Range).
 *
 * @throws HitlabError if the server cannot be reached, refuses, sends more than `mostBytes`, or keeps breaking off
 */
export async function download(url: string, path: string, options: DownloadOptions): Promise<void> {
  const { attempts = 5, pause = 1000 } = options;
  for (let attempt = 1; ; attempt++) {
    try {
      await onePass(url, path, options);
      await rename(`${path}.part`, path);
      await rm(`${path}.part.json`, { force: true });
      return;
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
      if (attempt >= attempts) throw unreachable(url, error.message, attempts);
    }
    await wait(pause * 2 ** (attempt - 1));
  }
}

async function onePass(url: string, path: string, options: DownloadOptions): Promise<void> {
  const part = `${path}.part`;
  const held = await heldBytes(url, part);
  const silence = new Silence(options.silence ?? 30_000);
  try {
    const response = await request(url, held, silence);
    // 416: what we hold is not a beginning of what the server has. The next try starts afresh.
    if (response.status === 416) await rm(`${part}.json`, { force: true });
    const from = held && response.status === 206 ? held.bytes : 0;
    checkAnswer(url, response, from);
    const length = Number(response.headers.get("content-length") ?? Number.NaN);
    const total = Number.isFinite(length) && !response.headers.get("content-encoding") ? from + length : undefined;
    if (total !== undefined && total > options.mostBytes) throw tooLong(url, total, options.mostBytes);
    await writeFile(`${part}.json`, JSON.stringify({ url, mark: markOf(response) } satisfies Part));
    const file = await open(part, from ? "r+" : "w");
    try {
      await file.truncate(from);
      await receive(response, file, { ...options, url, from, total, watch: silence });
    } finally {
      await file.close();
    }
  } finally {
    silence.end();
  }
}

async function request(url: string, held: { bytes: number; mark: string } | undefined, silence: Silence) {
  const headers: Record<string, string> = { "accept-encoding": "identity", "user-agent": "hitlab" };
  if (held) Object.assign(headers, { range: `bytes=${held.bytes}-`, "if-range": held.mark });
  try {
    return await fetch(url, { headers, signal: silence.signal });
  } catch (error) {
    throw network(url, error);
  }
}

function checkAnswer(url: string, response: Response, from: number): void {
  if (response.status === 206) {
    const range = response.headers.get("content-range") ?? "";
    if (!from || !range.startsWith(`bytes ${from}-`)) throw new Interrupted(`the server sent the range "${range}"`);
  } else if (response.status !== 200) {
    if (response.status >= 500 || [416, 429].includes(response.status))
      throw new Interrupted(`status ${response.status}`);
    throw new HitlabError({
      what: `the server answers ${response.status} ${response.statusText} for ${url}`,
      remedy: "look at the data set's page: it may have moved or now need an account",
    });
  }
}

interface Receiving extends DownloadOptions {
  url: string;
  from: number;
  total: number | undefined;
  watch: Silence;
}

async function receive(response: Response, file: FileHandle, job: Receiving): Promise<void> {
  let done = job.from;
  const reader = response.body?.getReader();
  while (reader) {
    const { value } = await reader.read().catch((error: unknown) => {
      throw new Interrupted(causeOf(error));
    });
    if (!value) break;
    job.watch.heard();
    if (done + value.length > job.mostBytes) {
      await reader.cancel();
      throw tooLong(job.url, done + value.length, job.mostBytes);
    }
    await file.write(value, 0, value.length, done);
    done += value.length;
    job.progress?.(done, job.total);
  }
  if (job.total !== undefined && done !== job.total)
    throw new Interrupted(`it ended after ${done} of ${job.total} bytes`);
}

/** What an earlier try left of this very file, if the server gave something to recognise it by. */
async function heldBytes(url: string, part: string): Promise<{ bytes: number; mark: string } | undefined> {
  try {
    const known = JSON.parse(await readFile(`${part}.json`, "utf8")) as Part;
    const { size } = await stat(part);
    return known.url === url && known.mark && size > 0 ? { bytes: size, mark: known.mark } : undefined;
  } catch {
    return undefined;
  }
}

/** What tells this version of the file from another: a strong ETag, else its date. */
function markOf(response: Response): string {
  const tag = response.headers.get("etag");
  return (tag?.startsWith('"') ? tag : response.headers.get("last-modified")) ?? "";
}

/** Aborts a connection on which nothing comes any more. */
class Silence {
  private readonly controller = new AbortController();
  private timer: NodeJS.Timeout;

  constructor(private readonly most: number) {
    this.timer = this.start();
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  heard(): void {
    clearTimeout(this.timer);
    this.timer = this.start();
  }

  end(): void {
    clearTimeout(this.timer);
  }

  private start(): NodeJS.Timeout {
    return setTimeout(() => this.controller.abort(new Error(`silent for ${this.most / 1000} s`)), this.most);
  }
}

/** Names that do not resolve and closed doors do not open by trying again; broken connections may. */
function network(url: string, error: unknown): Error {
  const code = ((error as Error).cause as NodeJS.ErrnoException | undefined)?.code ?? "";
  const hopeless = ["ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ENETUNREACH", "EHOSTUNREACH"].includes(code);
  return hopeless ? unreachable(url, causeOf(error), 1) : new Interrupted(causeOf(error));
}

function causeOf(error: unknown): string {
  const { cause, message } = error as Error;
  return cause instanceof Error ? cause.message || ((cause as NodeJS.ErrnoException).code ?? message) : message;
}

function unreachable(url: string, why: string, attempts: number): HitlabError {
  const tries = attempts > 1 ? ` after ${attempts} tries` : "";
  return new HitlabError({
    what: `${new URL(url).host} cannot be reached${tries}: ${why}`,
    remedy: "check the network and run the command again (it goes on where it stopped)",
  });
}

function tooLong(url: string, bytes: number, most: number): HitlabError {
  return new HitlabError({
    what: `${url} is longer than it may be: ${bytes} bytes or more, the limit is ${most}`,
    remedy: "look at the data set's page: it may hold another file now",
  });
}
