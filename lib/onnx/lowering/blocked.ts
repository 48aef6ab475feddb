/**
 * Convolutions in the layout of ONNX Runtime's fastest CPU kernels: channels in blocks of 8 or 16,
 * `[B, C / block, H, W, block]`. ONNX Runtime goes over to it by itself where weights are constants;
 * those of a network in training are not. Tensors of that layout keep the shape `[B, C, H, W]`, with C
 * filled up to whole blocks.
 *
 * @module
 */
import type { Shape } from "../../tensor/shape.ts";
import type { Emitter } from "../emitter.ts";
import type { LoweringContext } from "./rule.ts";

/** Where the blocked operators are found. */
export const BLOCKED_DOMAIN = "com.microsoft.nchwc";

/** Multiply-adds from which a change of layout pays. */
const WORTHWHILE = 1e6;
/** How many bytes of filters stay in the cache while they pass over an image. */
const CACHE = 2 ** 20;
/** Into how many parts a gradient is split at most. */
const MOST_PARTS = 32;
/** How many blocks of filters a kernel applies at a time. */
const FILTER_BLOCKS = 4;

/** A convolution to lower: input `[B, C, H, W]` and kernel `[O, C, h, w]`. */
export interface Convolution {
  readonly x: string;
  readonly weight: string;
  /** Whether the kernel is given as `[C, O, h, w]`, with both directions reversed. */
  readonly turned: boolean;
  /** The name of a bias `[O]`, or nothing. */
  readonly bias: readonly string[];
  /** `[O, C, h, w]` */
  readonly kernel: Shape;
  readonly stride: readonly number[];
  /** Top, left, bottom, right. */
  readonly pads: readonly number[];
  /** The result's shape. */
  readonly result: Shape;
}

/** `n` rounded up to whole blocks. */
function filledUp(n: number, block: number): number {
  return Math.ceil(n / block) * block;
}

/** Whether whole blocks can be made of a dimension without wasting much. */
function blocks(size: number, block: number): boolean {
  // ORT changes the layout of 4 channels at a time.
  return size % 4 === 0 && size >= block;
}

/** An image's layout changed; the second dimension is blocked, and filled up with zeros. */
function reorder(emit: Emitter, name: string, shape: Shape): string {
  return emit.op(`${BLOCKED_DOMAIN}.ReorderInput`, [
    emit.op("Reshape", [name, emit.ints(shape)]),
  ]);
}

/**
 * A convolution in blocks, its input and result in the usual layout.
 *
 * @returns `undefined` where the usual kernels do better or there are no others
 */
export function blockedConvolution(emit: Emitter, convolution: Convolution): string | undefined {
  const { x, bias, kernel: [O, C, ...kernel], stride, pads, result } = convolution;
  const block = emit.channelBlock;
  const taps = kernel[0] * kernel[1];
  const work = result.reduce((product, size) => product * size, C * taps);
  if (block === undefined || taps === 1 || work < WORTHWHILE) return undefined;
  if (!blocks(C, block) || O % 4 !== 0) return undefined;
  const filters = emit.op("Reshape", [
    convolution.turned
      ? turnedFilters(emit, convolution, block)
      : filtersOf(emit, convolution, block),
    emit.ints([filledUp(O, block), filledUp(C, block), ...kernel]),
  ]);
  const missing = filledUp(O, block) - O;
  const y = emit.op(`${BLOCKED_DOMAIN}.Conv`, [
    emit.op(`${BLOCKED_DOMAIN}.ReorderInput`, [x]),
    filters,
    ...bias.map((name) => missing === 0 ? name : emit.op("Pad", [name, emit.ints([0, missing])])),
  ], { kernel_shape: kernel, strides: stride, pads, dilations: [1, 1], group: 1 });
  return emit.op(`${BLOCKED_DOMAIN}.ReorderOutput`, [y], { channels: O });
}

/** A kernel as the blocked kernels want it, `[O / block, C / block, taps, block of C, block of O]`. */
function filtersOf(emit: Emitter, { weight, kernel }: Convolution, block: number): string {
  const [O, C, height, width] = kernel;
  const inner = reorder(emit, weight, [O, C, height * width, 1]);
  return reorder(emit, inner, [1, O, filledUp(C, block) * height * width, 1]);
}

/** The same of a kernel that is given turned around: whole blocks move, and the taps change order. */
function turnedFilters(emit: Emitter, { weight, kernel }: Convolution, block: number): string {
  const [O, C, height, width] = kernel;
  const taps = height * width;
  const inner = reorder(emit, weight, [1, C, O * taps, 1]);
  const groups = filledUp(C, block) / block;
  const outer = reorder(emit, inner, [groups, O, taps * block, 1]);
  const given = emit.op("Reshape", [
    outer,
    emit.ints([groups, filledUp(O, block) / block, taps, block * block]),
  ]);
  const backwards = emit.ints(Array.from({ length: taps }, (_, tap) => taps - 1 - tap));
  return emit.op("Gather", [
    emit.op("Transpose", [given], { perm: [1, 0, 2, 3] }),
    backwards,
  ], { axis: 2 });
}

