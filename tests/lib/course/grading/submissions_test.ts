import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { join } from "node:path";
import { DataError, UsageError } from "../../../../lib/errors.ts";
import { findSubmissions, type Found } from "../../../../lib/course/grading/submissions.ts";
import { fill, Link, type Tree, withField, withFolder, zipOf } from "./folders.ts";

const EXERCISES = ["a", "b", "c"];
const CODE = "export const f = (x) => x;\n";

/** What is found in a folder, with the texts of what was copied. */
async function find(
  folder: string,
  wants: (student: string) => boolean = () => true,
): Promise<Found & { texts: Record<string, Record<string, string>> }> {
  return await withFolder({}, async (copies) => {
    const found = await findSubmissions(folder, { exercises: EXERCISES, wants, copies });
    const texts: Record<string, Record<string, string>> = {};
    for (const { student, files } of found.submissions) {
      texts[student] = {};
      for (const [name, { path }] of files) {
        assert(path.startsWith(copies), path);
        texts[student][name] = await Deno.readTextFile(path);
      }
    }
    return { ...found, texts };
  });
}

/** What is found of one student. */
async function findOne(content: Tree[string], name = "ana") {
  return await withFolder({ [name]: content }, async (folder) => {
    const { submissions: [submission], texts } = await find(folder);
    return { ...submission, texts: texts[submission.student] };
  });
}

Deno.test("folders and zip files are submissions, by their names", () =>
  withFolder(
    {
      bob: { "exercise_a.ts": "b" },
      "ana.zip": zipOf({ "exercise_a.ts": "a", "answers_a.md": "answer" }),
      "Zoe.ZIP": zipOf({ "exercise_a.ts": "z" }),
      "notes.txt": "",
      ".DS_Store": "",
      __MACOSX: { "exercise_a.ts": "" },
    },
    async (folder) => {
      const { texts, notes, handedIn } = await find(folder);
      assertEquals([...handedIn], [["Zoe", ["a"]], ["ana", ["a"]], ["bob", ["a"]]]);
      assertEquals(texts, {
        Zoe: { "exercise_a.ts": "z" },
        ana: { "exercise_a.ts": "a", "answers_a.md": "answer" },
        bob: { "exercise_a.ts": "b" },
      });
      assertEquals(notes, [
        "passed over, as neither folders nor zip files of students: .DS_Store, __MACOSX, notes.txt",
      ]);
    },
  ));

Deno.test("the files may lie in the only folder of a submission, as zip files of folders have them", async () => {
  const nested = { "exercise_a.ts": "a", "answers_a.md": "b" };
  for (
    const content of [
      { ana: nested, ".DS_Store": "" },
      zipOf({ "ana/exercise_a.ts": "a", "ana/answers_a.md": "b", "__MACOSX/ana/._a": "" }),
    ]
  ) {
    const name = content instanceof Uint8Array ? "ana.zip" : "ana";
    assertEquals((await findOne(content, name)).texts, nested);
  }
});

Deno.test("an archive of another kind is a submission that cannot be opened", () =>
  withFolder(
    { "ana.rar": "Rar!", "bob.tar.gz": "", "bob.zip": zipOf({ "exercise_a.ts": "b" }), cyd: {} },
    async (folder) => {
      const { submissions, texts } = await find(folder);
      assertEquals(submissions.map(({ student, fault, notes }) => [student, fault, ...notes]), [
        ["ana", "ana.rar is no zip file; hand in a folder or a zip file"],
        [
          ...["bob", undefined],
          "there is bob.tar.gz as well, which was not graded; leave one of them",
        ],
        ["cyd", undefined],
      ]);
      assertEquals(texts.bob, { "exercise_a.ts": "b" });
    },
  ));

Deno.test("deeper folders and a choice of folders are not searched, but told", async () => {
  const deep: Tree = { a: { b: { "exercise_a.ts": "" } } };
  const choice: Tree = { a: { "exercise_a.ts": "", "notes.txt": "" }, b: {} };
  const cases: [Tree, string[]][] = [[deep, ["b/"]], [choice, ["a/", "b/", "a/exercise_a.ts"]]];
  for (const [content, there] of cases) {
    const { files, names, fault } = await findOne(content);
    assertEquals([files.size, names, fault], [0, there, undefined]);
  }
});

Deno.test("what a student handed in is told by names, also wrong ones, of all students", () =>
  withFolder(
    {
      ana: { "exercise_b.ts": "", "answers_a.md": "" },
      bob: { "answers_c.md": "" },
      eve: { "Exercise-A (1).js": "" },
      fay: {},
    },
    async (folder) => {
      const { handedIn, texts } = await find(folder, (student) => student === "bob");
      assertEquals([...handedIn], [["ana", ["a", "b"]], ["bob", ["c"]], ["eve", ["a"]], [
        "fay",
        [],
      ]]);
      // Of others nothing is copied.
      assertEquals(texts, { bob: { "answers_c.md": "" } });
    },
  ));

