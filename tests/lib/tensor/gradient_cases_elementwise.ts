/**
 * Functions that work element by element, for the gradient checks.
 *
 * @module
 */
import { clamp, maximum, minimum, pow, sub, tensor, where } from "../../../mod.ts";
import { given, type GradientCase, mixed, positive, SINGLE } from "./gradients.ts";

const unary: GradientCase[] = [
  { name: "neg", fn: (x) => x.neg(), inputs: [mixed(2, 3)] },
  { name: "abs", fn: (x) => x.abs(), inputs: [mixed(7)] },
  { name: "square", fn: (x) => x.square(), inputs: [mixed(2, 3)] },
  { name: "exp", fn: (x) => x.exp(), inputs: [mixed(6)] },
  { name: "log", fn: (x) => x.log(), inputs: [positive(6)] },
  { name: "log1p", fn: (x) => x.log1p(), inputs: [given([4], [-0.6, -0.1, 0.2, 1.7])] },
  { name: "expm1", fn: (x) => x.expm1(), inputs: [given([4], [-1.4, -0.01, 0.02, 1.2])] },
  { name: "sqrt", fn: (x) => x.sqrt(), inputs: [positive(6)] },
  { name: "sin", fn: (x) => x.sin(), inputs: [mixed(6)] },
  { name: "cos", fn: (x) => x.cos(), inputs: [mixed(6)] },
  { name: "tanh", fn: (x) => x.tanh(), inputs: [mixed(6)] },
  { name: "sigmoid", fn: (x) => x.sigmoid(), inputs: [mixed(6)] },
  { name: "sigmoid, far out", fn: (x) => x.sigmoid(), inputs: [given([4], [-40, -9, 9, 40])] },
  { name: "silu", fn: (x) => x.silu(), inputs: [given([5], [-30, -1.2, 0, 0.4, 30])] },
  {
    name: "the slope of silu",
    fn: (x) => x.apply("siluSlope", [], {}),
    inputs: [given([5], [-30, -1.2, 0, 0.4, 30])],
  },
  { name: "softplus", fn: (x) => x.softplus(), inputs: [given([5], [-30, -1.2, 0, 0.4, 30])] },
  { name: "relu", fn: (x) => x.relu(), inputs: [mixed(7)] },
  { name: "relu of a product", fn: (x) => x.mul(x.sin()).relu(), inputs: [mixed(7)] },
  { name: "erf", fn: (x) => x.erf(), inputs: [mixed(6)], differences: SINGLE },
  { name: "exp of a scalar", fn: (x) => x.exp(), inputs: [given([], [0.7])] },
  { name: "a long chain", fn: (x) => x.sin().exp().mul(x).tanh().add(x.cos()), inputs: [mixed(5)] },
  {
    name: "cast",
    fn: (x) => x.to("float64").square().to("float32"),
    inputs: [given([3], [-1.5, 0.25, 2])],
    differences: { dtype: "float32", step: 0.25, tolerance: 0 },
  },
];

const powers: GradientCase[] = [
  { name: "pow of tensors", fn: (x, y) => x.pow(y), inputs: [positive(2, 3), mixed(3)] },
  { name: "pow 3", fn: (x) => x.pow(3), inputs: [mixed(6)] },
  { name: "pow 2", fn: (x) => x.pow(2), inputs: [mixed(6)] },
  { name: "pow 0.5", fn: (x) => x.pow(0.5), inputs: [positive(6)] },
  { name: "pow -1.5", fn: (x) => x.pow(-1.5), inputs: [positive(6)] },
  { name: "pow 0", fn: (x) => x.pow(0), inputs: [mixed(4)] },
  { name: "a number to a power", fn: (x) => pow(1.7, x), inputs: [mixed(4)] },
  { name: "pow 3 at 0", fn: (x) => x.pow(3), inputs: [given([3], [0, -0.5, 1])] },
];

/** Shapes that broadcast: a row, a column, both, a scalar on either side, an extra dimension. */
const PAIRS: [name: string, a: number[], b: number[]][] = [
  ["one shape", [2, 3], [2, 3]],
  ["a matrix and a row", [2, 3], [3]],
  ["a matrix and a column", [2, 3], [2, 1]],
  ["a column and a row", [3, 1], [1, 2]],
  ["a scalar and a matrix", [], [2, 2]],
  ["a matrix and a scalar", [2, 2], []],
  ["scalars", [], []],
  ["a batch and a column", [2, 1, 3], [2, 1]],
];

const binary: GradientCase[] = PAIRS.flatMap(([pair, a, b]) => [
  { name: `add of ${pair}`, fn: (x, y) => x.add(y).mul(x), inputs: [mixed(...a), positive(...b)] },
  { name: `sub of ${pair}`, fn: (x, y) => x.sub(y).mul(y), inputs: [mixed(...a), positive(...b)] },
  { name: `mul of ${pair}`, fn: (x, y) => x.mul(y), inputs: [mixed(...a), positive(...b)] },
  { name: `div of ${pair}`, fn: (x, y) => x.div(y), inputs: [mixed(...a), positive(...b)] },
  {
    name: `maximum of ${pair}`,
    fn: (x, y) => maximum(x.square(), y.sin()),
    inputs: [mixed(...a), positive(...b)],
  },
  {
    name: `minimum of ${pair}`,
    fn: (x, y) => minimum(x.square(), y.sin()),
    inputs: [mixed(...a), positive(...b)],
  },
]);

const condition = tensor([[true, false, true], [false, false, true]]);

const selection: GradientCase[] = [
  { name: "a number less x", fn: (x) => sub(3, x).mul(x), inputs: [mixed(3)] },
  { name: "x divided by itself", fn: (x) => x.div(x.add(4)), inputs: [mixed(3)] },
  { name: "one tensor twice", fn: (x) => x.mul(x).add(x).sub(x.mul(2)), inputs: [mixed(3)] },
  { name: "where", fn: (x, y) => where(condition, x.exp(), y), inputs: [mixed(2, 3), mixed(3)] },
  {
    name: "where, broadcast",
    fn: (x, y) => where(condition, x, y.sin()),
    inputs: [mixed(), mixed(2, 1)],
  },
  {
    name: "where with a number",
    fn: (x) => where(condition, x.square(), 2),
    inputs: [mixed(2, 3)],
  },
  { name: "where of itself", fn: (x) => where(x.gt(0), x.exp(), x.sin()), inputs: [mixed(6)] },
  { name: "clamp on both sides", fn: (x) => clamp(x.mul(2), -1, 1).mul(x), inputs: [mixed(7)] },
  { name: "clamp from below", fn: (x) => x.square().clamp(0.5), inputs: [mixed(7)] },
  { name: "clamp from above", fn: (x) => x.square().clamp(undefined, 0.5), inputs: [mixed(7)] },
];

/** The elementwise cases. */
export const ELEMENTWISE_CASES: readonly GradientCase[] = [
  ...unary,
  ...powers,
  ...binary,
  ...selection,
];
