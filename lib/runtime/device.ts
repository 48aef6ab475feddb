/**
 * Devices: where graphs are computed.
 *
 * @module
 */
import { DeviceError } from "../errors.ts";
import { lower } from "../onnx/model.ts";
import { arrange } from "../onnx/program.ts";
import { Tensor } from "../tensor/tensor.ts";
import { createSession, type Device, loadOrt } from "./ort.ts";

export type { Device } from "./ort.ts";

/** A device as the user names it; `auto` is CUDA where its libraries load, else the CPU. */
export type DeviceName = Device | "auto";

/** Every name a device can be asked for by. */
export const DEVICE_NAMES: readonly DeviceName[] = ["auto", "cpu", "cuda", "webgpu"];

/** What to do about a device that does not work. */
const REMEDIES: Record<Device, string> = {
  cpu: "ONNX Runtime did not start; fetch the packages again with: deno install --reload",
  cuda:
    "CUDA's libraries do not load; on a machine with an NVIDIA GPU, CUDA 12 and cuDNN 9, fetch " +
    "what is missing with: deno task cuda; otherwise choose the cpu",
  webgpu: "there is no usable GPU adapter; install a Vulkan driver for the GPU, or choose the cpu",
};

let current: Device | undefined;

/**
 * Chooses the device for everything computed from now on, and says which it is. Without a choice it
 * is `auto`.
 *
 * @throws {DeviceError} if there is no such device here, saying what to install
 */
export async function setDevice(name: DeviceName): Promise<Device> {
  if (!DEVICE_NAMES.includes(name)) {
    throw new DeviceError(`there is no device "${name}"; use ${DEVICE_NAMES.join(", ")}`);
  }
  if (name === "auto") {
    await loadOrt();
    current = await probe("cuda").then(() => "cuda" as const, () => "cpu" as const);
  } else {
    await probe(name);
    current = name;
  }
  return current;
}

/** The device in use. */
export async function currentDevice(): Promise<Device> {
  return current ?? await setDevice("auto");
}

/**
 * Tries a device on the smallest of programs.
 *
 * @throws {DeviceError} where it does not work
 */
export async function probe(device: Device): Promise<void> {
  const x = Tensor.symbol({ shape: [1], dtype: "float32" });
  await loadOrt();
  try {
    const session = await createSession(lower(arrange({ outputs: [x.neg()] })), device, 1);
    await session.release();
  } catch {
    // What ONNX Runtime says here is about its own libraries and means nothing to a user.
    throw new DeviceError(`${device}: ${REMEDIES[device]}`);
  }
}
