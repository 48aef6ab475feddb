/**
 * ONNX Runtime itself: loaded when first needed, and what it objects to in the user's terms.
 *
 * @module
 */
import type { InferenceSession } from "onnxruntime-node";
import { DeviceError, GenlabError } from "../errors.ts";

/** A device there may be. */
export type Device = "cpu" | "cuda" | "webgpu";

/** ONNX Runtime's module. */
export type Ort = typeof import("onnxruntime-node");

let ort: Ort | undefined;

/**
 * Loads ONNX Runtime.
 *
 * @throws {DeviceError} if its library is not there or may not be loaded
 */
export async function loadOrt(): Promise<Ort> {
  if (ort === undefined) {
    disableTelemetry();
    try {
      ort = await import("onnxruntime-node");
    } catch (error) {
      throw new DeviceError(
        `ONNX Runtime does not load: ${firstLine(error)}; if no permission is missing, fetch the ` +
          "packages again with: deno install --reload",
      );
    }
    // What matters arrives as an error, and users should not see a log beside it.
    ort.env.logLevel = "fatal";
  }
  return ort;
}

/**
 * ONNX Runtime reports its use to its makers, and leaves files of that in the temporary folder, unless
 * the environment says otherwise before it is loaded.
 */
function disableTelemetry(): void {
  const variable = "ORT_DISABLE_TELEMETRY";
  const permission = Deno.permissions.querySync({ name: "env", variable });
  // Nobody is asked about it: without the permission the user's own setting stands.
  if (permission.state === "granted") Deno.env.set(variable, "1");
}

/** Whether ONNX Runtime looks for a faster form of a model, and how far. */
export type Optimization = "all" | "disabled";

/**
 * A session for the bytes of a model.
 *
 * @throws {DeviceError} where the device has no kernel for something in the model
 * @throws {GenlabError} where ONNX Runtime does not take the model for another reason
 */
export async function createSession(
  model: Uint8Array,
  device: Device,
  threads: number,
  optimization: Optimization = "all",
): Promise<InferenceSession> {
  const { InferenceSession } = await loadOrt();
  try {
    return await InferenceSession.create(model, {
      executionProviders: providers(device),
      intraOpNumThreads: threads,
      graphOptimizationLevel: optimization,
      logSeverityLevel: 4,
    });
  } catch (error) {
    const kernel = /Could not find an implementation for (\w+)/.exec(firstLine(error));
    if (kernel === null) {
      throw new GenlabError(
        `${device}: ONNX Runtime refuses this computation: ${firstLine(error)}`,
      );
    }
    throw new DeviceError(
      `${device}: ONNX Runtime has no ${kernel[1]} for a dtype it was given; convert with ` +
        `to("float32")`,
    );
  }
}

/** The providers that compute for a device; what it has no kernel for runs on the CPU. */
function providers(device: Device): InferenceSession.ExecutionProviderConfig[] {
  switch (device) {
    case "cpu":
      return ["cpu"];
    case "cuda":
      return ["cuda", "cpu"];
    case "webgpu":
      // Channels last, the default, convolves 6, 9 or 18 channels to 4 wrongly in 1.30.
      return [{ name: "webgpu", preferredLayout: "NCHW" }, "cpu"];
  }
}

/** What an error of ONNX Runtime says, without the places in its source code. */
export function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/\/onnxruntime_src\S+ (?:.*?\) (?:\[with .*?\] )?)?/, "").split("\n")[0]
    .trim();
}
