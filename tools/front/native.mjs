import { rmSync } from "node:fs";
import { findCompiler } from "./compiler.mjs";
import { Failure } from "./failure.mjs";
import { addonReady, addonStamp, buildAddon } from "./native-addon.mjs";
import { runOfficialInstaller } from "./native-official.mjs";
import { verifyNative } from "./native-verify.mjs";
import { setUp, step } from "./setup.mjs";
import { run } from "./spawn.mjs";
import { installWheel, requirementFor, tensorflowVersion, wheelReady } from "./tensorflow-wheel.mjs";

/**
 * `npm run native [-- --gpu | --official]`: builds the addon of @tensorflow/tfjs-node-gpu against today's TensorFlow,
 * or with --official lets the package's own installer fetch the one of 2022, and checks that it works.
 */
export async function main(args) {
  const unknown = args.find((arg) => !["--gpu", "--official"].includes(arg));
  if (unknown) throw new Failure(`native does not know ${unknown}`, "use --gpu, --official or nothing");
  const gpu = args.includes("--gpu");
  const official = args.includes("--official");
  if (gpu && official)
    throw new Failure("--gpu and --official exclude each other", "the package's own addon has GPU support anyway");
  if (official) {
    await setUp({ python: false });
    await step("the package's own installer", false, runOfficialInstaller);
  } else await buildNative(gpu);
  return report(await verified(), { gpu, official });
}

/** Builds what is missing. What stands in the way is told before hundreds of megabytes are fetched. */
export async function buildNative(gpu) {
  const requirement = requirementFor({ gpu });
  if (gpu) await checkDriver();
  const compiler = addonReady(requirement) ? undefined : await findCompiler();
  await setUp({ python: false });
  const size = gpu ? "6 GB with CUDA" : "1.3 GB";
  const wheel = `TensorFlow ${tensorflowVersion} in .venv-native (${size})`;
  await step(wheel, await wheelReady(requirement), () => installWheel(requirement));
  await step("addon of @tensorflow/tfjs-node-gpu", addonReady(requirement), async () =>
    buildAddon(compiler ?? (await findCompiler()), requirement),
  );
}

async function checkDriver() {
  if ((await run("nvidia-smi", ["-L"])).code === 0) return;
  throw new Failure(
    "no NVIDIA GPU answers: nvidia-smi does not run",
    "install NVIDIA's driver, or leave out --gpu to build for the CPU",
  );
}

/** What was checked. An addon that does not load is compiled anew by the next run. */
async function verified() {
  let found;
  try {
    await step("check of native TensorFlow", false, async () => {
      found = await verifyNative();
    });
  } catch (error) {
    if (error.exitCode !== 130) rmSync(addonStamp, { force: true });
    throw error;
  }
  return found;
}

/** Prints what was checked; exit status. */
function report({ version, tfjs, device, rows }, { gpu, official }) {
  const width = Math.max(...rows.map(({ what }) => what.length));
  const node = `Node ${process.versions.node}, ${process.platform} ${process.arch}`;
  console.log(`\nTensorFlow ${version} on the ${device}, by tfjs ${tfjs}, ${node}`);
  for (const { what, found, allowed, holds } of rows)
    console.log(`  ${what.padEnd(width)}  ${found.toExponential(1)}  ${holds ? "ok" : `TOO FAR (at most ${allowed})`}`);
  if (gpu && device !== "GPU")
    throw new Failure(
      "TensorFlow sees no GPU",
      "see that nvidia-smi lists one and its driver is of CUDA 12.5 or newer, or run without --gpu",
    );
  if (!official && version !== tensorflowVersion)
    throw new Failure(
      `TensorFlow ${version} answers in place of ${tensorflowVersion}`,
      "delete .venv-native and run the command again",
    );
  const failed = rows.filter(({ holds }) => !holds);
  if (failed.length > 0)
    throw new Failure(
      `${failed.length} of ${rows.length} checks of native TensorFlow failed`,
      "leave HITLAB_BACKEND unset, and tell us the lines above (what TensorFlow printed: out/log/native-tensorflow.log)",
    );
  console.log("\nIt works. Use it: HITLAB_BACKEND=tensorflow npm start");
}
