/**
 * Trees of tensors: what compiled functions take and give.
 *
 * @module
 */
import { DTypeError } from "../errors.ts";
import { describe } from "../tensor/guard.ts";
import { Tensor } from "../tensor/tensor.ts";

/** Tensors, alone or in arrays and plain objects; or nothing. */
export type Tree = Tensor | readonly Tree[] | { readonly [name: string]: Tree } | void;

/** The same tree with every tensor replaced. */
export function mapTree<T>(tree: T, replace: (tensor: Tensor) => Tensor): T {
  const visit = (node: unknown, path: string): unknown => {
    if (node instanceof Tensor) return replace(node);
    if (node === undefined) return undefined;
    if (Array.isArray(node)) return node.map((child, i) => visit(child, `${path}[${i}]`));
    if (
      typeof node === "object" && node !== null && Object.getPrototypeOf(node) === Object.prototype
    ) {
      return Object.fromEntries(
        Object.entries(node).map(([name, child]) => [name, visit(child, `${path}.${name}`)]),
      );
    }
    throw new DTypeError(
      `compile: functions take and return tensors, in arrays and plain objects; at ${
        path || "the top"
      } there is ${
        typeof node === "number" || typeof node === "boolean"
          ? `${node}: make it a tensor, with tensor(${node})`
          : describe(node)
      }`,
    );
  };
  return visit(tree, "") as T;
}

/** The tensors of a tree, in order. */
export function leavesOf(tree: unknown): Tensor[] {
  const found: Tensor[] = [];
  mapTree(tree, (tensor) => {
    found.push(tensor);
    return tensor;
  });
  return found;
}

/** A text that is the same for trees of the same form, shapes and dtypes. */
export function signatureOf(tree: unknown): string {
  const describe = (node: unknown): unknown => {
    if (node instanceof Tensor) return `${node.dtype}[${node.shape}]`;
    if (Array.isArray(node)) return node.map(describe);
    if (typeof node !== "object" || node === null) return null;
    return Object.entries(node).map(([name, child]) => [name, describe(child)]);
  };
  return JSON.stringify(describe(tree));
}
