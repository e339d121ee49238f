import { Failure } from "../tools/front/failure.mjs";

export interface Options {
  /** Fewer rounds and a smaller sample of the grid. */
  readonly quick: boolean;
  readonly only?: readonly string[];
  /** File for the rows. */
  readonly json?: string;
  /** Makes the figures those of the committed tables (chapter.ts). */
  readonly keep?: true;
  /** Goes on with a run that was killed: takes the works that it has done. */
  readonly resume?: true;
  /** Only looks whether the command line makes sense: before anything is installed. */
  readonly check?: true;
  /** The peer's Python; without it our side runs alone. */
  readonly python?: string;
}

const usage = "use --quick, --only WORK,WORK, --json FILE, --keep, --resume, --no-peer";

/** Reads the command line of bench/main.ts. @throws Failure on what it does not know */
export function readOptions(args: readonly string[]): Options {
  const options: { -readonly [K in keyof Options]: Options[K] } = { quick: false };
  let noPeer = false;
  for (let at = 0; at < args.length; at++) {
    const [name, inline] = cut(args[at]);
    const value = () => {
      const found = inline ?? args[++at];
      if (!found || found.startsWith("--")) throw new Failure(`${name} names nothing`, usage);
      return found;
    };
    if (name === "--quick") options.quick = true;
    else if (name === "--no-peer") noPeer = true;
    else if (name === "--only") options.only = [...(options.only ?? []), ...value().split(",").filter(Boolean)];
    else if (name === "--keep") options.keep = true;
    else if (name === "--resume") options.resume = true;
    else if (name === "--check") options.check = true;
    else if (name === "--json") options.json = value();
    else if (name === "--python") options.python = value();
    else throw new Failure(`the bench does not know ${args[at]}`, usage);
  }
  if (options.keep && (options.only || noPeer))
    throw new Failure("only a whole run, with the peer, can be kept", "leave out --only and --no-peer, or --keep");
  return noPeer ? { ...options, python: undefined } : options;
}

/** "--json=FILE" in its two parts. */
function cut(arg: string): [name: string, value: string | undefined] {
  const at = arg.startsWith("--") ? arg.indexOf("=") : -1;
  return at < 0 ? [arg, undefined] : [arg.slice(0, at), arg.slice(at + 1)];
}
