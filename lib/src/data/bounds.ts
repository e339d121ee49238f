/** What is wrong with a number outside its bounds; undefined for one within. A bound that is null is none. */
export function outOfBounds(value: number, low: number | null, high: number | null): string | undefined {
  if ((low === null || value >= low) && (high === null || value <= high)) return undefined;
  if (high === null) return `must be ${low} or more`;
  return low === null ? `must be ${high} or less` : `must be from ${low} to ${high}`;
}
