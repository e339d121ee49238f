/** What classic.wasm exports: the kernels of the classic models (lib/src/models). */

/** The first address that the module itself does not use. */
export function heapBase(): usize {
  return __heap_base;
}
