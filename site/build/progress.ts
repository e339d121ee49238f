/** Tells after each piece of work how far it is and about how long the rest will take. */
export class Progress {
  private readonly began = performance.now();
  private finished = 0;

  /** @param work of all pieces together, in any unit */
  constructor(
    private readonly what: string,
    private readonly work: number,
    private readonly told: (line: string) => void,
  ) {}

  /** @param work of this piece, in the same unit */
  done(piece: string, work: number): void {
    this.finished += work;
    const seconds = (performance.now() - this.began) / 1000;
    const left = seconds * (this.work / this.finished - 1);
    const share = Math.floor((100 * this.finished) / this.work);
    const time = this.finished < this.work ? `about ${Math.ceil(left)} s left` : `${seconds.toFixed(1)} s in all`;
    this.told(`${this.what}: ${piece}, ${share} % done, ${time}`);
  }
}
