import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { basename } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { crc32 } from "node:zlib";
import { type Entry, openPromise, type ZipFile } from "yauzl";
import { HitlabError } from "../../errors";

const mostEntries = 10_000;

/** A file inside an archive. */
export interface Member {
  /** Path inside the archive, always with "/". */
  readonly name: string;
  readonly bytes: number;
}

/**
 * A zip archive whose content is not trusted.
 *
 * Opening it reads the directory and refuses the whole archive if a path in it is absolute or leaves the folder, or if
 * it is no complete zip. Files are written where the caller says, never where the archive says, and no longer than the
 * caller allows, whatever size the archive claims; their checksums are compared.
 */
export class Archive {
  private constructor(
    private readonly path: string,
    private readonly zip: ZipFile,
    private readonly entries: ReadonlyMap<string, Entry>,
  ) {}

  static async open(path: string): Promise<Archive> {
    const zip = await orDamaged(path, openPromise(path, { autoClose: false }));
    try {
      if (zip.entryCount > mostEntries) throw damaged(path, `it lists ${zip.entryCount} files`);
      const entries = new Map<string, Entry>();
      for await (const entry of zip.eachEntry()) {
        if (entries.has(entry.fileName)) throw damaged(path, `it holds ${entry.fileName} twice`);
        if (!entry.fileName.endsWith("/")) entries.set(entry.fileName, entry);
      }
      return new Archive(path, zip, entries);
    } catch (error) {
      zip.close();
      throw error instanceof HitlabError ? error : damaged(path, (error as Error).message);
    }
  }

  members(): Member[] {
    return [...this.entries.values()].map((entry) => ({ name: entry.fileName, bytes: entry.uncompressedSize }));
  }

  /** The member of that name, in whatever folder of the archive; none or several is an error. */
  find(name: string): Member {
    const found = this.members().filter((member) => member.name === name || basename(member.name) === name);
    if (found.length === 1) return found[0];
    throw damaged(this.path, `it holds ${found.length} files called "${name}"`);
  }

  /** Writes a member to `target`, at most `mostBytes` long. On failure nothing is left. */
  async extract(name: string, target: string, mostBytes: number): Promise<void> {
    try {
      await pipeline(await this.stream(name, mostBytes), createWriteStream(target));
    } catch (error) {
      await rm(target, { force: true });
      throw this.explained(error);
    }
  }

  /** The bytes of a small member. */
  async bytes(name: string, mostBytes: number): Promise<Buffer> {
    try {
      const chunks: Buffer[] = [];
      for await (const chunk of await this.stream(name, mostBytes)) chunks.push(chunk as Buffer);
      return Buffer.concat(chunks);
    } catch (error) {
      throw this.explained(error);
    }
  }

  close(): void {
    this.zip.close();
  }

  private async stream(name: string, mostBytes: number): Promise<Transform> {
    const entry = this.entries.get(name);
    if (!entry) throw damaged(this.path, `it lacks ${name}`);
    if (entry.uncompressedSize > mostBytes) throw tooLarge(this.path, name, entry.uncompressedSize, mostBytes);
    const source = await this.zip.openReadStreamPromise(entry);
    const checked = checking(this.path, entry, mostBytes);
    source.on("error", (error) => checked.destroy(error));
    return source.pipe(checked);
  }

  /** Errors of the disk are passed on, all others come from the archive. */
  private explained(error: unknown): unknown {
    if (error instanceof HitlabError) return error;
    const { code, syscall, message } = error as NodeJS.ErrnoException;
    return code && syscall ? error : damaged(this.path, message);
  }
}

/** Passes bytes on, counting and checking them. */
function checking(path: string, entry: Entry, mostBytes: number): Transform {
  let bytes = 0;
  let checksum = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      checksum = crc32(chunk, checksum);
      done(bytes > mostBytes ? tooLarge(path, entry.fileName, bytes, mostBytes) : null, chunk);
    },
    flush(done) {
      done(checksum === entry.crc32 ? null : damaged(path, `the checksum of ${entry.fileName} is wrong`));
    },
  });
}

async function orDamaged<T>(path: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw damaged(path, (error as Error).message);
  }
}

function damaged(path: string, why: string): HitlabError {
  return new HitlabError({
    what: `the archive is damaged or not what it should be: ${why}`,
    file: basename(path),
    remedy: "run the command again; if it stays so, download the file by hand from its page",
  });
}

function tooLarge(path: string, name: string, bytes: number, most: number): HitlabError {
  return new HitlabError({
    what: `"${name}" in the archive unpacks to ${bytes} bytes or more, the limit is ${most}`,
    file: basename(path),
    remedy: "do not trust this archive; compare with the data set's page",
  });
}
