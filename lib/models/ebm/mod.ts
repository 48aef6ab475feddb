/**
 * Energies as networks, and files that hold trained ones.
 *
 * @module
 */
export { loadEbm, saveEbm } from "./checkpoint.ts";
export {
  ConvEnergy,
  type ConvEnergyOptions,
  EnergyMLP,
  type EnergyMLPOptions,
} from "./networks.ts";
