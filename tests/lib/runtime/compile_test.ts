import { assert, assertAlmostEquals, assertEquals, assertRejects, assertThrows } from "@std/assert";
import {
  compile,
  DTypeError,
  GenlabError,
  grad,
  manualSeed,
  multinomial,
  type Nested,
  rand,
  randint,
  randn,
  sessionsCreated,
  ShapeError,
  Tensor,
  tensor,
  Variable,
  zeros,
} from "genlab";

Deno.test("a compiled function takes and gives trees of tensors", async () => {
  const fn = compile((
    pair: readonly Tensor[],
    { scale, shift }: { scale: Tensor; shift: Tensor },
  ) => ({
    scaled: pair.map((x) => x.mul(scale)),
    nested: { shifted: pair[0].add(shift) },
  }));
  const { scaled, nested } = await fn([tensor([1, 2]), tensor([[3]])], {
    scale: tensor(10),
    shift: tensor(0.5),
  });
  assertEquals(await scaled[0].tolist(), [10, 20]);
  assertEquals(await scaled[1].tolist(), [[30]]);
  assertEquals(await nested.shifted.tolist(), [1.5, 2.5]);
});

Deno.test("a function is traced once for each form, shape and dtype of its arguments", async () => {
  let traces = 0;
  const double = compile((x: Tensor) => {
    traces++;
    return x.add(x);
  });
  assertEquals(await (await double(tensor([1, 2]))).tolist(), [2, 4]);
  assertEquals(await (await double(tensor([3, 4]))).tolist(), [6, 8]);
  assertEquals(traces, 1);
  assertEquals(await (await double(tensor([1, 2, 3]))).tolist(), [2, 4, 6]);
  assertEquals(traces, 2);
  const integers = await double(tensor([1, 2], { dtype: "int32" }));
  assertEquals(integers.dtype, "int32");
  assertEquals(traces, 3);
  await double(tensor([5, 6]));
  assertEquals(traces, 3);
});

Deno.test("arguments may be lazy, and stay what they were", async () => {
  const x = tensor([1, 2]).mul(3);
  const fn = compile((x: Tensor) => x.sub(1));
  assertEquals(await (await fn(x)).tolist(), [2, 5]);
  assertEquals(await x.tolist(), [3, 6]);
});

Deno.test("repeat carries variables from iteration to iteration and stacks what is returned", async () => {
  const a = new Variable(tensor(1));
  const b = new Variable(tensor(1));
  // Fibonacci: each iteration sees what the one before left.
  const step = compile(() => {
    const next = a.value.add(b.value);
    a.value = b.value;
    b.value = next;
    return { next, squares: next.square().reshape(1, 1) };
  }, { repeat: 6 });
  const { next, squares } = await step();
  assertEquals(await next.tolist(), [2, 3, 5, 8, 13, 21]);
  assertEquals(squares.shape, [6, 1, 1]);
  assertEquals((await squares.data())[5], 441);
  assertEquals([await a.value.item(), await b.value.item()], [13, 21]);
  await step();
  assertEquals(await b.value.item(), 377);
});

Deno.test("variables that are swapped in a repeated function are swapped every time", async () => {
  const a = new Variable(tensor(1));
  const b = new Variable(tensor(2));
  await compile(() => {
    [a.value, b.value] = [b.value, a.value];
  }, { repeat: 3 })();
  assertEquals([await a.value.item(), await b.value.item()], [2, 1]);
});

Deno.test("a variable read after it is set gives the new value within the same call", async () => {
  const x = new Variable(tensor(1));
  const seen = await compile(() => {
    x.value = x.value.add(1);
    x.value = x.value.mul(10);
    return x.value;
  })();
  assertEquals(await seen.item(), 20);
  assertEquals(await x.value.item(), 20);
});

