/**
 * A report with everything in it, for the tests: right and wrong functions, formulas, pictures, and
 * answers that try to be more than text.
 *
 * @module
 */
import { join } from "node:path";
import type { CheckResult } from "../../../../lib/course/check.ts";
import type { ReportContent } from "../../../../lib/course/report/content.ts";
import { StudentError } from "../../../../lib/course/student.ts";
import { panelChart } from "../../../../lib/plot/panels.ts";
import { writePng } from "../../../../lib/plot/write.ts";

const CHECK = { points: 1, visibility: "public", seconds: 0.01 } as const;

/** A function not written yet, one wrong, one right. */
export const CHECKS: readonly CheckResult[] = [
  ...["draw-shape", "draw-mean"].map((id) => ({
    ...{ ...CHECK, id, function: "draw", status: "not-written", hint: `hint of ${id}` } as const,
    message: "not written yet: draw, work/exercise_x.ts:14",
    error: new StudentError({ kind: "not-written", message: "not written yet: draw" }),
  })),
  {
    ...{ ...CHECK, id: "kl-zero", function: "kl", status: "failed", hint: "Which constant?" },
    message: "a distribution is at divergence 0 from itself",
    finding: { expected: "kl[0] = 0", received: "<b>5</b>", where: "for mu [64, 5]" },
  },
  {
    ...{ ...CHECK, id: "nll-value", function: "nll", status: "passed", hint: "never shown" },
    message: "the value of -log p(x)",
  },
];

const TASK = `# Title of the file

Write $\\mathrm{KL}(q \\,\\|\\, p)$ for $q = \\mathcal{N}(\\mu, \\sigma^2)$, which costs $5; see
[questions.md](questions.md) and [the paper](https://arxiv.org/abs/1312.6114).

$$
\\mathrm{KL}(q \\,\\|\\, p) = \\frac{1}{2} \\sum_{j=1}^{D} \\left( \\sigma_j^2 + \\mu_j^2 - 1 - \\log \\sigma_j^2
\\right), \\qquad \\mathbb{E}_{q(z \\mid x)} [ \\log p(x \\mid z) ] = \\int q(z \\mid x) \\log p(x \\mid z) \\, dz
$$

| function | what |
| -------- | ---- |
| \`klDiagGaussianToStandard(mu, logvar)\` | the divergence of each example, in nats |

    deno task exercise-x --out a/rather/long/name/of/a/folder/that/does/not/fit/on/a/narrow/screen
`;

const QUESTIONS = `# Questions

## Question 1

What is $\\sigma$?

**Answer 1.**

## Question 2

Why?

**Answer 2.**
`;

const ANSWERS = `## Question 1

**Answer 1.** <script>document.title = "taken over"</script> **Bold** and $\\beta$;
<img src="https://example.com/a.png" onerror="document.title = 'taken over'"> ![seen](https://example.com/b.png)
[click](javascript:alert(1)) [elsewhere](https://example.com) [local](../secret.txt)
${"a".repeat(200)}

## Question 2

**Answer 2.**
`;

/** The content of a report; its picture is written to a folder. */
export async function sampleContent(folder: string): Promise<ReportContent> {
  const axis = { domain: [0, 1] as const };
  const path = join(folder, "line.png");
  const marks = [{ kind: "line" as const, x: [0, 1], y: [0, 1] }];
  const panels = [{ x: axis, y: axis, marks }];
  await writePng(path, await panelChart({ title: "A line", width: 700, height: 200, panels }));
  return {
    title: "Exercise X: <i>samples</i>",
    source: "work/exercise_x.ts",
    seed: 0,
    device: "cpu",
    task: TASK,
    checks: CHECKS,
    hints: false,
    numbers: ["Example batch metrics: recon=33.344, kl=2.480, active_dims=5/5"],
    figures: [
      { title: "A line", caption: "It rises as $x$ does.", path },
      { title: "Samples", reason: "not written yet: draw" },
    ],
    questions: QUESTIONS,
    answers: ANSWERS,
  };
}
