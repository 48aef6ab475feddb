/**
 * Trains for 10,000 small steps in one of three ways, and prints the bytes in use after 2,000 and
 * after 10,000. Run by evaluate_test.ts.
 *
 * @module
 */
import { compile, rand, setDevice, tensor } from "genlab";
import { linearRegression } from "./training.ts";

const collect = (globalThis as { gc?: () => void }).gc!;
const [way] = Deno.args;
await setDevice("cpu");

const { step } = linearRegression(100);
const compiled = compile(step);
const repeated = compile(step, { repeat: 100 });
const train: Record<string, (i: number) => Promise<number>> = {
  // Each step has data and a learning rate of its own.
  uncompiled: async (i) => await step(rand([4, 100]), tensor(1 / (100 + i))).item(),
  compiled: async (i) => await (await compiled(rand([4, 100]), tensor(1 / (100 + i)))).item(),
  repeated: async (i) => {
    const losses = i % 100 === 0 ? await repeated(rand([4, 100]), tensor(0.01)) : undefined;
    return losses === undefined ? 0 : (await losses.data())[99];
  },
};

async function inUse(): Promise<{ rss: number; heap: number }> {
  // Buffers are freed a turn after the arrays that own them.
  for (let i = 0; i < 3; i++) {
    collect();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  const { rss, heapUsed, external } = Deno.memoryUsage();
  return { rss, heap: heapUsed + external };
}

const measured = [];
for (let i = 0; i < 10_000; i++) {
  if (i === 2_000) measured.push(await inUse());
  await train[way](i);
}
measured.push(await inUse());
console.log(JSON.stringify(measured));
