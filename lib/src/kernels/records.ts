/**
 * The records of the kernels (lib/kernels/layer.ts, program.ts) field by field, in their order. `f64` takes 8 bytes,
 * the rest 4; addresses are `u32`.
 */
export const layerFields = {
  kind: "i32",
  inputs: "i32",
  units: "i32",
  steps: "i32",
  activation: "i32",
  fused: "i32",
  sequences: "i32",
  index: "i32",
  rate: "f32",
  x: "u32",
  y: "u32",
  z: "u32",
  dy: "u32",
  dx: "u32",
  weights: "u32",
  recurrent: "u32",
  bias: "u32",
  dWeights: "u32",
  dRecurrent: "u32",
  dBias: "u32",
  h: "u32",
  c: "u32",
  tanhC: "u32",
  dh: "u32",
  dc: "u32",
  mask: "u32",
  packed: "u32",
  zeros: "u32",
} as const;

export const programFields = {
  power1: "f64",
  power2: "f64",
  lossSum: "f64",
  correctSum: "f64",
  absoluteSum: "f64",
  heldOutLoss: "f64",
  heldOutCorrect: "f64",
  heldOutAbsolute: "f64",
  layers: "u32",
  layerCount: "i32",
  penalties: "u32",
  penaltyCount: "i32",
  steps: "i32",
  features: "i32",
  outputs: "i32",
  batch: "i32",
  capacity: "i32",
  x: "u32",
  y: "u32",
  w: "u32",
  z: "u32",
  p: "u32",
  g: "u32",
  parameters: "u32",
  gradients: "u32",
  slot1: "u32",
  slot2: "u32",
  slot3: "u32",
  parameterCount: "i32",
  lossKind: "i32",
  metricKind: "i32",
  delta: "f32",
  optimizer: "i32",
  rate: "f32",
  setting1: "f32",
  setting2: "f32",
  epsilon: "f32",
  seed: "u32",
  stream: "u32",
  epoch: "i32",
  step: "i32",
  trainX: "u32",
  trainY: "u32",
  trainW: "u32",
  order: "u32",
  trainRows: "i32",
  done: "i32",
} as const;

export const penaltyFields = { weights: "u32", gradient: "u32", count: "i32", l1: "f32", l2: "f32" } as const;

type Kind = "i32" | "u32" | "f32" | "f64";
type Fields = Readonly<Record<string, Kind>>;

/** Values for some or all fields of a record. */
export type Values<F extends Fields> = { readonly [K in keyof F]?: number };

/** Bytes of a record; a record with an f64 is filled up to a multiple of 8. */
export function recordSize(fields: Fields): number {
  const kinds = Object.values(fields);
  const bytes = kinds.reduce((sum, kind) => sum + sizeOf(kind), 0);
  return kinds.includes("f64") ? Math.ceil(bytes / 8) * 8 : bytes;
}

/** Writes the given fields of the record at an address and leaves the others alone. */
export function writeRecord<F extends Fields>(view: DataView, at: number, fields: F, values: Values<F>): void {
  for (const [name, value] of Object.entries(values) as [string, number][]) {
    const place = at + offsetOf(fields, name);
    if (fields[name] === "f64") view.setFloat64(place, value, true);
    else if (fields[name] === "f32") view.setFloat32(place, value, true);
    else if (fields[name] === "i32") view.setInt32(place, value, true);
    else view.setUint32(place, value, true);
  }
}

/** Reads a field that is an f64. */
export function readDouble<F extends Fields>(view: DataView, at: number, fields: F, name: keyof F & string): number {
  return view.getFloat64(at + offsetOf(fields, name), true);
}

function offsetOf(fields: Fields, name: string): number {
  let offset = 0;
  for (const [field, kind] of Object.entries(fields)) {
    if (field === name) return offset;
    offset += sizeOf(kind);
  }
  throw new RangeError(`the record has no field ${name}`);
}

function sizeOf(kind: Kind): number {
  return kind === "f64" ? 8 : 4;
}
