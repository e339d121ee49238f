// The floors of the house, ground up; a file imports from its own floor and those below it.
const floors = [
  [
    "base",
    "^lib/src/(random|numpy-random|errors|special|samples|quantile|paths|worker-pool)\\.ts$|^lib/src/(backend|kernels)/",
  ],
  ["data", "^lib/src/data/"],
  ["prepare", "^lib/src/prepare/"],
  ["models", "^lib/src/models/"],
  ["train", "^lib/src/train/"],
  ["evaluate", "^lib/src/evaluate/"],
  ["search", "^lib/src/search/"],
  ["show", "^lib/src/show/"],
  ["study", "^lib/src/(study|long|claims|index)\\.ts$"],
];

/** One rule per floor: nothing on it may import from a floor above. */
const rules = floors.slice(0, -1).map(([name, path], at) => ({
  name: `${name}-looks-down`,
  comment: `Imports go down the floors only: ${floors.map(([floor]) => floor).join(" < ")}`,
  severity: "error",
  from: { path },
  to: {
    path: floors
      .slice(at + 1)
      .map(([, above]) => above)
      .join("|"),
  },
}));

/** What the workers of fitMany load: it must start fast and small. The list is closed under its own imports. */
const inWorkers = [
  "^lib/src/(random|errors|special|samples|paths|worker-pool)\\.ts$",
  "^lib/src/kernels/",
  "^lib/src/train/(checkpoint|checks|early-stop|history|kernel-trainer|options|run|schedules|targets|trainer)\\.ts$",
  "^lib/src/train/fit-worker\\.ts$",
  "^lib/src/models/(decision-tree|forest/(bag|encode|grower|table|worker))\\.ts$",
].join("|");

/** What the site's pages load of lib: it must run in a browser. The list is closed under its own imports. */
const inPages = [
  "^lib/src/(errors|numpy-random|quantile|random|samples|special)\\.ts$",
  "^lib/src/kernels/(arena|instance|network|parameters|plan|records|shapes)\\.ts$",
  "^lib/src/data/(audio-features|decades)\\.ts$",
  "^lib/src/prepare/(finite|info-column|names|rows|rows-by|scalers|shares|sklearn-rows|split|split-rows)\\.ts$",
  "^lib/src/prepare/transformer-json\\.ts$",
  "^lib/src/models/(checks|decision-tree|decisions|initial-weights|mlp-spec|powers|tree-shap)\\.ts$",
  "^lib/src/models/forest/(ascending|bits|targets|unpack)\\.ts$",
  "^lib/src/models/linear/(binary|centred-columns|cholesky|least-squares|linear-classifier|linear-regression)\\.ts$",
  "^lib/src/models/linear/(logistic-regression|model-file|newton|plain-rows|row-weights|rows|singular-values)\\.ts$",
  "^lib/src/train/checks\\.ts$",
  "^lib/src/evaluate/(calibration|confusion|mean|probability|quantile|ranking|scored)\\.ts$",
  "^lib/src/show/(format|theme|text/(glyph-widths|measure))\\.ts$",
].join("|");

module.exports = {
  forbidden: [
    ...rules,
    {
      name: "workers-load-no-tfjs",
      comment: "What a worker loads may import tfjs, and all that stands on it, as types only",
      severity: "error",
      from: { path: inWorkers },
      to: { path: "^lib/src/|tensorflow|danfojs|polars", pathNot: inWorkers, dependencyTypesNot: ["type-only"] },
    },
    {
      name: "pages-load-no-node",
      comment: "What a page loads imports nothing of Node, and no package but those that run in a browser",
      severity: "error",
      from: { path: inPages },
      to: { pathNot: `${inPages}|node_modules/@stdlib/`, dependencyTypesNot: ["type-only"] },
    },
    { name: "no-circular", severity: "error", from: {}, to: { circular: true } },
    {
      name: "every-file-has-a-floor",
      comment: "A file in lib/src stands on one of the floors above",
      severity: "error",
      from: { path: "^lib/src/" },
      to: { path: "^lib/src/", pathNot: floors.map(([, path]) => path).join("|") },
    },
    {
      name: "tests-stay-out",
      severity: "error",
      from: { path: "^lib/src/" },
      to: { path: "^lib/test/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },

    tsPreCompilationDeps: true,
  },
};
