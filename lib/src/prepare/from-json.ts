import { imputerFromFile } from "./imputer";
import { logFromFile } from "./log-transform";
import { onColumnsFromFile } from "./on-columns";
import { oneHotFromFile } from "./one-hot";
import { ordinalFromFile } from "./ordinal";
import { joined, type Pipeline, type PipelineJSON } from "./pipeline";
import { quantileFromFile } from "./quantile-scaler";
import { scalerFromJSON } from "./scalers";
import type { Transformer } from "./transformer";
import { badTransformerFile, TransformerFile, type TransformerJSON, written } from "./transformer-json";
import { winsorizerFromFile } from "./winsorize";

type Reader = (file: TransformerFile, read: (json: unknown) => Transformer) => Transformer;

const readers: Readonly<Record<string, Reader>> = {
  imputer: imputerFromFile,
  log: logFromFile,
  oneHot: oneHotFromFile,
  onColumns: onColumnsFromFile,
  ordinal: ordinalFromFile,
  quantile: quantileFromFile,
  winsorize: winsorizerFromFile,
};

/**
 * Reads any transformer (scaler and pipeline too) from what its `toJSON` gave, parsed.
 *
 * @throws HitlabError for another format, version or shape
 * @example
 * ```ts
 * const text = JSON.stringify(prepare.imputer(train, { strategy: "mean" }));
 * const imputer = prepare.transformerFromJSON(JSON.parse(text));
 * ```
 */
export function transformerFromJSON(json: unknown): Transformer {
  const { format, version, kind = "" } = (json ?? {}) as Partial<TransformerJSON>;
  if ((format as string) === "hitlab-scaler") return scalerFromJSON(json);
  if ((format as string) === "hitlab-pipeline") return pipelineFromJSON(json);
  if (format !== "hitlab-transformer" || version !== 1)
    throw badTransformerFile(`format ${written(format)}, version ${written(version)}`);
  if (typeof kind !== "string" || !Object.hasOwn(readers, kind)) throw badTransformerFile(`kind ${written(kind)}`);
  return readers[kind](new TransformerFile(kind, json as Record<string, unknown>), transformerFromJSON);
}

/**
 * Reads a pipeline from what its `toJSON` gave, parsed: it gives the same digits as the one that was saved.
 *
 * @throws HitlabError for another format, version or shape, and for steps that do not fit one another
 */
export function pipelineFromJSON(json: unknown): Pipeline {
  const { format, version } = (json ?? {}) as Partial<PipelineJSON>;
  if (format !== "hitlab-pipeline" || version !== 1)
    throw badTransformerFile(`format ${written(format)}, version ${written(version)}`);
  const file = new TransformerFile("pipeline", json as Record<string, unknown>);
  return joined(file.names("inputs"), file.list("steps").map(transformerFromJSON), (found) => file.bad(found));
}
