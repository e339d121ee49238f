/** A model's folder: model.json, which describes, and arrays.bin, which holds the typed arrays one after another. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { HitlabError } from "../errors";

const kinds = { Int8Array, Uint8Array, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array };

export type StoredArray =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array;

interface Entry {
  readonly name: string;
  readonly kind: keyof typeof kinds;
  readonly length: number;
}

const jsonFile = "model.json";
const binaryFile = "arrays.bin";

/**
 * Writes a model's folder; it appears whole or not at all, in place of a model saved there before.
 *
 * @param format what the model is, for example "hitlab-random-forest"
 * @param about plain data: all of the model that is no array
 * @throws HitlabError if the folder holds anything else, which would be lost
 */
export function saveArrays(
  path: string,
  format: string,
  about: Readonly<Record<string, unknown>>,
  arrays: Readonly<Record<string, StoredArray>>,
): void {
  const folder = resolve(path);
  const part = `${folder}.part`;
  for (const place of [folder, part]) checkOwn(place);
  rmSync(part, { recursive: true, force: true });
  mkdirSync(part, { recursive: true });
  const entries = Object.entries(arrays).map(([name, array]) => {
    return { name, kind: array.constructor.name as Entry["kind"], length: array.length };
  });
  const bytes = Buffer.concat(
    Object.values(arrays).map(({ buffer, byteOffset, byteLength }) =>
      Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength),
    ),
  );
  const described = { format, version: 1, ...about, arrays: entries };
  const json = { ...described, sha256: digestOf(described, bytes) };
  writeFileSync(join(part, jsonFile), `${JSON.stringify(json, null, 2)}\n`);
  writeFileSync(join(part, binaryFile), bytes);
  rmSync(folder, { recursive: true, force: true });
  renameSync(part, folder);
}

/**
 * Reads what `saveArrays` wrote.
 *
 * @throws HitlabError if a file is missing, of another format, or not as it was written
 */
export function loadArrays(
  folder: string,
  format: string,
): { about: Readonly<Record<string, unknown>>; arrays: Readonly<Record<string, StoredArray>> } {
  const about = readJson(folder);
  if (about.format !== format || about.version !== 1) {
    throw damaged(jsonFile, `its format is ${about.format}, version ${about.version}, not ${format}, version 1`);
  }
  const entries = about.arrays;
  if (!Array.isArray(entries) || !entries.every(isEntry)) throw damaged(jsonFile, "its list of arrays is not readable");
  const bytes = read(folder, binaryFile);
  const sizes = entries.map(({ kind, length }) => length * kinds[kind].BYTES_PER_ELEMENT);
  const expected = sizes.reduce((sum, size) => sum + size, 0);
  if (bytes.length !== expected) {
    throw damaged(binaryFile, `it has ${bytes.length} bytes, the list of arrays asks for ${expected}`);
  }
  const { sha256, ...described } = about;
  // One flipped bit in a threshold or a weight would otherwise be another model, and nobody would notice.
  if (sha256 !== digestOf(described, bytes)) throw damaged(jsonFile, "its sha256 is not that of the two files");
  let at = 0;
  const arrays = entries.map(({ name, kind }, e) => {
    // Copied: an array must begin on a multiple of its numbers' size.
    const own = new Uint8Array(bytes.subarray(at, at + sizes[e]));
    at += sizes[e];
    return [name, new kinds[kind](own.buffer)];
  });
  return { about, arrays: Object.fromEntries(arrays) };
}

/** Of all that model.json says, but for the digest itself, and of arrays.bin. */
function digestOf(described: object, bytes: Buffer): string {
  return createHash("sha256").update(JSON.stringify(described)).update(bytes).digest("hex");
}

function isEntry(entry: unknown): entry is Entry {
  const { name, kind, length } = (entry ?? {}) as Partial<Entry>;
  const known = typeof kind === "string" && Object.hasOwn(kinds, kind);
  return typeof name === "string" && known && Number.isInteger(length) && (length as number) >= 0;
}

function checkOwn(folder: string): void {
  if (!existsSync(folder)) return;
  const foreign = statSync(folder).isDirectory()
    ? readdirSync(folder).find((name) => name !== jsonFile && name !== binaryFile)
    : basename(folder);
  if (foreign === undefined) return;
  throw new HitlabError({
    what: "saving the model would delete a file that is not its own",
    value: foreign,
    remedy: "name a folder of its own for the model",
  });
}

function readJson(folder: string): Record<string, unknown> {
  const text = read(folder, jsonFile).toString("utf8");
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json === "object" && json !== null) return json as Record<string, unknown>;
  } catch {
    // Said below.
  }
  throw damaged(jsonFile, "it is not a JSON object");
}

function read(folder: string, file: string): Buffer {
  try {
    return readFileSync(join(folder, file));
  } catch {
    throw damaged(file, "it cannot be read");
  }
}

function damaged(file: string, why: string): HitlabError {
  const remedy = "fit the model again and save it, or name the folder that save(...) was given";
  return new HitlabError({ what: `the saved model cannot be used: ${why}`, file, remedy });
}
