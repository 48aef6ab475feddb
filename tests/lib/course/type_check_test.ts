import { assertEquals } from "@std/assert";
import { readFaults, type TypeFault, typeFaultsIn } from "../../../lib/course/type_check.ts";

/** The type errors of a file with this text. */
async function faultsOf(text: string): Promise<readonly TypeFault[] | undefined> {
  const file = await Deno.makeTempFile({ suffix: ".ts" });
  await Deno.writeTextFile(file, text);
  const faults = await typeFaultsIn(file, new AbortController().signal);
  await Deno.remove(file);
  return faults;
}

Deno.test("type errors have TypeScript's words, and a place", async () => {
  const faults = await faultsOf(
    `import { compile, randnLike, type Tensor, type Tenser } from "genlab";
const n: string = 3;
export function f(mu: Tensor): Tensor {
  mu.foo(1);
  return mu.add(lgvar);
}
export const g = (mu: Tensor): { xt: Tensor } => ({ xt: mu, esp: randnLike(mu) });
const step = compile((x: Tensor) => x, { repeat: 3 });
export const h = async (x: Tensor): Promise<number> => await step(x).item();
`,
  );
  assertEquals(faults?.map(({ line, column, message }) => [line, column, message]), [
    [1, 48, "genlab has no exported member named 'Tenser'. Did you mean 'Tensor'?"],
    [2, 7, "Type 'number' is not assignable to type 'string'"],
    [4, 6, "Property 'foo' does not exist on type 'Tensor'"],
    [5, 17, "Cannot find name 'lgvar'"],
    [
      7,
      61,
      "Object literal may only specify known properties, and 'esp' does not exist in type " +
      "'{ xt: Tensor; }'",
    ],
  ]);
});

Deno.test("a missing annotation is no type error, nor what is declared elsewhere", async () => {
  const faults = await faultsOf(`import { randnLike } from "genlab";
export function f(mu, { logvar }, ...rest) {
  const all = [];
  all.push(1);
  console.log(performance.now(), new URL("https://x.y"), structuredClone(rest), process.argv);
  return mu.add(randnLike(logvar));
}
function again(n) { return n > 0 ? again(n - 1) : 0; }
if (import.meta.main) await fetch(String(again(2)));
`);
  assertEquals(faults, []);
});

Deno.test("an element of a tensor by its index is a type error, one of an object by its name none", async () => {
  const faults = await faultsOf(`import { type Tensor, tensor } from "genlab";
const limits = { low: 0, high: 1 };
for (const name in limits) console.log(limits[name]);
export function f(betas: Tensor): Tensor {
  return tensor(1 - betas[0]);
}
`);
  assertEquals(faults?.map(({ line, column }) => [line, column]), [[5, 21]]);
  assertEquals(faults?.[0].message.includes("can't be used to index type 'Tensor'"), true);
});

Deno.test("of a file that is none, or of a search that is given up, there is no verdict", async () => {
  assertEquals(await faultsOf("export function f( {"), undefined);
  const signal = AbortSignal.abort();
  assertEquals(await typeFaultsIn("/nowhere/none.ts", signal), undefined);
});

Deno.test("of a long chain of reasons all are in one line, and not without end", () => {
  const types = "{ a: string; } | ".repeat(50);
  const [{ message }] = readFaults(`TS2345 [ERROR]: Argument of type 'number' is not assignable.
  Type 'number' is not assignable to type '${types}'.
f(3);
  ~
    at file:///home/me/exercise_a.ts:14:7

    'f' is declared here.
    function f() {}
             ~
        at file:///home/me/exercise_a.ts:2:7

Found 1 error.
`);
  assertEquals(message.length, 301);
  assertEquals(message.startsWith("Argument of type 'number' is not assignable. Type 'num"), true);
});

Deno.test("a message does nothing to a terminal, whatever names are in it", () => {
  const [{ message }] = readFaults(`TS2741 [ERROR]: Property '"\x1b[2J\u202ea\x9b1m"' is missing.
    at file:///home/me/exercise_a.ts:14:7
`);
  assertEquals(/\p{C}/u.test(message), false);
  assertEquals(message.startsWith("Property '"), true);
});
