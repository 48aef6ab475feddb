import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import { parse } from "yaml";
import { parseArguments } from "../../../lib/course/arguments.ts";
import { gradeTask, mergeTask } from "../../../tasks/grade.ts";
import { withFolder } from "../../lib/course/grading/folders.ts";
import { PROJECT } from "../../student_project.ts";

const FOLDER = join(PROJECT, "tasks/grade");

/** Says what it was called with, an argument a line, instead of grading. */
const STUB = '#!/bin/sh\nprintf "%s\\n" "$@"\n';

/** What a shell calls Deno with, for a script as the file has it. */
async function argumentsOf(
  command: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<string[]> {
  return await withFolder(
    { deno: STUB, npx: STUB, parts: { "part-1": {}, "part-2": {} } },
    async (cwd) => {
      for (const name of ["deno", "npx"]) await Deno.chmod(join(cwd, name), 0o755);
      const [program, ...args] = command;
      const { stdout, success } = await new Deno.Command(program, {
        ...{ args, cwd, clearEnv: true },
        env: { PATH: `${cwd}:/usr/bin:/bin`, ...env },
      }).output();
      assert(success);
      const lines = new TextDecoder().decode(stdout).trimEnd().split("\n");
      const task = lines.indexOf("task");
      assert(lines[task - 1] === undefined || lines[task - 1] === "deno@2.9.6", lines.join(" "));
      return lines.slice(task + 1);
    },
  );
}

/** Reads the arguments as the task does, and gives the part they are for and where it goes. */
function partOf([name, ...args]: readonly string[]) {
  assertEquals(name, "grade");
  const { shard, out, dir } = parseArguments(gradeTask.options, args);
  return { shard, out, dir };
}

function shard(index: number, count: number) {
  return { index, count };
}

/** A manifest, as far as tests look into it. */
async function manifest<T>(name: string): Promise<T> {
  return parse(await Deno.readTextFile(join(FOLDER, name)));
}

Deno.test("each task of a Slurm array grades its own part", async () => {
  for (const index of [1, 8]) {
    const args = await argumentsOf(["sh", join(FOLDER, "slurm.sh"), "in dir", "out dir"], {
      SLURM_ARRAY_TASK_ID: `${index}`,
      ...{ SLURM_ARRAY_TASK_COUNT: "8", SLURM_CPUS_PER_TASK: "4" },
    });
    assertEquals(partOf(args), {
      ...{ shard: shard(index, 8), out: `out dir/part-${index}`, dir: "in dir" },
    });
  }
});

interface Job {
  spec: {
    completions: number;
    template: {
      spec: {
        containers: {
          command: string[];
          args: string[];
          env: { name: string; value: string }[];
        }[];
      };
    };
  };
}

Deno.test("each pod of a Kubernetes Job grades its own part", async () => {
  const { spec } = await manifest<Job>("kubernetes.yaml");
  const [{ command, args, env }] = spec.template.spec.containers;
  const given = Object.fromEntries(env.map(({ name, value }) => [name, value]));
  assertEquals(given.PARTS, `${spec.completions}`);
  for (const index of [0, spec.completions - 1]) {
    const called = [...command, ...args];
    const received = await argumentsOf(called, { ...given, JOB_COMPLETION_INDEX: `${index}` });
    assertEquals(partOf(received), {
      shard: shard(index + 1, spec.completions),
      ...{ out: `/data/results/part-${index}`, dir: "/data/submissions" },
    });
  }
});

interface Workflow {
  jobs: Record<"part" | "whole", {
    strategy?: { matrix: { part: number[] } };
    env?: Record<string, string>;
    steps: { run?: string }[];
  }>;
}

Deno.test("each job of a matrix in GitHub Actions grades its own part, and one puts them together", async () => {
  const { jobs: { part, whole } } = await manifest<Workflow>("github.yaml");
  assertEquals(part.env, { PART: "${{ matrix.part }}", PARTS: "${{ strategy.job-total }}" });
  const indices = part.strategy!.matrix.part;
  assertEquals(indices, indices.map((_, i) => i + 1));
  const [run] = part.steps.flatMap(({ run }) => run ?? []);
  for (const index of indices) {
    const env = { PART: `${index}`, PARTS: `${indices.length}` };
    const received = partOf(await argumentsOf(["sh", "-c", run], env));
    assertEquals(received.shard, shard(index, indices.length));
  }
  const [merge] = whole.steps.flatMap(({ run }) => run ?? []);
  assertMerges(await argumentsOf(["sh", "-c", merge], {}));
});

interface Pipeline {
  part: { parallel: number; script: string[] };
  whole: { script: string[] };
}

Deno.test("each parallel job in GitLab CI grades its own part, and one puts them together", async () => {
  const { part, whole } = await manifest<Pipeline>("gitlab.yaml");
  for (const index of [1, part.parallel]) {
    const env = { CI_NODE_INDEX: `${index}`, CI_NODE_TOTAL: `${part.parallel}` };
    const received = partOf(await argumentsOf(["sh", "-c", part.script[0]], env));
    assertEquals(received, {
      shard: shard(index, part.parallel),
      ...{ out: `parts/part-${index}`, dir: "submissions" },
    });
  }
  assertMerges(await argumentsOf(["sh", "-c", whole.script[0]], {}));
});

function assertMerges([name, form, ...args]: readonly string[]): void {
  assertEquals([name, form], ["grade", "merge"]);
  const { parts, out } = parseArguments(mergeTask.options, args);
  assertEquals([parts, out], [["parts/part-1", "parts/part-2"], "results"]);
}
