/**
 * What Deno is called where another one of it is started.
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
