import { assertEquals } from "@std/assert";
import { conv2d, Tensor } from "genlab";
import { arrange } from "../../../lib/onnx/program.ts";
import { setThreadLimit, threadLimit, threadsFor } from "../../../lib/runtime/threads.ts";

const symbol = (...shape: number[]) => Tensor.symbol({ shape, dtype: "float32" });
const threadsOf = (output: Tensor) => threadsFor(arrange({ outputs: [output] }));

Deno.test("large products take all the threads they may, small ones one", () => {
  const small = symbol(64, 64).matmul(symbol(64, 64));
  const large = symbol(512, 512).matmul(symbol(512, 512));
  const images = conv2d(symbol(16, 32, 28, 28), symbol(32, 32, 3, 3));
  const cores = threadLimit();
  assertEquals(cores, navigator.hardwareConcurrency);
  try {
    for (const limit of [1, 3]) {
      setThreadLimit(limit);
      assertEquals([small, large, images].map(threadsOf), [1, limit, limit]);
    }
  } finally {
    setThreadLimit(cores);
  }
});
