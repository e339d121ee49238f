/** The processes that do the works: ours and the peers, each started when it is first needed. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { addon } from "../tools/front/native-addon.mjs";
import { Side } from "./side";
import type { PeerName } from "./works";

/** One process works at a time; one that has ended is started again for the next work. */
export class Sides {
  private readonly running = new Map<string, Side>();

  /** @param python of the peer's environment; without it there is no such peer */
  constructor(
    private readonly root: string,
    private readonly python: string | undefined,
  ) {}

  ours(): Side {
    return this.live("our side", () => this.byNode("our side", "bench/ours/main.ts"));
  }

  /** The peer, where it is there at all: native TensorFlow needs `npm run native`. */
  peer(name: PeerName): Side | undefined {
    // A bench without a peer is ours alone.
    const { python } = this;
    if (!python) return undefined;
    if (name === "python") return this.live(name, () => this.byPython(python));
    if (name === "tfjs-tensorflow" && !existsSync(addon)) return undefined;
    return this.live(name, () => this.byNode(name, "bench/tfjs/main.ts", name.slice("tfjs-".length)));
  }

  end(): void {
    for (const side of this.running.values()) side.end();
  }

  private live(name: string, start: () => Side): Side {
    let side = this.running.get(name);
    if (!side || side.gone) {
      side = start();
      this.running.set(name, side);
    }
    return side;
  }

  private byNode(name: string, ...program: string[]): Side {
    const runner = join(this.root, "node_modules/vite-node/vite-node.mjs");
    return new Side(name, process.execPath, [runner, ...program], { cwd: this.root, env: quiet() });
  }

  /** Own settings of this computer's shell (a number of threads, say) are left as they are: Keras with its defaults. */
  private byPython(python: string): Side {
    const program = ["-W", "ignore", join("bench", "peer", "main.py")];
    return new Side("the peer", python, program, { cwd: this.root, env: quiet() });
  }
}

function quiet(): NodeJS.ProcessEnv {
  return { ...process.env, TF_CPP_MIN_LOG_LEVEL: "3", PYTHONDONTWRITEBYTECODE: "1" };
}
