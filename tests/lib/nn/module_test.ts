/** Which parameters a module has, and what they are called. */
import { assertEquals, assertStrictEquals } from "@std/assert";
import {
  GroupNorm,
  Linear,
  Module,
  ones,
  relu,
  Sequential,
  type Tensor,
  Variable,
} from "../../../mod.ts";

function names(module: Module): string[] {
  return module.namedParameters().map(([name]) => name);
}

Deno.test("layers in a Sequential are named by their place, and functions count", () => {
  const net = new Sequential(new Linear(2, 3), relu, new Sequential(new Linear(3, 1)));
  assertEquals(names(net), ["0.weight", "0.bias", "2.0.weight", "2.0.bias"]);
});

Deno.test("Sequential applies its layers in order", async () => {
  const layers = [(x: Tensor) => x.add(1), new GroupNorm(1, 1), (x: Tensor) => x.add(2)];
  assertEquals(await new Sequential(...layers).forward(ones([1, 1])).tolist(), [[2]]);
  assertEquals(await new Sequential().forward(ones([1])).tolist(), [1]);
});

Deno.test("a module's own parameters come first, then those of its parts, as in PyTorch", () => {
  class Block extends Module {
    readonly steps = 3;
    readonly norm = new GroupNorm(1, 2);
    readonly optional: Linear | undefined = undefined;
    readonly layers = [new Linear(1, 1, { bias: false }), [new Linear(1, 1)]];
    readonly tables = [new Variable(ones([1]))];
    readonly scale = new Variable(ones([2]));
  }
  assertEquals(names(new Block()), [
    "scale",
    ...["norm.weight", "norm.bias"],
    ...["layers.0.weight", "layers.1.0.weight", "layers.1.0.bias"],
    "tables.0",
  ]);
});

Deno.test("what is shared is found once, and a part may know its owner", () => {
  class Part extends Module {
    readonly weight = new Variable(ones([1]));
    constructor(readonly owner: Module) {
      super();
    }
  }
  class Owner extends Module {
    readonly part = new Part(this);
    readonly again = this.part;
    readonly tied = this.part.weight;
    readonly list = [this.part, this.part.weight];
  }
  const owner = new Owner();
  assertEquals(names(owner), ["tied"]);
  assertStrictEquals(owner.parameters()[0], owner.part.weight);
});

Deno.test("layers without a bias have one parameter", () => {
  assertEquals(names(new Linear(2, 2, { bias: false })), ["weight"]);
});
