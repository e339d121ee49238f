import { join } from "node:path";
import { notebookEnvironment } from "./notebooks.mjs";
import { root, venv, venvPython } from "./paths.mjs";
import { setUp } from "./setup.mjs";
import { run } from "./spawn.mjs";
import { writeWhole } from "./stamp.mjs";

/** Nothing is asked of the network: no news, no look for updates, and no question about them. */
const settings = {
  "@jupyterlab/apputils-extension:notification": { checkForUpdates: false, fetchNews: "false" },
};
const overrides = join(venv, "share", "jupyter", "lab", "settings", "overrides.json");

/**
 * `npm run lab [-- options of JupyterLab]`: JupyterLab on this computer only, with a token, opening the index notebook.
 */
export async function main(args) {
  await setUp({ lab: true });
  writeWhole(overrides, `${JSON.stringify(settings, null, 2)}\n`);
  // JupyterLab runs a CommonJS script of its own with Node, which would take it for one of this project's ES modules.
  writeWhole(join(venv, "package.json"), '{ "type": "commonjs" }\n');
  const { code } = await run(venvPython(), ["-m", "jupyterlab", ...labOptions(), ...args], {
    cwd: root,
    env: labEnvironment(),
    show: true,
  });
  return code === 130 ? 0 : code;
}

function labOptions() {
  const options = [
    "--ServerApp.ip=127.0.0.1",
    `--ServerApp.root_dir=${root}`,
    "--LabApp.default_url=/lab/tree/notebooks/00_index.ipynb",
  ];
  // In containers one is often root, which Jupyter refuses unless told.
  return process.getuid?.() === 0 ? [...options, "--allow-root"] : options;
}

/** The kernel of .venv goes before one of the same name that the user may have. */
function labEnvironment() {
  return { ...notebookEnvironment(), JUPYTER_PREFER_ENV_PATH: "1" };
}
