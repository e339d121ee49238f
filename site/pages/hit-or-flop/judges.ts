import { loadData } from "../shared/load-data";
import type { Era, ForestPayload } from "../shared/payloads";
import type { Choice, Curve, Judge, Reasons, Song } from "./judge";
import { startJudge } from "./start-judge";

/** The judge in two workers, each of which gets the forest that it is asked for. */
export class Judges {
  private readonly quick = new Supplied(startJudge());
  /** For what takes long, so that no verdict waits behind it. */
  private slow?: Supplied;

  async probability(choice: Choice, song: Song): Promise<number> {
    return (await this.quick.for(choice)).probability(choice, song);
  }

  async curves(choice: Choice, song: Song): Promise<readonly Curve[]> {
    return (await this.quick.for(choice)).curves(choice, song);
  }

  async reasons(choice: Choice, song: Song): Promise<Reasons> {
    return (await this.patient().for(choice)).reasons(choice, song);
  }

  async score(choice: Choice, songs: readonly Song[], told: (share: number) => void): Promise<readonly number[]> {
    return (await this.patient().for(choice)).score(choice, songs, told);
  }

  private patient(): Supplied {
    this.slow ??= new Supplied(startJudge());
    return this.slow;
  }
}

class Supplied {
  private readonly given = new Map<Era, Promise<void>>();

  constructor(private readonly judge: Judge) {}

  async for(choice: Choice): Promise<Judge> {
    await this.ready(choice);
    return this.judge;
  }

  private ready({ era, model }: Choice): Promise<void> {
    if (model !== "forest") return Promise.resolve();
    const known = this.given.get(era);
    if (known) return known;
    const giving = forestOf(era).then((forest) => this.judge.giveForest(forest));
    giving.catch(() => this.given.delete(era));
    this.given.set(era, giving);
    return giving;
  }
}

/** The forest's script; loaded once. */
export function forestOf(era: Era): Promise<ForestPayload> {
  return loadData(`forest-${era}`);
}
