import type { KernelData, Measured, NetworkSpec, TrainingSpec } from "./spec";

// STUB, to be replaced by the lead: only the types count.
export class KernelNetwork {
  readonly outputs: number = 1;
  constructor(_spec: NetworkSpec, _weights: readonly Float32Array[], _training?: TrainingSpec) {
    throw new Error("not yet built");
  }
  setTraining(_data: KernelData): void {}
  setValidation(_data: KernelData): void {}
  beginEpoch(_epoch: number, _learningRate: number): void {}
  trainSteps(_steps: number): number {
    return 0;
  }
  measured(): Measured {
    return { loss: 0, accuracy: 0, mae: 0 };
  }
  validate(): Measured {
    return { loss: 0, accuracy: 0, mae: 0 };
  }
  predict(_x: Float32Array, _rows: number): Float32Array {
    return new Float32Array(0);
  }
  weights(): Float32Array[] {
    return [];
  }
  setWeights(_weights: readonly Float32Array[]): void {}
  optimizerState(): { readonly step: number; readonly slots: Float32Array } {
    return { step: 0, slots: new Float32Array(0) };
  }
  setOptimizerState(_state: { readonly step: number; readonly slots: Float32Array }): void {}
  close(): void {}
}
