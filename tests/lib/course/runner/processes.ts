/**
 * What the system knows of processes.
 *
 * @module
 */
import { assert } from "@std/assert";

/** How many processes have a text in their command line; a process that has ended counts no more. */
export function processesWith(text: string): number {
  let found = 0;
  for (const { name } of Deno.readDirSync("/proc")) {
    if (!/^\d+$/.test(name) || Number(name) === Deno.pid) continue;
    try {
      const command = decodeURIComponent(Deno.readTextFileSync(`/proc/${name}/cmdline`));
      if (command.includes(text)) found++;
    } catch {
      // It ended meanwhile, or its command line is no such text.
    }
  }
  return found;
}

/** Waits until no process has a text in its command line; fails if one goes on for 5 s. */
export async function noProcessWith(text: string): Promise<void> {
  for (let tries = 0; processesWith(text) > 0; tries++) {
    assert(tries < 100, "a process is left behind");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
