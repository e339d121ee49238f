/**
 * Hashes of what each classic model says after a fit on generated rows, by what is built in lib/dist. Run by itself (by
 * whatever version of Node) it prints them; tools/same-digits.mjs does so, and ../same-digits.test.ts compares.
 */
const { createHash } = require("node:crypto");
const { join } = require("node:path");

const dist = join(__dirname, "..", "..", "..", "dist");
const { random } = require(join(dist, "random.js"));
const { matrix } = require(join(dist, "samples.js"));
const trees = require(join(dist, "models", "tree-models.js"));
const svm = require(join(dist, "models", "svm-models.js"));
const linear = require(join(dist, "models", "linear-models.js"));
const { treeShap } = require(join(dist, "evaluate", "tree-shap.js"));

/** Rows of which class 1 lies inside a bent border, with noise: no model is perfect and none is idle. */
function rows(count) {
  const rng = random(42, "classic digits");
  const data = Float64Array.from({ length: count * 6 }, () => rng.normal());
  const bend = (at) => data[at] + data[at + 1] * data[at + 2] - data[at + 3] * data[at + 3] + 0.5;
  const y = Float64Array.from({ length: count }, (_, row) => Number(bend(6 * row) + rng.normal(0, 0.5) > 0));
  return { x: matrix(count, 6, data), y, info: {} };
}

function hash(...arrays) {
  const all = createHash("sha256");
  for (const array of arrays) all.update(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
  return all.digest("hex").slice(0, 16);
}

async function hashes() {
  const samples = rows(600);
  const { x } = samples;
  const numbers = {
    ...samples,
    y: Float64Array.from({ length: 600 }, (_, row) => x.data[6 * row] + x.data[6 * row + 1]),
  };
  const classes = { ...samples, y: samples.y.map((y, row) => y + 2 * Number(x.data[6 * row + 4] > 0)) };
  const forest = await trees.fitRandomForest(samples, { nEstimators: 20, oobScore: true });
  const regressor = await trees.fitRandomForestRegressor(numbers, { nEstimators: 10 });
  const several = await trees.fitRandomForest(classes, { nEstimators: 10, maxDepth: 6, classWeight: "balanced" });
  const boosting = trees.fitGradientBoosting(samples, { maxIterations: 30 });
  const decisions = (kernel) => hash(svm.fitSVC(samples, { kernel }).decision(x));
  return {
    forest: hash(forest.predictProbability(x), forest.featureImportances, forest.oobProbabilities.data),
    "forest of four classes": hash(several.predictProbabilities(x).data),
    "forest of numbers": hash(regressor.predict(x)),
    boosting: hash(boosting.decision(x)),
    "SVC, linear": decisions("linear"),
    "SVC, poly": decisions("poly"),
    "SVC, rbf": decisions("rbf"),
    "linear SVM": hash(svm.fitLinearSVM(samples).coefficients),
    "linear SVC": hash(svm.fitLinearSVC(samples).coefficients),
    "logistic regression": hash(linear.fitLogisticRegression(samples).predictProbability(x)),
    "multinomial regression": hash(linear.fitMultinomialRegression(classes).predictProbabilities(x).data),
    "Shapley values": hash(treeShap(forest, { ...x, rows: 5, data: x.data.subarray(0, 30) }).contributions.data),
  };
}

module.exports = { hashes };
if (require.main === module)
  hashes().then((found) => console.log(JSON.stringify({ node: process.version, hashes: found })));
