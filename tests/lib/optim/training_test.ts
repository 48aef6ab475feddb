/** Training loops: compiled and not, interrupted and resumed, with a rate that changes. */
import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import {
  Adam,
  compile,
  DTypeError,
  EMA,
  GenlabError,
  grad,
  Linear,
  loadParameters,
  loadSafetensors,
  mseLoss,
  type Optimizer,
  randn,
  saveSafetensors,
  sessionsCreated,
  SGD,
  ShapeError,
  tensor,
  Variable,
  zeros,
} from "../../../mod.ts";
import { network } from "./network.ts";

/** Losses of steps that are not compiled, each read after its step. */
async function train(optimizer: Optimizer, loss: () => ReturnType<typeof zeros>, steps: number) {
  const losses: number[] = [];
  for (let i = 0; i < steps; i++) {
    const value = loss();
    optimizer.step(value);
    losses.push(await value.item());
  }
  return losses;
}

const MAKERS: Record<string, (parameters: Variable[]) => Optimizer> = {
  Adam: (p) => new Adam(p, { lr: 0.05, weightDecay: 0.01 }),
  SGD: (p) => new SGD(p, { lr: 0.2, momentum: 0.9 }),
};

for (const [name, make] of Object.entries(MAKERS)) {
  Deno.test(`${name}: ten steps in a compiled loop equal ten compiled calls and ten plain steps`, async () => {
    const runs: number[][] = [];
    const finals: number[][] = [];
    for (const kind of ["plain", "calls", "loop"]) {
      const { net, loss } = network();
      const optimizer = make(net.parameters());
      const ema = new EMA(net.parameters(), 0.5);
      const step = () => {
        const value = loss();
        optimizer.step(value);
        ema.update();
        return value;
      };
      if (kind === "loop") {
        runs.push([...await (await compile(step, { repeat: 10 })()).data()]);
      } else {
        const call = kind === "plain" ? step : compile(step);
        const losses: number[] = [];
        for (let i = 0; i < 10; i++) losses.push(await (await call()).item());
        runs.push(losses);
      }
      const last = [net.parameters()[0].value, ema.values[0]];
      finals.push((await Promise.all(last.map((x) => x.data()))).flatMap((x) => [...x]));
    }
    for (const run of [1, 2]) {
      runs[run].forEach((loss, i) => assertAlmostEquals(loss, runs[0][i], 1e-6, `loss ${i}`));
      finals[run].forEach((value, i) => assertAlmostEquals(value, finals[0][i], 2e-6));
    }
    assert(runs[0][9] < 0.8 * runs[0][0]);
  });

  Deno.test(`${name}: a run that is saved and resumed gives the losses of one that is not`, async () => {
    const folder = await Deno.makeTempDir();
    const path = `${folder}/run.safetensors`;
    const whole = network();
    const expected = await train(make(whole.net.parameters()), whole.loss, 8);

    const before = network();
    const first = make(before.net.parameters());
    const begun = await train(first, before.loss, 5);
    await saveSafetensors(path, [...before.net.namedParameters(), ...first.stateVariables()]);

    const after = network();
    const second = make(after.net.parameters());
    second.lr = 0.5;
    const { tensors } = await loadSafetensors(path);
    loadParameters([...after.net.namedParameters(), ...second.stateVariables()], tensors);
    assertEquals(second.lr, first.lr);
    assertEquals([...begun, ...await train(second, after.loss, 3)], expected);
    await Deno.remove(folder, { recursive: true });
  });

  Deno.test(`${name}: neither steps nor a new learning rate make a session`, async () => {
    const { net, loss } = network();
    const optimizer = make(net.parameters());
    await train(optimizer, loss, 1);
    const plain = sessionsCreated();
    optimizer.lr = 0.01;
    await train(optimizer, loss, 3);
    assertEquals(sessionsCreated(), plain);

    const loop = compile(() => {
      const value = loss();
      optimizer.step(value);
      return value;
    }, { repeat: 2 });
    await loop();
    const compiled = sessionsCreated();
    optimizer.lr = 0;
    const stopped = await (await loop()).data();
    assertEquals(stopped[1], stopped[0]);
    optimizer.lr = 0.1;
    await loop();
    assert((await (await loop()).data())[1] < stopped[0]);
    assertEquals(sessionsCreated(), compiled);
  });
}

