/**
 * How energy-based models are sampled and trained: Langevin dynamics, the replay buffer, the loss.
 *
 * @module
 */
export { type DrawnChains, ReplayBuffer, type ReplayBufferOptions } from "./buffer.ts";
export {
  type Energy,
  IMAGE_CHAIN,
  langevin,
  type LangevinOptions,
  langevinPath,
  langevinSampler,
  langevinTemperature,
} from "./langevin.ts";
export { type EnergyLoss, energyLoss } from "./loss.ts";
export { noiseBank, type NoiseSource, noiseTable } from "./noise.ts";
