/**
 * A graph of tensors put in order: what goes in, what is computed, what comes out, and a key that is
 * the same for graphs of the same structure.
 *
 * @module
 */
import { Tensor } from "../tensor/tensor.ts";

/** The repeated part of a program: state that each iteration hands to the next, and fresh draws. */
export interface Loop {
  /** Symbols for the state before an iteration, and what it is after. */
  readonly carried: readonly { readonly before: Tensor; readonly after: Tensor }[];
  /** Symbols for values that differ from iteration to iteration; they are fed stacked. */
  readonly draws: readonly Tensor[];
}

/** What is to be computed. */
export interface Request {
  readonly outputs: readonly Tensor[];
  /** Repeats the computation; the outputs come back stacked, after the state. */
  readonly loop?: Loop;
  /**
   * The largest number of elements a leaf of known values may have to become part of the model.
   * 0, the default, feeds them all, so that graphs that differ in numbers only are one program.
   */
  readonly embedUpTo?: number;
}

/**
 * A graph in order. Its steps are copies of the tensors they compute: a tensor that is computed
 * elsewhere may forget what it was made from, and a program is lowered anew for each device.
 */
export interface Program extends Omit<Request, "embedUpTo"> {
  /** Leaves whose values are fed at each run, in the order of the model's inputs. */
  readonly feeds: readonly Tensor[];
  /** Leaves whose values are part of the model. */
  readonly constants: readonly Tensor[];
  /** What is computed, inputs before outputs. */
  readonly steps: readonly Tensor[];
  /** Says everything the model depends on. */
  readonly key: string;
}

/** Puts a graph in order. Tensors with values are leaves, whatever they were made from. */
export function arrange(request: Request): Program {
  const { outputs, loop = { carried: [], draws: [] }, embedUpTo = 0 } = request;
  const index = new Map<Tensor, number>();
  const copies = new Map<Tensor, Tensor>();
  const copy = (tensor: Tensor) => copies.get(tensor) ?? tensor;
  const lines: string[] = [];
  const number = (tensor: Tensor, line: string) => {
    index.set(tensor, index.size);
    lines.push(`${line} ${tensor.dtype}[${tensor.shape}]`);
  };
  for (const { before } of loop.carried) number(before, "state");
  for (const draw of loop.draws) number(draw, "draw");

  const feeds: Tensor[] = [];
  const constants: Tensor[] = [];
  const steps: Tensor[] = [];
  const place = (tensor: Tensor) => {
    if (isStep(tensor)) {
      const { primitive, inputs, attributes } = tensor;
      const step = new Tensor(tensor, { primitive, inputs: inputs.map(copy), attributes });
      copies.set(tensor, step);
      steps.push(step);
      const numbers = inputs.map((input) => index.get(input));
      number(tensor, `${primitive} ${numbers} ${JSON.stringify(attributes)}`);
    } else if (tensor.values !== undefined && tensor.values.length <= embedUpTo) {
      constants.push(tensor);
      number(
        tensor,
        `constant ${[...tensor.values].map((value) => Object.is(value, -0) ? "-0" : value)}`,
      );
    } else {
      feeds.push(tensor);
      number(tensor, "feed");
    }
  };

  const roots = [...loop.carried.map(({ after }) => after), ...outputs];
  const stack = roots.toReversed();
  while (stack.length > 0) {
    const tensor = stack[stack.length - 1];
    const open = index.has(tensor) || !isStep(tensor)
      ? []
      : tensor.inputs.filter((input) => !index.has(input));
    if (open.length > 0) {
      stack.push(...open.toReversed());
      continue;
    }
    stack.pop();
    if (!index.has(tensor)) place(tensor);
  }
  const key = `${lines.join("\n")}\n-> ${
    roots.map((root) => index.get(root))
  } ${loop.carried.length}`;
  const repeated = request.loop === undefined ? "once" : "loop";
  return {
    outputs: outputs.map(copy),
    loop: request.loop && {
      carried: loop.carried.map(({ before, after }) => ({ before, after: copy(after) })),
      draws: loop.draws,
    },
    feeds,
    constants,
    steps,
    key: `${repeated}\n${key}`,
  };
}

/** Whether a tensor is computed by the program rather than given to it. */
function isStep(tensor: Tensor): boolean {
  return tensor.values === undefined && tensor.primitive !== "leaf";
}