Deno.test("a loss may be read before its step", async () => {
  const x = new Variable(tensor(1));
  const sgd = new SGD([x], { lr: 0.25 });
  for (const expected of [1, 0.25, 0.0625]) {
    const loss = x.value.square();
    assertEquals(await loss.item(), expected);
    sgd.step(loss);
  }
});

Deno.test("gradients that were clipped are applied as they are", async () => {
  const x = new Variable(tensor([1, -4]));
  const sgd = new SGD([x], { lr: 0.5 });
  const [slope] = grad(x.value.square().sum(), [x.value]);
  sgd.apply([slope.clamp(-1, 1)]);
  assertEquals(await x.value.tolist(), [0.5, -3.5]);
});

Deno.test("Adam's first step is lr long whatever the gradient's size, to float32", async () => {
  // m / (1 - beta1) = g and sqrt(v / (1 - beta2)) = |g|, so the step is lr g / (|g| + eps).
  for (const size of [1e-6, 1, 1e6]) {
    const x = new Variable(tensor(0));
    new Adam([x], { lr: 0.5, eps: 0 }).step(x.value.mul(size));
    assertAlmostEquals(await x.value.item(), -0.5, 1e-7);
  }
});

Deno.test("Adam on float64 parameters steps in float64", async () => {
  const x = new Variable(tensor(0, { dtype: "float64" }));
  new Adam([x], { lr: 0.1, eps: 0.5 }).step(x.value.mul(2));
  assertAlmostEquals(await x.value.item(), -0.1 * 2 / (2 + 0.5), 1e-15);
});

Deno.test("a loss that no parameter is in is refused", () => {
  const { net, loss } = network();
  const adam = new Adam(net.parameters());
  assertThrows(() => adam.step(loss().detach()), GenlabError, "depends on none of the 4");
  const stale = loss();
  adam.step(stale);
  assertThrows(() => adam.step(stale), GenlabError, "compute it anew after every step");
});

Deno.test("mistakes in making an optimizer are named", () => {
  const layer = new Linear(2, 1);
  const parameters = layer.parameters();
  const fails = (make: () => unknown, message: string) => assertThrows(make, GenlabError, message);
  const untyped = (value: unknown) => value as Variable[];
  fails(() => new Adam(untyped(layer)), "Adam: takes an array of variables, not a value of class");
  fails(() => new Adam(untyped(undefined)), "Adam: takes an array of variables, not undefined");
  fails(() => new Adam(untyped([layer.weight, tensor(1)])), "not a value of class Tensor");
  fails(() => new EMA(untyped([tensor(1)]), 0.9), "EMA: takes an array of variables");
  fails(() => new Adam([]), "Adam: there are no parameters; pass model.parameters()");
  fails(() => new SGD([layer.weight, layer.weight], { lr: 1 }), "a parameter comes twice");
  fails(() => new SGD(parameters, { lr: -1 }), "SGD: the learning rate is -1");
  fails(() => new Adam(parameters, { lr: NaN }), "Adam: the learning rate is NaN");
  fails(() => new Adam(parameters, { betas: [0.9, 1] }), "betas are [0.9, 1]; they lie in [0, 1)");
  fails(() => new Adam(parameters, { eps: -1 }), "eps is -1");
  fails(() => new SGD(parameters, { lr: 1, momentum: -0.1 }), "momentum is -0.1");
  fails(() => new EMA(parameters, 1.1), "EMA: the decay is 1.1; it lies in [0, 1]");
  const count = new Variable(tensor([1], { dtype: "int32" }));
  assertThrows(() => new SGD([count], { lr: 1 }), DTypeError, "parameter 0 is int32");
  const adam = new Adam(parameters);
  fails(() => adam.lr = Infinity, "the learning rate is Infinity");
  assertEquals(adam.lr, 1e-3);
});

