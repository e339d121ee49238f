// One side of the check of native TensorFlow, run as a program of its own because a process has one backend:
// node native-check.mjs ENGINE FILE [basics] trains the studies' networks by ENGINE ("tfjs" or "kernels") on the backend
// that HITLAB_BACKEND names and writes what came out as JSON; "basics" checks the backend itself, too.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

const require = createRequire(import.meta.url);
const tf = require("@tensorflow/tfjs");
const { fit: train, matrix, networks, openBackend, random } = require("hitlab");

const [engine, file, basics] = process.argv.slice(2);
try {
  await openBackend();
  const found = { ...(basics ? await checkBasics() : {}), trained: await trainStudies() };
  writeFileSync(file, JSON.stringify(found));
} catch (error) {
  console.error(error.name === "HitlabError" ? error.message : error.stack);
  process.exitCode = 1;
}

async function checkBasics() {
  const { binding } = tf.backend();
  return {
    version: binding.TF_Version,
    tfjs: tf.version.tfjs,
    device: binding.isUsingGpuDevice() ? "GPU" : "CPU",
    product: productError(),
    gradient: gradientError(),
    saved: await savingError(),
  };
}

function uniforms(length, ...path) {
  const rng = random(42, "native", ...path);
  return Float64Array.from({ length }, () => Math.fround(2 * rng.uniform() - 1));
}

function largestDifference(a, b) {
  return a.reduce((largest, value, at) => Math.max(largest, Math.abs(value - b[at])), 0);
}

/** a [rows, inner] times b [inner, columns], in double precision. */
function product(a, b, rows, inner, columns) {
  return Float64Array.from({ length: rows * columns }, (_, at) => {
    const [r, c] = [Math.floor(at / columns), at % columns];
    let sum = 0;
    for (let i = 0; i < inner; i++) sum += a[r * inner + i] * b[i * columns + c];
    return sum;
  });
}

function productError() {
  const [a, b] = [uniforms(37 * 64, "a"), uniforms(64 * 29, "b")];
  const ours = tf.tidy(() =>
    tf.matMul(tf.tensor2d(new Float32Array(a), [37, 64]), tf.tensor2d(new Float32Array(b), [64, 29])).dataSync(),
  );
  return largestDifference(product(a, b, 37, 64, 29), ours);
}

/** Of the sum of tanh(x w)^2, by w; central differences in double precision. */
function gradientError() {
  const [x, w] = [uniforms(20 * 6, "x"), uniforms(6 * 3, "w")];
  const value = (weights) => product(x, weights, 20, 6, 3).reduce((sum, z) => sum + Math.tanh(z) ** 2, 0);
  const step = 1e-5;
  const differences = w.map((_, at) => {
    const [up, down] = [step, -step].map((by) => value(w.map((weight, i) => (i === at ? weight + by : weight))));
    return (up - down) / (2 * step);
  });
  const gradient = tf.grad((weights) =>
    tf.sum(tf.square(tf.tanh(tf.matMul(tf.tensor2d(new Float32Array(x), [20, 6]), weights)))),
  );
  const ours = tf.tidy(() => gradient(tf.tensor2d(new Float32Array(w), [6, 3])).dataSync());
  return largestDifference(differences, ours);
}

async function savingError() {
  const folder = mkdtempSync(join(tmpdir(), "hitlab-native-"));
  try {
    const model = networks.lstmHitPredictor({ lookBack: 14 });
    const rows = matrix(50, 14, uniforms(50 * 14, "saved"));
    await networks.saveModel(model, join(folder, "model"));
    const back = await networks.loadModel(join(folder, "model"));
    return largestDifference(networks.predict(model, rows), networks.predict(back.model, rows));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The studies' networks without dropout, whose masks differ between the engines, and how many rows a step has. */
function studies() {
  const lstm = networks.lstmHitPredictor({ lookBack: 14 });
  for (const layer of lstm.layers) if (layer.getClassName() === "Dropout") layer.rate = 0;
  const hidden = [128, 64, 32, 16];
  const fifth = { inputs: 24, hidden, output: "sigmoid" };
  return {
    "1 LSTM": { model: lstm, columns: 14, batchSize: 32 },
    "2 classifier": {
      model: networks.mlp({ inputs: 15, hidden: [64, 32], output: "sigmoid" }),
      columns: 15,
      batchSize: 32,
    },
    "3 regression": {
      model: networks.mlp({ inputs: 33, hidden: [64, 32], output: "linear" }),
      columns: 33,
      batchSize: 32,
    },
    "4 softmax": {
      model: networks.mlp({ inputs: 15, hidden: [14, 120, 80], output: "softmax" }),
      columns: 15,
      batchSize: 160,
    },
    "5 L1": { model: networks.mlp({ ...fifth, l1: [0, 1e-4, 1e-4, 1e-4] }), columns: 24, batchSize: 64 },
    "5 L2, RMSprop": {
      model: networks.mlp({ ...fifth, l2: [0, 1e-4, 1e-4, 1e-4], optimizer: "rmsprop" }),
      columns: 24,
      batchSize: 64,
    },
  };
}

/** By study the weights before and after two epochs, one number after the other. */
async function trainStudies() {
  const trained = {};
  for (const [study, { model, columns, batchSize }] of Object.entries(studies())) {
    const x = matrix(320, columns, uniforms(320 * columns, study));
    const y = Float64Array.from({ length: 320 }, (_, r) => (x.data[r * columns] + x.data[r * columns + 1] > 0 ? 1 : 0));
    const before = weightsOf(model);
    await train(model, { x, y, info: {} }, { epochs: 2, batchSize, engine });
    trained[study] = { before, after: weightsOf(model) };
  }
  return trained;
}

function weightsOf(model) {
  return model.getWeights().flatMap((weight) => Array.from(weight.dataSync()));
}
