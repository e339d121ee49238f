// Prints the largest errors of exp, log, tanh and sigmoid over all float32 arguments with 2^low <= |x| < 2^high, in
// ulp of the float32 result, against float64. Smaller and larger arguments are covered by special.test.ts. Takes a
// few minutes: run it after a change of lib/kernels/special.ts and put the figures into the docstrings there.
import { readFileSync } from "node:fs";

const wasm = readFileSync(new URL("../../dist/kernels.wasm", import.meta.url));
const { exports } = new WebAssembly.Instance(new WebAssembly.Module(wasm));
const n = 1 << 16;
const input = 1 << 17;
const output = input + 4 * n;
exports.memory.grow(20);
const x = new Float32Array(exports.memory.buffer, input, n);
const y = new Float32Array(exports.memory.buffer, output, n);
const bits = new Uint32Array(exports.memory.buffer, input, n);
const wide = new Float64Array(1);
const halves = new Uint32Array(wide.buffer);

const functions = [
  { kernel: "expArray", exact: Math.exp, low: -26, high: 7, signs: [0, 1], from: -87.33654, to: 88.72283 },
  { kernel: "logArray", exact: Math.log, low: -20, high: 20, signs: [0] },
  { kernel: "log1pArray", exact: Math.log1p, low: -40, high: 10, signs: [0] },
  { kernel: "tanhArray", exact: Math.tanh, low: -26, high: 4, signs: [0] },
  { kernel: "sigmoidArray", exact: (v) => 1 / (1 + Math.exp(-v)), low: -26, high: 7, signs: [0, 1], from: -87.33654 },
];

for (const { kernel, exact, low, high, signs, from = -Infinity, to = Infinity } of functions) {
  let [largest, place, count, rounded] = [0, 0, 0, 0];
  for (const sign of signs) {
    for (let first = (127 + low) * 2 ** 23; first < (127 + high) * 2 ** 23; first += n) {
      for (let i = 0; i < n; i++) bits[i] = sign * 2 ** 31 + first + i;
      exports[kernel](input, output, n);
      for (let i = 0; i < n; i++) {
        if (x[i] < from || x[i] > to) continue;
        const expected = exact(x[i]);
        wide[0] = expected;
        const exponent = ((halves[1] >>> 20) & 0x7ff) - 1023;
        const error = Math.abs(y[i] - expected) * 2 ** (23 - exponent);
        if (!(error <= largest)) [largest, place] = [error, x[i]];
        if (y[i] === Math.fround(expected)) rounded++;
        count++;
      }
    }
  }
  const share = ((100 * rounded) / count).toFixed(1);
  console.log(`${kernel}: ${count} arguments, ${largest.toFixed(3)} ulp at ${place}, ${share} % rounded correctly`);
}