Deno.test("a variable that is read and not set keeps its value, and its present one is used", async () => {
  const scale = new Variable(tensor(2));
  for (const options of [{}, { repeat: 2 }]) {
    scale.value = tensor(2);
    const fn = compile((x: Tensor) => x.mul(scale.value), options);
    assertEquals((await (await fn(tensor(3))).data())[0], 6);
    scale.value = tensor(5).neg();
    assertEquals((await (await fn(tensor(3))).data())[0], -15);
    assertEquals(await scale.value.item(), -5);
  }
});

Deno.test("a variable that is set and not read takes the last value", async () => {
  const x = new Variable(tensor([0, 0]));
  await compile((y: Tensor) => {
    x.value = y.add(1);
  })(tensor([1, 2]));
  assertEquals(await x.value.tolist(), [2, 3]);
  await compile((y: Tensor) => {
    x.value = y;
  }, { repeat: 3 })(tensor([7, 8]));
  assertEquals(await x.value.tolist(), [7, 8]);
});

Deno.test("results may share a tensor, be arguments, variables or constants", async () => {
  const v = new Variable(tensor([7]));
  const constant = tensor([9]);
  for (const repeat of [undefined, 2]) {
    const fn = compile((x: Tensor) => {
      const y = x.add(1);
      return [y, y, x, x, v.value, constant];
    }, { repeat });
    const results = await fn(tensor([1]));
    const firsts = await Promise.all(results.map(async (result) => (await result.data())[0]));
    assertEquals(firsts, [2, 2, 1, 1, 7, 9]);
    assertEquals(results[0].shape, repeat === undefined ? [1] : [2, 1]);
  }
});

Deno.test("a function without results is run for what it sets, or for nothing", async () => {
  const x = new Variable(tensor(1));
  for (const repeat of [undefined, 4]) {
    const nothing = compile(() => {
      x.value.add(1);
    }, { repeat });
    assertEquals(await nothing(), undefined);
  }
  assertEquals(await x.value.item(), 1);
});

Deno.test("captured tensors are constants, small and large, computed or not", async () => {
  const values = Float32Array.from({ length: 1000 }, (_, i) => i);
  const large = Tensor.fromValues(values, { shape: [1000], dtype: "float32" });
  const small = tensor([0.25, -0, Infinity]);
  const lazy = large.mul(2);
  for (const repeat of [undefined, 2]) {
    const fn = compile((x: Tensor) => [large.add(x), small.mul(x), lazy.add(x)], { repeat });
    for (const x of [1, 2]) {
      const [a, b, c] = await Promise.all((await fn(tensor(x))).map((result) => result.data()));
      assertEquals(a[999], 999 + x);
      assertEquals([...b.slice(0, 3)], [0.25 * x, -0, Infinity]);
      assertEquals(c[999], 2 * 999 + x);
    }
  }
});

Deno.test("draws are fresh at every call and are those of the eager stream", async () => {
  const draw = () => [randn([3]), rand([2, 2]), randint(0, 1000, [5]), randn([20])];
  manualSeed(3);
  const eager: Nested[] = [];
  for (let i = 0; i < 3; i++) {
    for (const drawn of draw()) eager.push(await drawn.tolist());
  }
  manualSeed(3);
  const compiled = compile(draw);
  const single = [];
  for (let i = 0; i < 3; i++) {
    for (const drawn of await compiled()) single.push(await drawn.tolist());
  }
  assertEquals(single, eager);

  manualSeed(3);
  const stacks = await Promise.all((await compile(draw, { repeat: 3 })()).map((x) => x.tolist()));
  assertEquals(
    stacks,
    [0, 1, 2, 3].map((k) => [eager[k], eager[4 + k], eager[8 + k]]),
  );
});

Deno.test("tracing draws nothing", async () => {
  manualSeed(5);
  const first = await rand([2]).tolist();
  manualSeed(5);
  const fn = compile((n: Tensor) => rand(n.shape));
  assertEquals(await (await fn(zeros([2]))).tolist(), first);
});

