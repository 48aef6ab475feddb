/**
 * Runs programs that use genlab in a process of their own.
 *
 * @module
 */

/** How a program is run, and on what. */
export interface Program {
  /** The program's text, or the name of a file beside this one with its arguments. */
  readonly source: { readonly code: string } | { readonly file: string; readonly args: string[] };
  /** Deno's own arguments; all permissions by default. */
  readonly flags?: readonly string[];
  readonly env?: Record<string, string>;
}

/** Runs a program to its end and gives what it printed. */
export async function runProgram(
  { source, flags = ["--allow-all"], env = {} }: Program,
): Promise<{ success: boolean; stdout: string; stderr: string }> {
  const named = "file" in source
    ? [new URL(source.file, import.meta.url).href, ...source.args]
    : ["-"];
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-prompt", "--no-check", ...flags, ...named],
    cwd: new URL("../../..", import.meta.url),
    env: { NO_COLOR: "1", FORCE_COLOR: "", ...env },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const stdin = child.stdin.getWriter();
  if ("code" in source) await stdin.write(new TextEncoder().encode(source.code));
  await stdin.close();
  const { success, stdout, stderr } = await child.output();
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes).trim();
  return { success, stdout: decode(stdout), stderr: decode(stderr) };
}
