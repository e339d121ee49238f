import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { HitlabError } from "../../errors";

/**
 * Does `work` unless another process does such work in `folder`: two fetchers would write into the same parts. A mark
 * that a dead process left behind is ignored.
 */
export async function oneAtATime<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const mark = join(folder, ".fetching");
  await take(mark, folder);
  try {
    return await work();
  } finally {
    await rm(mark, { force: true });
  }
}

async function take(mark: string, folder: string): Promise<void> {
  try {
    await writeFile(mark, String(process.pid), { flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    const pid = Number(await readFile(mark, "utf8"));
    if (isAlive(pid)) {
      throw new HitlabError({
        what: `process ${pid} is fetching data into this folder already`,
        file: folder,
        remedy: "wait for it to end, or end it, and run the command again",
      });
    }
    await writeFile(mark, String(process.pid));
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, but belongs to someone else.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
