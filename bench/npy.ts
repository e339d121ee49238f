import { readFileSync, writeFileSync } from "node:fs";

/**
 * Writes numbers as float32, or as float64, in numpy's own format, version 1.0: magic, length of the header, header, values.
 *
 * Source: numpy.lib.format in numpy's manual.
 */
export function writeNpy(
  file: string,
  shape: readonly number[],
  values: ArrayLike<number>,
  kind: "float32" | "float64" = "float32",
): void {
  const size = shape.reduce((product, n) => product * n, 1);
  if (size !== values.length) throw new Error(`${file}: ${values.length} numbers do not fill [${shape.join(", ")}]`);
  const tuple = `(${shape.join(", ")}${shape.length === 1 ? "," : ""})`;
  const header = `{'descr': '${kind === "float32" ? "<f4" : "<f8"}', 'fortran_order': False, 'shape': ${tuple}, }`;
  // Magic (6), version (2), length (2), header and line feed fill whole blocks of 64 bytes.
  const length = Math.ceil((10 + header.length + 1) / 64) * 64 - 10;
  const head = Buffer.alloc(10 + length, " ");
  head.set([0x93, ...Buffer.from("NUMPY"), 1, 0]);
  head.writeUInt16LE(length, 8);
  head.write(header, 10);
  head.write("\n", 9 + length);
  const body = Buffer.alloc((kind === "float32" ? 4 : 8) * size);
  for (let i = 0; i < size; i++) {
    if (kind === "float32") body.writeFloatLE(values[i], 4 * i);
    else body.writeDoubleLE(values[i], 8 * i);
  }
  writeFileSync(file, Buffer.concat([head, body]));
}

/** The numbers of a file that `writeNpy` wrote as float32. */
export function readNpy(file: string): { readonly shape: readonly number[]; readonly values: Float32Array } {
  const bytes = readFileSync(file);
  const begin = 10 + bytes.readUInt16LE(8);
  const header = bytes.toString("latin1", 10, begin);
  const shape = /'descr': '<f4'.*'shape': \(([\d, ]+)\)/.exec(header)?.[1];
  if (shape === undefined) throw new Error(`${file} holds no float32 numbers: ${header}`);
  // A copy begins where a Float32Array may.
  const values = new Float32Array(bytes.buffer.slice(bytes.byteOffset + begin, bytes.byteOffset + bytes.length));
  return {
    shape: shape
      .split(",")
      .filter((size) => size.trim())
      .map(Number),
    values,
  };
}
