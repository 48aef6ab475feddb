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

/** What people and their tools tell the linkers of Linux and macOS. */
const LIBRARY_VARIABLES = [
  ...["LIBRARY_PATH", "PRELOAD", "RUN_PATH", "BIND_NOW", "AUDIT"].map((name) => `LD_${name}`),
  ...["LIBRARY_PATH", "FALLBACK_LIBRARY_PATH", "FRAMEWORK_PATH", "INSERT_LIBRARIES"]
    .map((name) => `DYLD_${name}`),
];

/**
 * Forgets where libraries are looked for, if Deno does not hand that on: who may run `deno` alone could
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
