import { spawn } from "node:child_process";
import { join } from "node:path";

/** The notebooks' pages and the front page, by one Python process. Returns what it wrote. */
export function renderNotebooks({ root, python, job }) {
  return render({ root, python, file: "render.py", job });
}

/** The frames of the pages that are programs. */
export function renderApps({ root, python, job }) {
  return render({ root, python, file: "render_apps.py", job });
}

/** Hands a job to a program of site/template and returns what it wrote. */
function render({ root, python, file, job }) {
  const program = python ?? defaultPython(root);
  return new Promise((resolve, reject) => {
    const child = spawn(program, [join(root, "site", "template", file)], {
      // -B by environment: no __pycache__ beside the template. UTF-8 also where the system's encoding is another.
      env: { ...process.env, PYTHONUTF8: "1", PYTHONDONTWRITEBYTECODE: "1" },
    });
    let out = "";
    let errors = "";
    child.stdout.setEncoding("utf8").on("data", (text) => (out += text));
    child.stderr.setEncoding("utf8").on("data", (text) => (errors += text));
    child.on("error", () => reject(new Error(`${program} does not start; "npm start" sets it up`)));
    child.on("close", (status) => {
      if (status === 0) resolve(JSON.parse(out));
      else reject(new Error(`the pages could not be rendered: ${reason(errors)}`));
    });
    child.stdin.on("error", () => {});
    child.stdin.end(JSON.stringify(job));
  });
}

function reason(errors) {
  const lines = errors.trim().split("\n");
  const told = lines.find((line) => line.startsWith("hitlab: "));
  return told ? told.slice(8) : lines.slice(-6).join("\n");
}

function defaultPython(root) {
  return process.platform === "win32"
    ? join(root, ".venv", "Scripts", "python.exe")
    : join(root, ".venv", "bin", "python");
}
