/**
 * Tries the device named on the command line, and prints what came of it as JSON. A program of its
 * own, as drivers write to the terminal, and a broken one may end the process.
 *
 * @module
 */
import { GenlabError } from "../errors.ts";
import { DEVICE_NAMES, probe } from "../runtime/device.ts";

/** What came of trying a device: that it works, or why not and what to do. */
export type ProbeResult = { readonly works: true } | {
  readonly works: false;
  readonly reason: string;
};

async function tryDevice(name: string): Promise<ProbeResult> {
  const device = DEVICE_NAMES.find((known) => known === name);
  if (device === undefined || device === "auto") {
    return { works: false, reason: `there is no device "${name}"` };
  }
  try {
    await probe(device);
    return { works: true };
  } catch (error) {
    if (!(error instanceof GenlabError)) throw error;
    return { works: false, reason: error.message };
  }
}

if (import.meta.main) console.log(JSON.stringify(await tryDevice(Deno.args[0])));
