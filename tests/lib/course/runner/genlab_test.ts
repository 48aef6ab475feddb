import { assert, assertEquals, assertThrows } from "@std/assert";
import * as genlab from "../../../../mod.ts";
import * as models from "../../../../lib/models/mod.ts";
import * as graphs from "../../../../lib/course/runner/genlab.ts";

Deno.test("a file that is checked has all of genlab but the models, which exercises ask for", () => {
  const others = Object.keys(genlab).filter((name) => !(name in models));
  assertEquals(Object.keys(graphs).sort(), others.sort());
});

Deno.test("what needs a runtime, files or pictures says why it is not there", () => {
  const absent = /^[a-zA-Z]+: is not there in a file that is checked/;
  for (const use of [() => graphs.compile(), () => graphs.loadMnist(), () => graphs.lineChart()]) {
    const error = assertThrows(use, graphs.GenlabError);
    assert(absent.test(error.message), error.message);
  }
});
