/**
 * What the system knows of processes.
 *
 * @module
 */
import { assert } from "@std/assert";

/** A process, its parent and its command line. */
interface Process {
  readonly parent: number;
  readonly command: string;
}

/** All processes but this one, by their numbers. */
function processes(): Map<number, Process> {
  const found = new Map<number, Process>();
  for (const { name } of Deno.readDirSync("/proc")) {
    if (!/^\d+$/.test(name) || Number(name) === Deno.pid) continue;
    try {
      const command = decodeURIComponent(Deno.readTextFileSync(`/proc/${name}/cmdline`));
      const stat = Deno.readTextFileSync(`/proc/${name}/stat`);
      const [, parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      found.set(Number(name), { parent: Number(parent), command });
    } catch {
      // It ended meanwhile, or its command line is no such text.
    }
  }
  return found;
}

/** How many processes have a text in their command line; a process that has ended counts no more. */
export function processesWith(text: string): number {
  return [...processes().values()].filter(({ command }) => command.includes(text)).length;
}

/**
 * The judges that have started processes with a text in their command line. Those of other batches,
 * which tests beside this one may run, are not among them.
 */
export function judgesOf(text: string): number[] {
  const all = processes();
  const found = new Set<number>();
  for (const { parent, command } of all.values()) {
    if (!command.includes(text)) continue;
    for (let pid = parent; all.has(pid); pid = all.get(pid)!.parent) {
      const program = all.get(pid)!.command.split("\0").find((part) => part.endsWith(".ts"));
      if (program?.endsWith("evaluator_main.ts")) found.add(pid);
    }
  }
  return [...found];
}

/** Waits until no process has a text in its command line; fails if one goes on for 5 s. */
export async function noProcessWith(text: string): Promise<void> {
  for (let tries = 0; processesWith(text) > 0; tries++) {
    assert(tries < 100, "a process is left behind");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
