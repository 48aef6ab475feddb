/**
 * Traces a function of a module: runs it once on symbols, and writes what it did as plain data. This
 * runs beside the student's code, wherever that is.
 *
 * @module
 */
import { defaultGenerator, Generator } from "../../random/mod.ts";
import { describe } from "../../tensor/guard.ts";
import type { Signature } from "../../tensor/primitives/rule.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { Trace } from "../../tensor/trace.ts";
import { StudentError } from "../student_error.ts";
import { callableOf } from "./callables.ts";
import { faultOf } from "./fault.ts";
import type { PlainArgument, PlainGraph } from "./plain.ts";
import { writeGraph } from "./write.ts";

/**
 * What a function of a module does with arguments of the given shapes and dtypes.
 *
 * @throws {StudentError} if there is no such function, or it cannot be traced
 */
export function traceFunction(
  module: Readonly<Record<string, unknown>>,
  name: string,
  args: readonly PlainArgument[],
): PlainGraph {
  const traced = functionOf(module, name);
  const inputs: Tensor[] = [];
  const symbolOf = (signature: Signature) => {
    const symbol = Tensor.symbol(signature);
    inputs.push(symbol);
    return symbol;
  };
  const given = args.map((argument) => {
    if (typeof argument === "number") return argument;
    if (!("callable" in argument)) return symbolOf(argument);
    return callableOf(argument.callable, argument.parameters.map(symbolOf));
  });
  const trace = new Trace(`${name} while it is checked`);
  const before = defaultGenerator.getState();
  const marked = markDefaultGenerator();
  try {
    const result = run(name, () => trace.run(() => traced(...given)));
    return writeGraph({ name, inputs, trace, reseeded: !marked(), result });
  } finally {
    defaultGenerator.setState(before);
  }
}

/** How many of a file's exports are named where one is missing. */
const MOST_NAMES = 6;

function functionOf(
  module: Readonly<Record<string, unknown>>,
  name: string,
): (...args: unknown[]) => unknown {
  const found = Object.hasOwn(module, name) ? module[name] : undefined;
  if (typeof found === "function") return found as (...args: unknown[]) => unknown;
  if (found === undefined) {
    const others = Object.keys(module).filter((other) => typeof module[other] === "function");
    const instead = others.length === 0
      ? ";"
      : `, only ${others.slice(0, MOST_NAMES).join(", ")}; rename the one that is meant, or`;
    const message =
      `the file exports no ${name}${instead} write "export" before "function ${name}"`;
    throw new StudentError({ kind: "missing", message });
  }
  const message = `${name} is ${describe(found)}, and has to be a function`;
  throw new StudentError({ kind: "type", message });
}

/**
 * Brings the default generator into a state of its own.
 *
 * @returns whether it is in that state still: nothing seeded it or drew from it
 */
function markDefaultGenerator(): () => boolean {
  const seed = crypto.getRandomValues(new BigUint64Array(1))[0];
  defaultGenerator.manualSeed(seed);
  const next = new Generator(seed).uint64();
  return () => defaultGenerator.initialSeed() === seed && defaultGenerator.uint64() === next;
}

function run(name: string, traced: () => unknown): unknown {
  let result: unknown;
  try {
    result = traced();
  } catch (error) {
    throw new StudentError(faultOf(name, error));
  }
  if (result instanceof Promise) {
    // It may have failed on its way, which is no news now.
    result.catch(() => undefined);
    const message = `${name} is asynchronous, and there is nothing to wait for: it runs on ` +
      "symbols, before there is any data; leave out async and await";
    throw new StudentError({ kind: "type", message });
  }
  return result;
}