/** Images as `[B, H, W, C]`. Where it can be, from the blocks the forward pass has made of them. */
function channelsLast(emit: Emitter, x: string, [B, C, H, W]: Shape, block: number): string {
  if (!blocks(C, block)) return emit.op("Transpose", [x], { perm: [0, 2, 3, 1] });
  const blocked = emit.op(`${BLOCKED_DOMAIN}.ReorderInput`, [x]);
  return C === block
    ? emit.op("Reshape", [blocked, emit.ints([B, H, W, C])])
    : emit.op(`${BLOCKED_DOMAIN}.ReorderOutput`, [blocked], { channels: C, channels_last: 1 });
}

/**
 * The weight gradient in blocks of 16 (or 8) examples: a sum over the batch and the gradient's pixels
 * is what a convolution computes whose channels are the examples and whose kernel is the gradient.
 * With the input as `[B, H, W C]` and the kernel's columns C apart, its result is `[O, h, w C]`:
 *
 *     dW[o, i, j C + c] = sum over b, p, q of  x[b, p + i, (q + j) C + c] g[b, o, p, q]
 *
 * Each block of examples is a group of its own; their results are added up. So are those of parts of
 * large gradients, which as filters do not fit the cache.
 *
 * @returns `undefined` where the usual kernels do better or there are no others
 */
export function blockedWeightGradient(
  { emit, inputs: [x, g], tensor, attributes }: LoweringContext<"conv2dWeight">,
): string | undefined {
  const { stride, padding, kernel } = attributes;
  const [[B, C, H, W], [, O, rows, columns]] = tensor.inputs.map(({ shape }) => shape);
  const block = emit.channelBlock;
  if (block === undefined || tensor.size * B * rows * columns < WORTHWHILE) return undefined;
  if (!blocks(B, block) || !blocks(O, block)) return undefined;
  // One product of matrices as they are.
  if (Math.max(...kernel, ...stride) === 1 && Math.max(...padding) === 0) return undefined;

  const groups = Math.ceil(B / block);
  const filters = filledUp(O, block);
  const input = channelsLast(emit, x, [B, C, H, W], block);
  const byExample = emit.op("Reshape", [
    reorder(emit, g, [1, B, O, rows * columns]),
    emit.ints([groups, O, rows * columns, block]),
  ]);
  const width = (columns - 1) * stride[1] + kernel[1];
  const rowBytes = 4 * columns * block * Math.min(filters, FILTER_BLOCKS * block);
  const parts = Math.min(Math.ceil(rows * rowBytes / CACHE), MOST_PARTS);
  const length = Math.ceil(rows / parts);
  const sums: string[] = [];
  for (let first = 0; first < rows; first += length) {
    const last = Math.min(first + length, rows);
    const top = first * stride[0] - padding[0];
    const height = (last - first - 1) * stride[0] + kernel[0];
    // What of the input these rows of the gradient saw; negative padding cuts off.
    const seen = emit.op("Pad", [
      input,
      emit.ints([0, -top, padding[1], 0, 0, top + height - H, width - padding[1] - W, 0]),
      emit.scalar("float32", 0),
    ]);
    const part = length === rows ? byExample : emit.op("Slice", [
      byExample,
      emit.ints([first * columns]),
      emit.ints([last * columns]),
      emit.ints([2]),
    ]);
    const partFilters = emit.op("Reshape", [
      reorder(emit, part, [groups, O, (last - first) * columns, block]),
      emit.ints([groups * filters, block, last - first, columns]),
    ]);
    const product = emit.op(`${BLOCKED_DOMAIN}.Conv`, [
      reorder(emit, seen, [1, B, height, width * C]),
      partFilters,
    ], {
      kernel_shape: [last - first, columns],
      strides: [1, 1],
      pads: [0, 0, 0, 0],
      dilations: [stride[0], stride[1] * C],
      group: groups,
    });
    sums.push(emit.op("Reshape", [
      product,
      emit.ints([groups, filters, kernel[0], kernel[1] * C]),
    ]));
  }
  const stacked = sums.length === 1 ? sums[0] : emit.op("Concat", sums, { axis: 0 });
  const sum = emit.op("ReduceSum", [stacked, emit.ints([0])], { keepdims: 1 });
  const plain = emit.op(`${BLOCKED_DOMAIN}.ReorderOutput`, [sum], { channels: O });
  const taps = emit.op("Reshape", [plain, emit.ints([O, kernel[0] * kernel[1], C])]);
  return emit.op("Reshape", [
    emit.op("Transpose", [taps], { perm: [0, 2, 1] }),
    emit.ints(tensor.shape),
  ]);
}