Deno.test("multinomial draws inside a compiled function differ from call to call", async () => {
  manualSeed(1);
  const fn = compile((p: Tensor) => multinomial(p, 20, { replacement: true }));
  const weights = tensor([1, 1, 1, 1]);
  const [a, b] = [await (await fn(weights)).tolist(), await (await fn(weights)).tolist()];
  assert(String(a) !== String(b));
});

Deno.test("loops whose draws do not fit into one run give what single calls give", async () => {
  // 2^20 draws are counted as 8 MiB: the budget of 64 MiB is passed within 10 iterations.
  const total = new Variable(tensor(0));
  const step = () => {
    const mean = rand([2 ** 20]).narrow(0, 0, 4).mean();
    total.value = total.value.add(mean);
    return mean;
  };
  manualSeed(11);
  const long = await (await compile(step, { repeat: 10 })()).tolist();
  const longTotal = await total.value.item();
  total.value = tensor(0);
  manualSeed(11);
  const single = compile(step);
  const means = [];
  for (let i = 0; i < 10; i++) means.push(await (await single()).item());
  assertEquals(long, means);
  assertEquals(longTotal, await total.value.item());
});

Deno.test("repeat: 1 is a loop of one iteration, and its results are stacked", async () => {
  const x = new Variable(tensor(1));
  const result = await compile(() => x.value = x.value.add(1), { repeat: 1 })();
  assertEquals(await result.tolist(), [2]);
  assertEquals(await x.value.item(), 2);
});

Deno.test("repeat takes whole numbers of at least 1", () => {
  for (const repeat of [0, -1, 1.5, NaN, Infinity]) {
    assertThrows(() => compile(() => {}, { repeat }), ShapeError, `repeat is ${repeat}`);
  }
});

Deno.test("the number of iterations is no part of the session", async () => {
  const x = new Variable(tensor(0));
  const step = () => {
    x.value = x.value.add(3);
  };
  await compile(step, { repeat: 2 })();
  const before = sessionsCreated();
  await compile(step, { repeat: 5 })();
  assertEquals(sessionsCreated(), before);
  assertEquals(await x.value.item(), 21);
});

Deno.test("an asynchronous function is refused, whatever becomes of its promise", async () => {
  const x = new Variable(tensor(1));
  const patient = async () => {
    x.value = x.value.add(await Promise.resolve(1));
  };
  const failing = async () => {
    x.value = x.value.add(await x.value.item());
  };
  for (const fn of [patient, failing]) {
    await assertRejects(() => compile(fn as unknown as () => void)(), GenlabError, "asynchronous");
  }
  // The first set the variable after all, to something on symbols: only that variable is lost.
  assertEquals(await tensor(2).neg().item(), -2);
  await assertRejects(() => x.value.item(), GenlabError, "return it from the function");
});

Deno.test("what is no tensor is refused as argument and as result, saying where it is", async () => {
  const returns = (value: unknown) => compile(() => value as Tensor)();
  await assertRejects(() => returns(3), DTypeError, "at the top there is 3: make it a tensor");
  await assertRejects(
    () => returns({ loss: [tensor(1), 2] }),
    DTypeError,
    "at .loss[1] there is 2",
  );
  await assertRejects(
    () => returns(new Variable(tensor(1))),
    DTypeError,
    "a Variable (take its value)",
  );
  await assertRejects(() => returns(new Map()), DTypeError, "there is a value of class Map");
  const identity = compile((x: Tensor, y?: Tensor) => y === undefined ? x : x.add(y));
  await identity(tensor(1));
  await assertRejects(() => identity(tensor(1), 5 as unknown as Tensor), DTypeError, "[1]");
});

Deno.test("values cannot be read while a function is traced, and the error comes at once", async () => {
  const x = new Variable(tensor(1));
  const reads: readonly ((x: Tensor) => unknown)[] = [
    (x) => x.item(),
    (x) => x.data(),
    (x) => x.tolist(),
    () => x.value.item(),
  ];
  for (const read of reads) {
    let error: unknown;
    const fn = compile((x: Tensor) => {
      try {
        read(x);
      } catch (caught) {
        error = caught;
      }
      return x;
    });
    await fn(tensor(1));
    assert(error instanceof GenlabError);
    assert(error.message.includes("cannot be read inside a compiled function"));
  }
});