Deno.test("what was copied does not change when the original does", () =>
  withFolder({ ana: { "exercise_a.ts": "before" } }, (folder) =>
    withFolder({}, async (copies) => {
      const found = await findSubmissions(folder, {
        exercises: EXERCISES,
        wants: () => true,
        copies,
      });
      await fill(folder, { ana: { "exercise_a.ts": "after" } });
      const { path } = found.submissions[0].files.get("exercise_a.ts")!;
      assertEquals(await Deno.readTextFile(path), "before");
    })));

/** Submissions that cannot be used as a whole, and why. */
const FAULTS: [string, string, Tree[string], RegExp][] = [
  ["a link to a folder", "ana", new Link("/etc"), /^it is a symbolic link.*put a folder there$/],
  ["a link to nothing", "ana", new Link("nowhere"), /^it is a symbolic link/],
  ["a link to itself", "ana", new Link("ana"), /^it is a symbolic link/],
  ["a link to a zip file", "ana.zip", new Link("/etc/passwd"), /^it is a symbolic link/],
  [
    "no zip file",
    "ana.zip",
    "no zip",
    /^the zip file is damaged, or is none; zip the files again, or hand them in as they are$/,
  ],
  [
    "half a zip file",
    "ana.zip",
    zipOf({ "exercise_a.ts": CODE }).slice(0, 60),
    /^the zip file is damaged/,
  ],
  [
    "a huge zip file",
    "ana.zip",
    new Uint8Array(2 ** 26 + 1),
    /^the zip file is larger than 64 MB, which is allowed/,
  ],
  ["a zip file of nothing", "ana.zip", "", /^the zip file is damaged, or is none/],
  [
    "a zip file that leads out",
    "ana.zip",
    zipOf({ "../exercise_a.ts": "" }),
    /^the zip file names a file outside of itself; zip/,
  ],
  [
    "a zip file that begins at the root",
    "ana.zip",
    zipOf({ "/exercise_a.ts": "" }),
    /names a file outside/,
  ],
  [
    "a zip file with a drive",
    "ana.zip",
    zipOf({ "C:\\exercise_a.ts": "" }),
    /names a file outside/,
  ],
];

for (const [name, file, content, reason] of FAULTS) {
  Deno.test(`a submission that is ${name} has a reason and no files`, async () => {
    const { fault, files, student } = await findOne(content, file);
    assertEquals([student, files.size], ["ana", 0]);
    assertMatch(fault ?? "", reason);
  });
}

const PLAIN = zipOf({ "exercise_a.ts": CODE });

/** Files that cannot be used, and why. */
const FILE_FAULTS: [string, string, Tree[string], RegExp][] = [
  ["a link", "ana", { "exercise_a.ts": new Link("/etc/passwd") }, /is a symbolic link/],
  ["a link to itself", "ana", { "exercise_a.ts": new Link("exercise_a.ts") }, /is a symbolic link/],
  ["a folder", "ana", { "exercise_a.ts": {}, "other.ts": "" }, /is a folder; hand in a file$/],
  ["huge", "ana", { "exercise_a.ts": " ".repeat(2 ** 20 + 1) }, /is larger than 1 MB/],
  ["a bomb", "ana.zip", zipOf({ "exercise_a.ts": " ".repeat(2 ** 22) }), /is larger than 1 MB/],
  [
    "a bomb that denies it",
    "ana.zip",
    withField(zipOf({ "exercise_a.ts": " ".repeat(2 ** 22) }), 24, 10, 4),
    /^the zip file is damaged/,
  ],
  ["encrypted", "ana.zip", withField(PLAIN, 8, 1, 2), /is encrypted; make the zip file again/],
  ["a link in a zip file", "ana.zip", withField(PLAIN, 38, 0xa1ff0000, 4), /is a symbolic link/],
  [
    "packed in an unknown way",
    "ana.zip",
    withField(PLAIN, 10, 99, 2),
    /^the zip file is packed in a way that cannot be unpacked here; zip/,
  ],
];

for (const [name, file, content, reason] of FILE_FAULTS) {
  Deno.test(`a file that is ${name} has a reason`, async () => {
    const { fault, faults, files, names } = await findOne(content, file);
    assertEquals([fault, files.size], [undefined, 0]);
    if (name !== "a folder") {
      assertMatch(faults.get("exercise_a.ts") ?? "", reason);
      assertEquals(names, ["exercise_a.ts"]);
    }
  });
}

