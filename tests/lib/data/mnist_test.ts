import { gunzipSync, gzipSync } from "node:zlib";
import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { loadMnist, Mnist } from "../../../lib/data/mnist.ts";
import { DataError, ShapeError } from "../../../lib/errors.ts";

const PUBLISHED = new URL("../../../data/mnist/", import.meta.url);
const LABELS = "t10k-labels-idx1-ubyte.gz";
const IMAGES = "t10k-images-idx3-ubyte.gz";

/** Where the first label stands in the unpacked labels: after the magic number and one dimension. */
const FIRST_LABEL = 8;

/** Runs `test` in a folder with the published test set, which it may spoil. */
async function inCopy(test: (root: string) => Promise<void>): Promise<void> {
  const root = await Deno.makeTempDir();
  try {
    for (const name of [LABELS, IMAGES]) {
      await Deno.copyFile(new URL(name, PUBLISHED), `${root}/${name}`);
    }
    await test(root);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

/** Checks that the spoiled test set in `root` is refused in one line with file, fault and remedy. */
async function refused(root: string, fault: string, remedy = "git checkout -- data/mnist") {
  const { message } = await assertRejects(() => loadMnist({ train: false, root }), DataError);
  assert(message.startsWith(`loadMnist: ${root}/`), message);
  for (const part of [fault, remedy]) assert(message.includes(part), `no "${part}" in: ${message}`);
  assert(!message.includes("\n"), message);
}

/** Rewrites the file of labels and checks that the result is refused. */
function refusedAfter(change: (packed: Uint8Array) => Uint8Array, fault: string): Promise<void> {
  return inCopy(async (root) => {
    const path = `${root}/${LABELS}`;
    await Deno.writeFile(path, change(await Deno.readFile(path)));
    await refused(root, fault);
  });
}

/** The same, for a change to the unpacked bytes, which are then packed as a valid gzip file. */
function refusedRepacked(change: (bytes: Uint8Array) => Uint8Array, fault: string): Promise<void> {
  return refusedAfter((packed) => gzipSync(change(gunzipSync(packed))), fault);
}

function withByte(bytes: Uint8Array, at: number, value: number): Uint8Array {
  const changed = bytes.slice();
  changed[at] = value;
  return changed;
}

Deno.test("the training set has the digits and the grey levels that are known of it", async () => {
  const mnist = await loadMnist();
  assertEquals(mnist.length, 60000);
  assertEquals(mnist.images.length, 60000 * 28 * 28);
  const counts = new Array(10).fill(0);
  for (const label of mnist.labels) counts[label]++;
  assertEquals(counts, [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]);
  // The mean that everyone normalises MNIST by is 0.1307.
  let sum = 0;
  for (const grey of mnist.images) sum += grey;
  assertEquals((sum / 255 / mnist.images.length).toFixed(4), "0.1307");
});

Deno.test("the test set has the digits that are known of it", async () => {
  const mnist = await loadMnist({ train: false });
  assertEquals(mnist.length, 10000);
  const counts = new Array(10).fill(0);
  for (const label of mnist.labels) counts[label]++;
  assertEquals(counts, [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]);
  assertEquals([...mnist.labels.subarray(0, 5)], [7, 2, 1, 0, 4]);
});

Deno.test("files packed anew with another gzip are as good as the published ones", async () => {
  await inCopy(async (root) => {
    const labels = await Deno.readFile(`${root}/${LABELS}`);
    await Deno.writeFile(`${root}/${LABELS}`, gzipSync(gunzipSync(labels), { level: 1 }));
    assertEquals((await loadMnist({ train: false, root })).length, 10000);
  });
});

Deno.test("a batch holds float32(value / 255) and its labels, in the order asked for", async () => {
  const images = Uint8Array.from({ length: 3 * 784 }, (_, i) => i % 256);
  const { images: grey, labels } = new Mnist(images, Uint8Array.of(4, 5, 6)).batch([2, 0, 2]);
  assertEquals(grey.shape, [3, 1, 28, 28]);
  assertEquals(labels.shape, [3]);
  assertEquals([grey.dtype, labels.dtype], ["float32", "int32"]);
  assertEquals(await labels.tolist(), [6, 4, 6]);
  const expected = [2, 0, 2].flatMap((n) => [...images.subarray(n * 784, (n + 1) * 784)]);
  assertEquals([...await grey.data()], expected.map((value) => Math.fround(value / 255)));
});

Deno.test("all images come in their order", async () => {
  const mnist = new Mnist(
    Uint8Array.from({ length: 2 * 784 }, (_, i) => i % 251),
    Uint8Array.of(7, 2),
  );
  const { images, labels } = mnist.all();
  assertEquals(await images.data(), await mnist.batch([0, 1]).images.data());
  assertEquals(await labels.tolist(), [7, 2]);
});

Deno.test("an image that is not there is refused", () => {
  const mnist = new Mnist(new Uint8Array(2 * 784), new Uint8Array(2));
  for (const index of [-1, 2, 0.5, NaN]) {
    assertThrows(() => mnist.batch([0, index]), ShapeError, `there is no image ${index}`);
  }
});

Deno.test("images and labels of different counts are refused", () => {
  assertThrows(
    () => new Mnist(new Uint8Array(3 * 784), new Uint8Array(2)),
    ShapeError,
    "2 labels need 2 x 784 = 1568 bytes of images, and there are 2352",
  );
});

Deno.test("a missing file or folder is refused", async () => {
  await inCopy(async (root) => {
    await Deno.remove(`${root}/${LABELS}`);
    await refused(root, `${LABELS} is missing`);
  });
  await refused("no/such/folder", `${IMAGES} is missing`);
});

Deno.test("a file that is cut anywhere is refused", async () => {
  for (const length of [1, 5, 10, 3000, 4534, 4541]) {
    await refusedAfter((packed) => packed.subarray(0, length), "t10k-labels-idx1-ubyte.gz is");
  }
  await refusedAfter((packed) => packed.subarray(0, 3000), "is cut (gzip: unexpected end of file)");
  await refusedAfter(() => new Uint8Array(), "is empty");
});

Deno.test("a file that is not gzip is refused", async () => {
  await refusedAfter((packed) => gunzipSync(packed), "is not a gzip file");
  await refusedAfter(() => new TextEncoder().encode("<!DOCTYPE html>"), "is not a gzip file");
});

Deno.test("a byte altered anywhere in the gzip file's data or checksums is refused", async () => {
  // Bytes 4 to 31 are the time, the system and the name that gzip keeps: no part of the data.
  for (const at of [0, 1, 2, 40, 2000, 4533, 4535, 4540]) {
    await refusedAfter((packed) => withByte(packed, at, packed[at] ^ 1), `${LABELS} is`);
  }
  await refusedAfter((packed) => withByte(packed, 2000, packed[2000] ^ 1), "is damaged (gzip: ");
});

Deno.test("one other label or pixel, packed as valid gzip, is refused", async () => {
  await refusedRepacked((bytes) => withByte(bytes, FIRST_LABEL, 1), "has been altered: its MD5");
  await inCopy(async (root) => {
    const pixels = gunzipSync(await Deno.readFile(`${root}/${IMAGES}`));
    pixels[4_000_000] ^= 1;
    await Deno.writeFile(`${root}/${IMAGES}`, gzipSync(pixels, { level: 1 }));
    await refused(root, `${IMAGES} has been altered`);
  });
});

Deno.test("elements that are missing or left over, packed as valid gzip, are refused", async () => {
  await refusedRepacked((bytes) => bytes.subarray(0, -1), "10000 bytes, and 9999 follow");
  await refusedRepacked((bytes) => Uint8Array.of(...bytes, 0), "10000 bytes, and 10001 follow");
  await refusedRepacked((bytes) => bytes.subarray(0, 6), "is cut: its IDX header");
});

Deno.test("a wrong magic number is refused", async () => {
  await refusedRepacked((bytes) => withByte(bytes, 0, 1), "is not an IDX file");
  await refusedRepacked((bytes) => withByte(bytes, 2, 9), "elements of type 0x09");
});

Deno.test("a sound file with another count or another number of dimensions is refused", async () => {
  const fewer = (bytes: Uint8Array) => withByte(bytes.subarray(0, -1), 7, 9999 & 255);
  await refusedRepacked(fewer, "holds 9999 bytes and must hold 10000");
  await inCopy(async (root) => {
    await Deno.copyFile(`${root}/${IMAGES}`, `${root}/${LABELS}`);
    await refused(root, "holds 10000 x 28 x 28 bytes and must hold 10000");
  });
});

Deno.test("a folder, or a file in place of the folder, is refused", async () => {
  await inCopy(async (root) => {
    await Deno.remove(`${root}/${LABELS}`);
    await Deno.mkdir(`${root}/${LABELS}`);
    await refused(root, `${LABELS} is a folder, not a file`);
    await refused(`${root}/${IMAGES}`, "cannot be read (Not a directory");
  });
});

Deno.test({
  name: "a program without --allow-read is told to add it",
  permissions: { read: false },
  fn: () => refused("some/folder", "may not be read by this program", "--allow-read=some/folder"),
});

Deno.test({
  name: "a file whose permissions forbid reading is refused",
  ignore: Deno.build.os === "windows" || Deno.uid() === 0, // nothing is forbidden to root
  fn: () =>
    inCopy(async (root) => {
      await Deno.chmod(`${root}/${LABELS}`, 0);
      await refused(root, "may not be read by this user", "chmod");
    }),
});
