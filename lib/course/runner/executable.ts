/**
 * What Deno is called where another one of it is started, and what it is not told.
 *
 * @module
 */

/**
 * Deno's path, or its name where that is all that may be run: permissions tell the two apart, and a
 * task in `deno.json` can only give the name.
 */
export function denoExecutable(): string {
  const command = Deno.execPath();
  const { state } = Deno.permissions.querySync({ name: "run", command });
  return state === "granted" ? command : "deno";
}

/** Variables with which Deno prints plain text, whatever it is told where this program runs. */
export const WITHOUT_COLOURS = { NO_COLOR: "1", FORCE_COLOR: "" };

/** Where the system's linker looks for libraries. */
const LIBRARY_VARIABLES = ["LD_LIBRARY_PATH", "LD_PRELOAD"];

/**
 * Forgets where libraries are looked for, if Deno would not hand that on: who may run `deno` alone could
 * start nothing where it is set, as drivers of GPUs and tools for Python have it. This process goes on
 * as it was linked.
 */
export function forgetLibraryVariables(): void {
  if (Deno.permissions.querySync({ name: "run" }).state === "granted") return;
  for (const variable of LIBRARY_VARIABLES) {
    const { state } = Deno.permissions.querySync({ name: "env", variable });
    if (state === "granted") Deno.env.delete(variable);
  }
}