Deno.test("of two files of one name in a zip file none is taken", async () => {
  // The names have one length, so that one can be made the other.
  const zip = zipOf({ "exercise_a.ts": "1", "exercise_A.ts": "2" });
  const text = new TextDecoder("latin1").decode(zip).replaceAll("exercise_A.ts", "exercise_a.ts");
  const { faults } = await findOne(Uint8Array.from(text, (c) => c.charCodeAt(0)), "ana.zip");
  assertMatch(faults.get("exercise_a.ts") ?? "", /the zip file has exercise_a\.ts twice/);
});

Deno.test({
  name: "pipes and devices are not opened",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withFolder({ ana: {} }, async (folder) => {
      for (const path of ["pipe", "pipe.zip", "ana/exercise_a.ts"]) {
        await new Deno.Command("mkfifo", { args: [join(folder, path)] }).output();
      }
      const { submissions: [ana, pipe], notes } = await find(folder);
      assertEquals(
        ana.faults.get("exercise_a.ts"),
        "exercise_a.ts is no regular file; hand in a file",
      );
      assertEquals(pipe.fault, "the zip file is no regular file; hand in a file");
      assertEquals(notes, ["passed over, as neither folders nor zip files of students: pipe"]);
    }),
});

Deno.test("a folder with too many files is refused, and not read to its end", async () => {
  const many = Object.fromEntries(Array.from({ length: 10_001 }, (_, i) => [`${i}`, ""]));
  assertMatch((await findOne(zipOf(many), "ana.zip")).fault ?? "", /more than 10000 files/);
});

const NAMES = [
  "=cmd|' calc'!A0",
  "\u001b[31mred\u0007",
  "two\nlines",
  "<b>bold",
  'quote",comma',
  "\u202egnp.exe",
  "%2e%2e%2f",
  "a".repeat(255),
  "-rf",
  "конь",
  "con",
];

Deno.test("whatever a student is called is data", async () => {
  const tree = Object.fromEntries(NAMES.map((name) => [name, { "exercise_a.ts": name }]));
  await withFolder(tree, async (folder) => {
    const { texts } = await find(folder);
    assertEquals(
      texts,
      Object.fromEntries(NAMES.toSorted().map((name) => [name, { "exercise_a.ts": name }])),
    );
  });
});

Deno.test("ids that look the same, and two submissions of one student, are noted", () =>
  withFolder(
    {
      ana: { "exercise_a.ts": "folder" },
      "ana.zip": zipOf({ "exercise_a.ts": "zip" }),
      Ana: {},
      "ａna": {},
      bob: {},
    },
    async (folder) => {
      const { submissions, texts } = await find(folder);
      const notes = Object.fromEntries(submissions.map(({ student, notes }) => [student, notes]));
      assertEquals(notes, {
        Ana: ["another id looks the same: ana, ａna"],
        ana: [
          "there is ana.zip as well, which was not graded; leave one of them",
          "another id looks the same: Ana, ａna",
        ],
        bob: [],
        "ａna": ["another id looks the same: Ana, ana"],
      });
      assertEquals(texts.ana, { "exercise_a.ts": "folder" });
    },
  ));

Deno.test("a folder that is not there, or is none, is named", () =>
  withFolder({ file: "" }, async (folder) => {
    await assertRejects(() => find(join(folder, "none")), UsageError, "there is no folder");
    const error = await assertRejects(() => find(join(folder, "file")));
    assert(error instanceof UsageError || error instanceof DataError, String(error));
  }));

Deno.test("names in a zip file are only looked at as deep as folders are", () =>
  withFolder({
    // Each of the folders in it by its whole path would take a gigabyte.
    "ana.zip": zipOf({ "exercise_a.ts": "zip", [`${"a/".repeat(32_000)}b`]: "" }),
    // Looked through letter by letter from each of its letters, each name would take seconds.
    "bob.zip": zipOf(
      Object.fromEntries(
        Array.from({ length: 50 }, (_, i) => [`${i}${".ts".repeat(20_000)}-`, ""]),
      ),
    ),
    "eve.zip": zipOf(Object.fromEntries(Array.from({ length: 10_001 }, (_, i) => [`.${i}`, ""]))),
  }, async (folder) => {
    const { submissions, texts } = await find(folder);
    assertEquals(texts.ana, { "exercise_a.ts": "zip" });
    const [ana, , eve] = submissions;
    assertEquals(ana.names, ["a/", "exercise_a.ts"]);
    assertMatch(eve.fault!, /more than 10000 files/);
  }));
