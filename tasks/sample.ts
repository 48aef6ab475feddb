/**
 * Draws with a trained model: `deno task sample MODEL`.
 *
 * @module
 */
import { modelProgram, runModelTask } from "./models.ts";
import { sampleDdpmTask } from "./sample/ddpm.ts";
import { sampleEbmTask } from "./sample/ebm.ts";

const PROGRAMS = { ddpm: modelProgram(sampleDdpmTask), ebm: modelProgram(sampleEbmTask) };

if (import.meta.main) {
  Deno.exit(await runModelTask("sample", "Draw with a trained model.", PROGRAMS, Deno.args));
}
