/**
 * Computes tensors with ONNX Runtime. Loading this module is what makes tensors readable.
 *
 * @module
 */
import { setEvaluator } from "../tensor/evaluator.ts";
import { evaluateTensors } from "./evaluate.ts";

setEvaluator(evaluateTensors);

export { compile, type CompileOptions } from "./compile.ts";
export { currentDevice, type Device, DEVICE_NAMES, type DeviceName, setDevice } from "./device.ts";
export { sessionsCreated } from "./session.ts";
export type { Tree } from "./tree.ts";
