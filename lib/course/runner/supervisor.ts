/**
 * The program between a runner and whoever started it: it hands requests on, and ends the runner as
 * soon as there is nobody left to ask, however that came about. The runner itself cannot be trusted
 * to notice.
 *
 * @module
 */

/** What ends this program from outside. */
const SIGNALS: readonly Deno.Signal[] = Deno.build.os === "windows"
  ? ["SIGINT"]
  : ["SIGINT", "SIGTERM", "SIGHUP"];

/**
 * Whether the runner is the head of a group of its own, which ends as a whole: what it has begun to start
 * as well. Signals to groups take permission to run anything; who has less is not to use them.
 */
const HAS_GROUP = Deno.build.os !== "windows" &&
  Deno.permissions.querySync({ name: "run" }).state === "granted";

if (import.meta.main) {
  const [command, ...args] = Deno.args;
  const runner = new Deno.Command(command, { args, stdin: "piped", detached: HAS_GROUP }).spawn();
  const end = () => {
    try {
      if (HAS_GROUP) Deno.kill(-runner.pid, "SIGKILL");
      else runner.kill("SIGKILL");
    } catch {
      // It has ended by itself.
    }
  };
  for (const signal of SIGNALS) Deno.addSignalListener(signal, end);
  runner.status.then(({ code }) => {
    end();
    Deno.exit(code);
  });

  const requests = runner.stdin.getWriter();
  for await (const chunk of Deno.stdin.readable) {
    // Not awaited: a runner that reads nothing must not keep us from seeing the end.
    requests.write(chunk).catch(end);
  }
  end();
}
