/**
 * Asks for one thing at a time. What comes while an answer is awaited replaces what waits: a slider that moves faster
 * than a model computes leaves no queue behind. Each answer is shown with the input that it belongs to.
 *
 * @param wait milliseconds of calm before the first question
 */
export function latest<Input, Output>(
  ask: (input: Input) => Promise<Output>,
  show: (output: Output, input: Input) => void,
  fail: (error: unknown, input: Input) => void,
  wait = 0,
): (input: Input) => void {
  let next: { input: Input } | undefined;
  let busy = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const run = async () => {
    timer = undefined;
    busy = true;
    while (next && !timer) {
      const { input } = next;
      next = undefined;
      try {
        show(await ask(input), input);
      } catch (error) {
        fail(error, input);
      }
    }
    busy = false;
  };
  return (input) => {
    next = { input };
    if (wait > 0) {
      clearTimeout(timer);
      timer = setTimeout(() => {
        timer = undefined;
        if (!busy) void run();
      }, wait);
    } else if (!busy) void run();
  };
}
