/**
 * What genlab needs of a machine, each with a test that tries the very thing.
 *
 * @module
 */
import { stripVTControlCharacters } from "node:util";
import { DeviceError, GenlabError } from "../errors.ts";
import type { Device } from "../runtime/device.ts";
import { inProject, makeWritable } from "./paths.ts";
import type { ProbeResult } from "./probe_device.ts";
import { denoExecutable } from "./runner/executable.ts";

/** The first release of Deno that genlab is tested with. */
const DENO_AT_LEAST = [2, 9];
/** With less of it free, the largest models may not fit; exercises take a third. */
const MEMORY_AT_LEAST = 10 ** 9;
/** How long a driver may take before it counts as stuck, in milliseconds. */
const PROBE_TIMEOUT = 60_000;

/** Something that is tested. */
export interface Examination {
  readonly name: string;
  /** Whether genlab cannot do without it. */
  readonly required: boolean;
  /**
   * Tries it, and says what there is.
   *
   * @throws {GenlabError} saying why it does not work and what to do
   */
  examine(): string | Promise<string>;
}

/** What came of an examination. */
export interface Finding {
  readonly name: string;
  readonly required: boolean;
  readonly works: boolean;
  /** What there is; or why it does not work, and what to do. */
  readonly detail: string;
}

/** Everything genlab needs or can use. */
export const EXAMINATIONS: readonly Examination[] = [
  { name: "Deno", required: true, examine: deno },
  { name: "Machine", required: false, examine: machine },
  { name: "ONNX Runtime", required: true, examine: onnxRuntime },
  { name: "Device cpu", required: true, examine: () => device("cpu") },
  { name: "Device cuda", required: false, examine: () => device("cuda") },
  { name: "Device webgpu", required: false, examine: () => device("webgpu") },
  { name: "Pictures", required: true, examine: pictures },
  { name: "MNIST", required: true, examine: mnist },
  { name: "Folder out", required: true, examine: outFolder },
];

/** Makes examinations, and reports each; nothing is thrown. */
export function diagnose(examinations: readonly Examination[]): Promise<Finding[]> {
  return Promise.all(examinations.map(async ({ name, required, examine }) => {
    try {
      return { name, required, works: true, detail: await examine() };
    } catch (error) {
      return { name, required, works: false, detail: explain(error) };
    }
  }));
}

function explain(error: unknown): string {
  if (error instanceof GenlabError) return error.message;
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof Deno.errors.NotCapable) return `${message}; run it as: deno task doctor`;
  // What follows the first line is the loader's stack.
  const [line] = stripVTControlCharacters(message).split("\n");
  return `${line.trim()}; fetch the packages again with: deno install --reload`;
}

function deno(): string {
  const { deno: version } = Deno.version;
  const [major, minor] = version.split(".").map(Number);
  const [wantedMajor, wantedMinor] = DENO_AT_LEAST;
  if (major < wantedMajor || (major === wantedMajor && minor < wantedMinor)) {
    throw new GenlabError(
      `this is Deno ${version}, and genlab needs ${
        DENO_AT_LEAST.join(".")
      } or newer; get it with: ` +
        "deno upgrade",
    );
  }
  return version;
}

function machine(): string {
  const { total, available } = Deno.systemMemoryInfo();
  const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;
  const memory = `${gigabytes(available)} of ${gigabytes(total)} memory free`;
  if (available < MEMORY_AT_LEAST) {
    throw new GenlabError(
      `only ${memory}, and genlab may need ${gigabytes(MEMORY_AT_LEAST)}; close other programs`,
    );
  }
  return `${Deno.build.os} ${Deno.build.arch}, ${navigator.hardwareConcurrency} cores, ${memory}`;
}

async function onnxRuntime(): Promise<string> {
  const { env, listSupportedBackends } = await import("onnxruntime-node");
  const backends = listSupportedBackends().map(({ name }) => name);
  return `${env.versions.node}, with providers ${backends.join(", ")}`;
}

/** Tries a device in a process of its own. */
async function device(name: Device): Promise<string> {
  const program = inProject("lib", "course", "probe_device.ts");
  const child = new Deno.Command(denoExecutable(), {
    args: ["run", "--no-prompt", "--allow-ffi", program, name],
    cwd: inProject(),
    stdout: "piped",
    stderr: "null",
    signal: AbortSignal.timeout(PROBE_TIMEOUT),
  });
  const { success, stdout } = await child.output();
  if (!success) {
    throw new DeviceError(
      `${name}: trying it ended the process; update the driver, or choose another device`,
    );
  }
  const result: ProbeResult = JSON.parse(new TextDecoder().decode(stdout));
  if (!result.works) throw new DeviceError(result.reason);
  return "works";
}

async function pictures(): Promise<string> {
  const { default: sharp } = await import("sharp");
  const { imageGrid, lineChart } = await import("../plot/mod.ts");
  await imageGrid({ rows: [[{ data: [0, 1, 1, 0], width: 2, height: 2 }]], title: "x̂₀" });
  await lineChart({ title: "loss", xLabel: "step", yLabel: "loss", series: [{ y: [1, 0] }] });
  return `sharp ${sharp.versions.sharp} draws images, charts and text`;
}

async function mnist(): Promise<string> {
  const { loadMnist } = await import("../data/mnist.ts");
  const { length: train } = await loadMnist();
  const { length: test } = await loadMnist({ train: false });
  return `${train} training and ${test} test images, as published`;
}

async function outFolder(): Promise<string> {
  const folder = inProject("out");
  try {
    await makeWritable(folder);
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new GenlabError(
      `cannot write to ${folder} (${reason}); make it yours, or give exercises another with --out`,
    );
  }
  return "can be written";
}
