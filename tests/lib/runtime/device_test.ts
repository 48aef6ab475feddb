import { assert, assertEquals, assertRejects } from "@std/assert";
import {
  currentDevice,
  DEVICE_NAMES,
  DeviceError,
  type DeviceName,
  setDevice,
  tensor,
} from "genlab";
import { probe } from "../../../lib/runtime/device.ts";
import { runProgram } from "./subprocess.ts";

const hasCuda = await probe("cuda").then(() => true, () => false);

Deno.test("auto is cuda where it works, else the cpu", async () => {
  const best = hasCuda ? "cuda" : "cpu";
  assertEquals(await setDevice("auto"), best);
  assertEquals(await currentDevice(), best);
});

Deno.test("the cpu can be named, and computes", async () => {
  assertEquals(await setDevice("cpu"), "cpu");
  assertEquals(await currentDevice(), "cpu");
  assertEquals(await tensor([1, 2]).mul(2).tolist(), [2, 4]);
});

Deno.test("a name that is no device's is refused with those that are", async () => {
  await setDevice("cpu");
  const error = await setDevice("tpu" as DeviceName).catch((error) => error);
  assert(error instanceof DeviceError);
  assertEquals(error.message, `there is no device "tpu"; use ${DEVICE_NAMES.join(", ")}`);
  assertEquals(await currentDevice(), "cpu");
});

Deno.test({
  name: "cuda where it does not load is refused, saying what to install, and changes nothing",
  ignore: hasCuda,
  fn: async () => {
    await setDevice("cpu");
    await assertRejects(() => setDevice("cuda"), DeviceError, "deno task cuda");
    assertEquals(await currentDevice(), "cpu");
  },
});

Deno.test("without a choice the device is that of auto, and nothing is said of others", async () => {
  const { success, stdout, stderr } = await runProgram({
    source: {
      code: `
        import { currentDevice, tensor } from "genlab";
        console.log(await currentDevice(), await tensor([1, 2]).add(1).tolist());`,
    },
  });
  assertEquals(stderr, "");
  assert(success);
  assertEquals(stdout, `${hasCuda ? "cuda" : "cpu"} [ 2, 3 ]`);
});

Deno.test("nothing but ffi has to be permitted", async () => {
  const code = `
    import { compile, rand, tensor } from "genlab";
    const fn = compile((x) => x.add(rand([2])).lt(0));
    console.log(await (await fn(tensor([-5, 5]))).tolist());`;
  const allowed = await runProgram({ source: { code }, flags: ["--allow-ffi"] });
  assertEquals(allowed.stderr, "");
  assertEquals(allowed.stdout, "[ true, false ]");
  const denied = await runProgram({ source: { code }, flags: [] });
  assert(!denied.success);
  assert(denied.stderr.includes("DeviceError: ONNX Runtime does not load: Requires ffi access"));
});

Deno.test({
  name: "webgpu without an adapter is refused, saying what to install",
  // Elsewhere drivers are part of the system.
  ignore: Deno.build.os !== "linux",
  fn: async () => {
    const { stdout } = await runProgram({
      source: {
        code: `
          import { currentDevice, setDevice } from "genlab";
          await setDevice("cpu");
          const error = await setDevice("webgpu").catch((error) => error);
          console.log(error.name, error.message, await currentDevice());`,
      },
      env: { VK_ICD_FILENAMES: "/nonexistent", VK_DRIVER_FILES: "/nonexistent" },
    });
    assertEquals(
      stdout,
      "DeviceError webgpu: there is no usable GPU adapter; install a Vulkan driver for the GPU, or " +
        "choose the cpu cpu",
    );
  },
});
