/**
 * Draws with a trained model: `deno task sample MODEL`.
 *
 * @module
 */
import { modelProgram, runModelTask } from "./models.ts";
import { sampleDdpmTask } from "./sample/ddpm.ts";

const PROGRAMS = { ddpm: modelProgram(sampleDdpmTask) };

if (import.meta.main) {
  Deno.exit(await runModelTask("sample", "Draw with a trained model.", PROGRAMS, Deno.args));
}