Deno.test("gradients that do not fit the parameters are refused", () => {
  const sgd = new SGD(new Linear(2, 1).parameters(), { lr: 1 });
  assertThrows(() => sgd.apply([zeros([1, 2])]), ShapeError, "1 gradients for 2 parameters");
  assertThrows(
    () => sgd.apply([zeros([2]), zeros([1])]),
    ShapeError,
    "gradient 0 has shape [2] and its parameter [1, 2]",
  );
});

Deno.test("inside a compiled function the learning rate can neither be read nor set", async () => {
  const x = new Variable(tensor(1));
  const sgd = new SGD([x], { lr: 1 });
  const reading = compile(() => x.value.mul(sgd.lr));
  const setting = compile(() => {
    sgd.lr = 2;
    return x.value;
  });
  for (const call of [reading, setting]) {
    const error = await call().then(() => undefined, (error) => error);
    assert(error instanceof GenlabError && error.message.includes("set it between calls"));
  }
  assertEquals(sgd.lr, 1);
});

Deno.test("EMA copies its averages into another model, and counts their number", async () => {
  const [source, target] = [new Linear(2, 2), new Linear(2, 2)];
  const ema = new EMA(source.parameters(), 0);
  source.weight.value = randn([2, 2]);
  ema.update();
  ema.copyTo(target.parameters());
  assertEquals(await target.weight.value.tolist(), await source.weight.value.tolist());
  assertEquals(ema.stateVariables().map(([name]) => name), ["ema.0", "ema.1"]);
  assertThrows(() => ema.copyTo([target.weight]), GenlabError, "2 averages for 1 parameters");
});

Deno.test("an average that is saved and put back goes on as it was", async () => {
  const layer = new Linear(1, 1);
  const ema = new EMA([layer.weight], 0.5);
  const [[, average]] = ema.stateVariables();
  loadParameters(ema.stateVariables(), { "ema.0": tensor([[8]]) });
  layer.weight.value = zeros([1, 1]);
  ema.update();
  assertEquals(await average.value.tolist(), [[4]]);
});

Deno.test("linear regression finds the line", async () => {
  const layer = new Linear(1, 1);
  const adam = new Adam(layer.parameters(), { lr: 0.1 });
  const x = tensor([[-1], [0], [1], [2]]);
  const fit = compile(() => {
    const loss = mseLoss(layer.forward(x), x.mul(3).sub(1));
    adam.step(loss);
    return loss;
  }, { repeat: 400 });
  await fit();
  assertAlmostEquals(await layer.weight.value.item(), 3, 1e-3);
  assertAlmostEquals(await layer.bias!.value.item(), -1, 1e-3);
});

Deno.test("averages that warm up forget what they began with, and then keep their decay", async () => {
  const x = new Variable(tensor(0));
  const ema = new EMA([x], 0.5, { warmUp: true });
  let expected = 0;
  for (let n = 1; n <= 20; n++) {
    x.value = tensor(n);
    ema.update();
    const kept = Math.min(n / (n + 9), 0.5);
    expected = kept * expected + (1 - kept) * n;
    assertAlmostEquals(await ema.values[0].item(), expected, 1e-5);
  }
  assertEquals(ema.stateVariables().map(([name]) => name), ["ema.updates", "ema.0"]);
});

Deno.test("averages that warm up are the same compiled and not", async () => {
  const train = async (compiled: boolean) => {
    const x = new Variable(tensor([1, 2]));
    const ema = new EMA([x], 0.9, { warmUp: true });
    const step = () => {
      x.value = x.value.mul(1.5);
      ema.update();
      return x.value;
    };
    if (compiled) await compile(step, { repeat: 5 })();
    else for (let n = 0; n < 5; n++) step();
    return await ema.values[0].tolist();
  };
  assertEquals(await train(true), await train(false));
});
