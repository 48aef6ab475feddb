/**
 * The program that loads a student's file and traces its functions. It runs without permissions, and
 * knows neither data nor checks. Nothing here guards against the file: it shares the process and may
 * change whatever it likes, but all that leaves is a graph, and the reader of that believes nothing.
 *
 * @module
 */
import { GenlabError } from "../../errors.ts";
import { setEvaluator } from "../../tensor/evaluator.ts";
import { traceFunction } from "../graph/trace.ts";
import { describeThrown, faultOf } from "../graph/fault.ts";
import { type Fault, StudentError } from "../student_error.ts";
// What files import: it is not part of the time that loading them may take.
import "./genlab.ts";
import { loadFault } from "./load_fault.ts";
import { type Answer, linesOf, LOADED, MARK, READY, type Request } from "./protocol.ts";

/** Deep enough to reach the student's frame below our own. */
const STACK_FRAMES = 60;

/**
 * What a page keeps between visits, and other realms that have it too: with them one file could leave
 * something behind for the next. And what leads to a GPU and its drivers.
 */
const WITHHELD = [
  ...["caches", "Cache", "CacheStorage", "localStorage", "sessionStorage", "Storage"],
  ...["Worker", "process", "navigator", "Navigator", "GPU"],
];

/**
 * What leads from the public part of Deno to its inside. There is much that takes no permission, such as
 * to set flags of V8, with which memory is no longer safe.
 */
const INSIDE = Object.getOwnPropertySymbols(Deno);

/** Instead of a runtime, which is not there: says so where values are read. */
function refuseToCompute(): never {
  throw new GenlabError(
    "values cannot be read in a file that is checked, where functions only record what they " +
      "compute; try things out in a file of its own that imports this one",
  );
}

/**
 * Loads the file and answers requests on stdin until it ends.
 *
 * @param load imports the student's file
 */
export async function serve(load: () => Promise<Record<string, unknown>>): Promise<void> {
  Error.stackTraceLimit = STACK_FRAMES;
  for (const name of WITHHELD) Reflect.deleteProperty(globalThis, name);
  for (const symbol of INSIDE) Reflect.deleteProperty(Deno, symbol);
  // It computes on 32 threads beside ours, which would slow down whoever is judged at the same time.
  Reflect.deleteProperty(Crypto.prototype, "subtle");
  // What fails later, on its own, is not the fault of the function that is asked for by then.
  globalThis.addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    console.error(`failed on its own: ${describeThrown(event.reason)}`);
  });
  globalThis.addEventListener("error", (event) => {
    event.preventDefault();
    console.error(`failed on its own: ${describeThrown(event.error)}`);
  });
  setEvaluator(refuseToCompute);
  const requests = linesOf(Deno.stdin.readable, Infinity);
  say(READY);
  let module: Record<string, unknown>;
  try {
    module = await load();
  } catch (error) {
    answer({ id: LOADED, fault: loadFault(error) });
    return;
  }
  answer({ id: LOADED, graph: null });
  for await (const line of requests) {
    const { id, name, args }: Request = JSON.parse(line);
    try {
      answer({ id, graph: traceFunction(module, name, args) });
    } catch (error) {
      answer({ id, fault: error instanceof StudentError ? plain(error) : faultOf(name, error) });
    }
  }
  // Timers and the like of the student's do not keep the process.
  Deno.exit();
}

function plain({ kind, message, place }: StudentError): Fault {
  return { kind, message, place };
}

function answer(answer: Answer): void {
  say(JSON.stringify(answer));
}

function say(text: string): void {
  // The student's file may have left a line unfinished.
  const bytes = new TextEncoder().encode(`\n${MARK}${text}\n`);
  for (let at = 0; at < bytes.length;) at += Deno.stdout.writeSync(bytes.subarray(at));
}
