/**
 * Whether ONNX Runtime has blocked kernels for this machine, and how large their blocks are.
 *
 * @module
 */
import { BLOCKED_DOMAIN } from "../onnx/lowering/blocked.ts";
import { graph, modelBytes, node, valueInfo } from "../onnx/proto.ts";
import { createSession, type Device, loadOrt } from "./ort.ts";

let known: Promise<number | undefined> | undefined;

/**
 * How many channels the blocked kernels take together: 8 or 16 on most CPUs. `undefined` on devices
 * and machines without such kernels.
 */
export async function channelBlock(device: Device): Promise<number | undefined> {
  if (device !== "cpu") return undefined;
  known ??= measure();
  return await known;
}

/** ORT does not say; but it fills 4 channels up to a block. */
async function measure(): Promise<number | undefined> {
  const model = modelBytes(
    graph({
      name: "main",
      node: [node(`${BLOCKED_DOMAIN}.ReorderInput`, ["x"], ["y"])],
      initializer: [],
      input: [valueInfo("x", "float32", [1, 4, 1, 1])],
      output: [valueInfo("y", "float32", [1, "channels", 1, 1])],
    }),
    [BLOCKED_DOMAIN],
  );
  try {
    const session = await createSession(model, "cpu", 1);
    const { Tensor } = await loadOrt();
    const { y } = await session.run({
      x: new Tensor("float32", new Float32Array(4), [1, 4, 1, 1]),
    });
    await session.release();
    return y.dims[1] > 1 ? y.dims[1] : undefined;
  } catch {
    // No such kernels: the usual ones do.
    return undefined;
  }
}
