import { assert, assertEquals } from "@std/assert";
import { runProgram } from "./subprocess.ts";

/** Chromium's Vulkan in software, of the Debian package chromium: WebGPU where there is no GPU. */
const CHROMIUM = "/usr/lib/chromium";
const DRIVER = `${CHROMIUM}/vk_swiftshader_icd.json`;
const isInstalled = await Deno.stat(DRIVER).then(() => true, () => false);
if (!isInstalled) console.log(`WebGPU is not tested: there is no ${DRIVER}`);

/** What sample_graphs.ts prints: the values of each graph's tensors, or what went wrong. */
type Results = Record<string, ((number | string)[] | string)[]>;

async function sampleOn(device: string): Promise<Results> {
  const { success, stdout, stderr } = await runProgram({
    source: { file: "sample_graphs.ts", args: [device] },
    // Chromium brings a Vulkan loader along; libvulkan1 does as well.
    env: { VK_ICD_FILENAMES: DRIVER, LD_LIBRARY_PATH: CHROMIUM },
  });
  assert(success, stderr);
  return JSON.parse(stdout);
}

Deno.test({
  name: isInstalled
    ? "WebGPU computes what the CPU computes"
    : "WebGPU computes what the CPU computes (skipped: needs the Debian package chromium)",
  ignore: !isInstalled,
  fn: async (t) => {
    const onCpu = await sampleOn("cpu");
    const onGpu = await sampleOn("webgpu");
    assertEquals(Object.keys(onGpu), Object.keys(onCpu));
    for (const [name, expected] of Object.entries(onCpu)) {
      // Adam divides by the size of the gradient, which magnifies differences.
      const tolerance = name.startsWith("Adam") ? 1e-3 : 1e-5;
      await t.step(name, () => {
        const values = onGpu[name];
        assertEquals(values.map((value) => value.length), expected.map((value) => value.length));
        values.flat().forEach((value, i) => {
          const target = expected.flat()[i];
          assert(
            typeof value === "number" && typeof target === "number" &&
              Math.abs(value - target) <= tolerance * (1 + Math.abs(target)),
            `element ${i} is ${value}; on the CPU it is ${target}`,
          );
        });
      });
    }
  },
});
