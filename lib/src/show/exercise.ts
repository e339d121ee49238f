import { note } from "./note";

/** An exercise in a notebook: the reader's answer, how to tell that it is right, and a hint. */
export interface Exercise<T> {
  /** Undefined until the reader has put something there. */
  readonly answer: T | undefined;
  readonly isRight: (answer: T) => boolean;
  readonly hint: string;
}

/**
 * Tells whether the reader's answer is right.
 *
 * @example
 * ```ts
 * const answer: number | undefined = undefined; // your number here
 * show.exercise({ answer, isRight: (n) => n === 29857, hint: "add the parameters of the four layers" });
 * ```
 */
export function exercise<T>({ answer, isRight, hint }: Exercise<T>): void {
  if (answer === undefined) note("Not answered yet.");
  else if (isRight(answer)) note("Right.");
  else note(`Not yet. Hint: ${hint}.`);
}
