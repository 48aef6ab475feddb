/**
 * ONNX Runtime itself: loaded when first needed, and its errors in the user's terms.
 *
 * @module
 */
import type { InferenceSession } from "onnxruntime-node";
import { DeviceError } from "../errors.ts";
import type { Device } from "./device.ts";

/** ONNX Runtime's module. */
export type Ort = typeof import("onnxruntime-node");

/** Loads ONNX Runtime. */
export function loadOrt(): Promise<Ort> {
  return import("onnxruntime-node");
}

/**
 * A session for the bytes of a model.
 *
 * @throws {DeviceError} where the device cannot be used, or has no kernel for something in the model
 */
export async function createSession(
  model: Uint8Array,
  device: Device,
  threads: number,
): Promise<InferenceSession> {
  const ort = await loadOrt();
  try {
    return await ort.InferenceSession.create(model, {
      executionProviders: device === "cpu" ? ["cpu"] : [device, "cpu"],
      intraOpNumThreads: threads,
      graphOptimizationLevel: "all",
      // Fatal only: what matters arrives as an error, and users should not see a log beside it.
      logSeverityLevel: 4,
    });
  } catch (error) {
    throw explain(error, device);
  }
}

/** Why a device cannot be used, and what to do about it. */
const REMEDIES: Record<Device, string> = {
  cpu: "ONNX Runtime did not start; fetch the packages again with: deno install",
  cuda:
    "CUDA's libraries do not load; on a machine with an NVIDIA GPU and CUDA 12 fetch them with " +
    "deno task cuda, otherwise choose the cpu",
  webgpu: "there is no usable GPU adapter; install a Vulkan driver for the GPU, or choose the cpu",
};

function explain(error: unknown, device: Device): Error {
  const message = error instanceof Error ? error.message : String(error);
  const kernel = /Could not find an implementation for (\w+)/.exec(message);
  if (kernel !== null) {
    return new DeviceError(
      `${device}: ONNX Runtime has no ${kernel[1]} for a dtype it was given; convert with ` +
        `to("float32")`,
    );
  }
  if (device !== "cpu") return new DeviceError(`${device}: ${REMEDIES[device]}`);
  return error instanceof Error ? error : new Error(message);
}
