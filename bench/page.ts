/** A run of the bench as a page of its own: a folder's index.html, which opens from disk, with the run as JSON. */
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Kept } from "./chapter";
import { dataFile, pageBody } from "./page/body";

const styles = fileURLToPath(new URL("../site/template/styles/", import.meta.url));
const sheets = ["site.css", "apps.css", "bench.css"];

/**
 * Writes `folder/index.html`, the run beside it as bench.json, and the site's styles.
 *
 * @returns the page's path
 */
export function writePage(kept: Kept, folder: string): string {
  mkdirSync(folder, { recursive: true });
  for (const sheet of sheets) copyFileSync(join(styles, sheet), join(folder, sheet));
  writeFileSync(join(folder, dataFile), `${JSON.stringify(kept, null, 2)}\n`);
  const page = join(folder, "index.html");
  writeFileSync(page, framed(pageBody(kept)));
  return page;
}

function framed(body: string): string {
  const links = sheets.map((sheet) => `<link rel="stylesheet" href="${sheet}">`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self' file:; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>How fast is it? · hitlab</title>
${links.join("\n")}
</head>
<body class="app">
<main id="content">
${body}
</main>
</body>
</html>
`;
}