Deno.test("a compiled function inside another is refused", async () => {
  const inner = compile((x: Tensor) => x.neg());
  let result: Promise<Tensor> | undefined;
  const outer = compile((x: Tensor) => {
    result = inner(x);
    return x;
  });
  await assertRejects(() => outer(tensor(1)), GenlabError, "cannot be called inside another");
  assertEquals(result, undefined);
  assertEquals(await (await inner(tensor(1))).item(), -1);
});

Deno.test("a variable made inside a compiled function is refused", async () => {
  const fn = compile(() => new Variable(rand([2])).value);
  await assertRejects(() => fn(), GenlabError, "none can be made inside a compiled function");
});

Deno.test("an error of the function itself comes through unharmed and leaves nothing behind", async () => {
  const x = new Variable(tensor(1));
  const mistake = new RangeError("my own");
  let fail = true;
  const fn = compile(() => {
    x.value = x.value.add(1);
    if (fail) throw mistake;
    return x.value;
  });
  assertEquals(await fn().catch((error) => error), mistake);
  // No trace is open: values can be read, and the variable is as it was.
  assertEquals(await x.value.item(), 1);
  fail = false;
  assertEquals(await (await fn()).item(), 2);
});

Deno.test("an error of a tensor operation is thrown where it stands in the function", async () => {
  const fn = compile((x: Tensor) => x.add(zeros([5])));
  await assertRejects(() => fn(zeros([3])), ShapeError, "add");
});

Deno.test("a tensor that escapes from a compiled function cannot be read, nor spoil other reads", async () => {
  let escaped: Tensor | undefined;
  const x = new Variable(tensor([1, 2]));
  await compile((y: Tensor) => {
    escaped = y.mul(x.value);
  })(tensor(3));
  await assertRejects(() => escaped!.tolist(), GenlabError, "return it from the function");
  const y = new Variable(tensor([0, 0]));
  y.value = escaped!;
  const fn = compile((z: Tensor) => z.add(y.value));
  await assertRejects(() => fn(tensor(1)), GenlabError, "return it from the function");
  assertEquals(await x.value.neg().tolist(), [-1, -2]);
  const captured = compile((z: Tensor) => z.add(escaped!));
  await assertRejects(() => captured(tensor(1)), GenlabError, "return it from the function");
});

Deno.test("calls that are not awaited run one after the other and lose no update", async () => {
  const count = new Variable(tensor(0));
  const add = compile((x: Tensor) => {
    count.value = count.value.add(x);
    return count.value;
  });
  const calls = Array.from({ length: 10 }, (_, i) => add(tensor(i + 1)));
  const seen = await Promise.all(calls.map(async (call) => (await call).item()));
  assertEquals(seen, [1, 3, 6, 10, 15, 21, 28, 36, 45, 55]);
  assertEquals(await count.value.item(), 55);
});

Deno.test("a call that fails does not hold up those after it", async () => {
  const pick = compile((index: Tensor) => tensor([1, 2, 3]).gather(0, index));
  const index = (i: number) => tensor([i], { dtype: "int32" });
  const [bad, good] = await Promise.allSettled([pick(index(9)), pick(index(2))]);
  assertEquals(bad.status, "rejected");
  assert(good.status === "fulfilled");
  assertEquals(await good.value.tolist(), [3]);
});

Deno.test("gradients taken inside and outside a compiled function are the same", async () => {
  const slope = (x: Tensor) => grad(x.sin().mul(x).sum(), [x])[0];
  const x = tensor([0.3, -1.2, 2]);
  const eager = await slope(x).data();
  const compiled = await (await compile(slope)(x)).data();
  eager.forEach((value, i) => assertAlmostEquals(compiled[i], value, 1e-6));
});
