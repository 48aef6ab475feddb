/**
 * A second wall around a student's file, where the system has bubblewrap: a process that sees neither
 * network nor other processes, and of the files those alone that it is made of.
 *
 * @module
 */
import { fileURLToPath } from "node:url";

const COMMAND = "bwrap";
const LIB = fileURLToPath(new URL("../../", import.meta.url));

/** Where systems have the libraries that programs are linked with. */
const LIBRARIES = ["/usr/lib", "/usr/lib64", "/lib", "/lib64", "/etc/ld.so.cache"];

/** What is needed to run Deno behind the wall. */
export interface Bubblewrap {
  /** Where Deno keeps what it has translated to JavaScript. */
  readonly denoFolder: string;
}

/**
 * Tries bubblewrap, which may be missing or forbidden. It takes permission to run `bwrap`, Deno, and
 * nothing else.
 *
 * @returns undefined where it does not work
 */
export async function findBubblewrap(deno: string): Promise<Bubblewrap | undefined> {
  try {
    const info = await output(deno, ["info", "--json"]);
    const { denoDir } = JSON.parse(info ?? "null") as { denoDir: string };
    const wall = { denoFolder: denoDir };
    const [command, ...args] = behindBubblewrap([Deno.execPath(), "--version"], [], wall);
    return await output(command, args) === undefined ? undefined : wall;
  } catch {
    return undefined;
  }
}

async function output(command: string, args: readonly string[]): Promise<string | undefined> {
  const process = new Deno.Command(command, { args: [...args], stdin: "null", stderr: "null" });
  const { success, stdout } = await process.output();
  return success ? new TextDecoder().decode(stdout) : undefined;
}

/**
 * A command behind the wall.
 *
 * @param files what it can read beside Deno and the library
 */
export function behindBubblewrap(
  command: readonly string[],
  files: readonly string[],
  { denoFolder }: Bubblewrap,
): string[] {
  const readable = [command[0], denoFolder, LIB, ...files];
  return [
    COMMAND,
    // No network, no other processes; and the end together with whoever started it. The supervisor gives
    // it a session without a terminal, which must stay its own: signals to its group end all of it.
    ...["--unshare-all", "--die-with-parent"],
    ...["--clearenv", "--setenv", "DENO_DIR", denoFolder, "--setenv", "NO_COLOR", "1"],
    ...["--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"],
    ...LIBRARIES.flatMap((path) => ["--ro-bind-try", path, path]),
    ...readable.flatMap((path) => ["--ro-bind", path, path]),
    ...command,
  ];
}
