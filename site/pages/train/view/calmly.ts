/**
 * Acts at most once in so many milliseconds: the first value at once, of those that come meanwhile the latest when the
 * time is over.
 */
export function calmly<Value>(milliseconds: number, act: (value: Value) => void): (value: Value) => void {
  let waiting = false;
  let latest: { value: Value } | undefined;
  const next = () => {
    waiting = false;
    if (!latest) return;
    const { value } = latest;
    latest = undefined;
    start(value);
  };
  const start = (value: Value) => {
    waiting = true;
    setTimeout(next, milliseconds);
    act(value);
  };
  return (value) => {
    if (waiting) latest = { value };
    else start(value);
  };
}
