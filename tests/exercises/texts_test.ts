import { assert, assertEquals } from "@std/assert";
import { markdown } from "../../lib/course/report/markdown.ts";
import { sectionsIn } from "../../lib/course/questions.ts";

const EXERCISES = new URL("../../exercises/", import.meta.url);

Deno.test("every formula of the exercises' texts can be read, and every dollar sign is of one", () => {
  let formulas = 0;
  for (const folder of ["a_vae", "b_score", "c_discrete", "d_ddpm", "e_ebm"]) {
    for (const file of ["README.md", "questions.md"]) {
      const { text } = markdown(Deno.readTextFileSync(new URL(`${folder}/${file}`, EXERCISES)));
      assert(!text.includes("katex-error"), `${folder}/${file}`);
      const words = text.replaceAll(/<annotation.*?<\/annotation>/gs, "");
      assert(!/\$|\\[a-z]/.test(words), `${folder}/${file} has a formula that is shown as text`);
      formulas += text.split('class="katex"').length - 1;
    }
  }
  assert(formulas > 30);
});

Deno.test("the questions are numbered from 1, have text, and no answer", () => {
  const counts = [["a_vae", 4], ["b_score", 3], ["c_discrete", 6], ["d_ddpm", 12], [
    "e_ebm",
    10,
  ]] as const;
  for (const [folder, count] of counts) {
    const sections = sectionsIn(
      Deno.readTextFileSync(new URL(`${folder}/questions.md`, EXERCISES)),
    );
    assertEquals(
      sections.map(({ number }) => number),
      Array.from({ length: count }, (_, i) => i + 1),
    );
    assert(sections.every(({ question, answer }) => question.length > 40 && answer === ""));
  }
});
