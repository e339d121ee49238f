import { readFileSync, writeFileSync } from "node:fs";

/** Makes the kernel count this process' peak of memory anew. Linux only: elsewhere nothing happens. */
export function forgetPeak(): void {
  try {
    writeFileSync("/proc/self/clear_refs", "5");
  } catch {
    // Another system, or one that forbids it: peakMegabytes then tells nothing or the peak since the start.
  }
}

/** Most memory that this process held at a time since `forgetPeak`, libraries included, in MB; only Linux tells. */
export function peakMegabytes(): number | undefined {
  try {
    const peak = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"));
    return peak ? Number(peak[1]) / 1024 : undefined;
  } catch {
    return undefined;
  }
}
