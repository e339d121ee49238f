/** The text of the bundle of a worker (tools/site/assets.mjs). */
declare module "worker:*" {
  const source: string;
  export default source;
}

/** The bytes of a file, embedded in the bundle. */
declare module "*.wasm" {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}
