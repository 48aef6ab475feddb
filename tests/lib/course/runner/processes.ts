/**
 * What the system knows of processes.
 *
 * @module
 */
import { until } from "../../../until.ts";

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

/** Whether a command line has a path in it, as such or in an address. */
function names({ command }: Process, path: string): boolean {
  return command.includes(path) || command.includes(encodeURI(path));
}

/** How many processes have a path in their command line; a process that has ended counts no more. */
export function processesWith(path: string): number {
  return [...processes().values()].filter((process) => names(process, path)).length;
}

/**
 * The judges that have started processes with a path in their command line. Those of other batches,
 * which tests beside this one may run, are not among them.
 */
export function judgesOf(path: string): number[] {
  const all = processes();
  const found = new Set<number>();
  for (const process of all.values()) {
    if (!names(process, path)) continue;
    for (let pid = process.parent; all.has(pid); pid = all.get(pid)!.parent) {
      const program = all.get(pid)!.command.split("\0").find((part) => part.endsWith(".ts"));
      if (program?.endsWith("evaluator_main.ts")) found.add(pid);
    }
  }
  return [...found];
}

/** Waits until no process has a path in its command line; fails if one goes on. */
export async function noProcessWith(path: string): Promise<void> {
  await until("no process is left behind", () => processesWith(path) === 0);
}
