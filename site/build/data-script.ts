import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { DataName, Payload } from "../pages/shared/payloads";

/** A classic script that hands a payload to `loadData`. No title can end a script element, should one hold this text. */
export function dataScript<Name extends DataName>(name: Name, payload: Payload<Name>): string {
  const json = JSON.stringify(payload).replaceAll("<", "\\u003c");
  return `hitlabData(${JSON.stringify(name)},${json});\n`;
}

/** Writes data/NAME.js; returns its bytes. */
export function writeDataScript<Name extends DataName>(folder: string, name: Name, payload: Payload<Name>): number {
  const bytes = Buffer.from(dataScript(name, payload));
  writeFileSync(join(folder, `${name}.js`), bytes);
  return bytes.length;
}
