import { assertEquals } from "@std/assert";
import { conv2d, convTranspose2d, Tensor } from "genlab";
import { arrange } from "../../../lib/onnx/program.ts";
import { setThreadLimit, threadLimit, threadsFor } from "../../../lib/runtime/threads.ts";

const symbol = (...shape: number[]) => Tensor.symbol({ shape, dtype: "float32" });
const threadsOf = (output: Tensor) => threadsFor(arrange({ outputs: [output] }));

Deno.test("a transposed convolution multiplies each pixel that it is given, not each it makes", () => {
  const enlarged = (B: number) =>
    convTranspose2d(symbol(B, 32, 7, 7), symbol(32, 16, 3, 3), undefined, {
      stride: 2,
      padding: 1,
    });
  const cores = threadLimit();
  try {
    setThreadLimit(3);
    // 64 x 32 x 49 pixels times 16 x 9 weights are 14 million products, and 256 of them 58 million.
    assertEquals([64, 256].map((B) => threadsOf(enlarged(B))), [1, 3]);
  } finally {
    setThreadLimit(cores);
  }
});

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

Deno.test("a program may have more steps than a call has room for arguments", () => {
  const [step] = arrange({ outputs: [symbol(2).exp()] }).steps;
  const program = arrange({ outputs: [symbol(2)] });
  assertEquals(threadsFor({ ...program, steps: new Array(200_000).fill(step) }), 1);
});
