import type { DataName, Manifest, Payload } from "./payloads";

declare global {
  interface Window {
    /** Called by each script under data/ with its name and what it holds. */
    hitlabData?: (name: string, payload: unknown) => void;
  }
}

const loading = new Map<DataName, Promise<unknown>>();
const arrived = new Map<string, unknown>();

/**
 * Loads data/NAME.js once. A classic script, as file:// allows no other way to read a file.
 *
 * @throws Error naming the file if it does not load; a second call tries again
 */
export function loadData<Name extends DataName>(name: Name): Promise<Payload<Name>> {
  window.hitlabData ??= (arriving, payload) => arrived.set(arriving, payload);
  const known = loading.get(name);
  if (known) return known as Promise<Payload<Name>>;
  const promise = new Promise<Payload<Name>>((resolve, reject) => {
    const script = document.createElement("script");
    const fail = (why: string) => {
      loading.delete(name);
      reject(new Error(`data/${name}.js ${why}. To mend it: run npm run site, which writes it.`));
    };
    // "+" in a file's name is safe in an address, but some hosts read it as a space.
    script.src = `data/${encodeURIComponent(name)}.js`;
    script.addEventListener("load", () => {
      if (arrived.has(name)) resolve(arrived.get(name) as Payload<Name>);
      else fail("holds something else");
    });
    script.addEventListener("error", () => fail("does not load"));
    for (const end of ["load", "error"]) script.addEventListener(end, () => script.remove());
    document.head.append(script);
  });
  loading.set(name, promise);
  return promise;
}

/** What the data scripts hold, as written into the page. */
export function manifest(): Manifest {
  return JSON.parse(document.getElementById("manifest")?.textContent ?? "") as Manifest;
}
