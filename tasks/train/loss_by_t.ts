/**
 * The mean loss by time step.
 *
 * @module
 */

/** The mean loss over some time steps. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
  readonly loss: number;
}

/** Ranges that the time steps are split into. */
const RANGES = 10;

/** Gathers losses by time step, and forgets those of long ago. */
export class LossByT {
  #sums: Float64Array[] = [];
  #counts: Float64Array[] = [];

  /** None gathered, of the time steps 1 ... T. */
  constructor(readonly T: number) {
    this.turn();
  }

  /** Takes in the losses of some examples, with their time steps. */
  add(t: ArrayLike<number>, losses: ArrayLike<number>): void {
    for (let i = 0; i < t.length; i++) {
      const range = Math.floor((t[i] - 1) * RANGES / this.T);
      this.#sums[0][range] += losses[i];
      this.#counts[0][range]++;
    }
  }

  /** Forgets what came before the last turn. */
  turn(): void {
    this.#sums = [new Float64Array(RANGES), ...this.#sums.slice(0, 1)];
    this.#counts = [new Float64Array(RANGES), ...this.#counts.slice(0, 1)];
  }

  /** The means over the present turn and the one before, of the time steps that came up. */
  ranges(): TimeRange[] {
    return Array.from({ length: RANGES }, (_, i) => {
      const total = (parts: Float64Array[]) => parts.reduce((sum, part) => sum + part[i], 0);
      return {
        from: Math.ceil(i * this.T / RANGES) + 1,
        to: Math.ceil((i + 1) * this.T / RANGES),
        loss: total(this.#sums) / total(this.#counts),
      };
    }).filter(({ loss }) => !Number.isNaN(loss));
  }
}
