/**
 * Exercise D as a program: checks the functions you write, shows what they compute, and says what is
 * next. `deno task exercise-d --help` says how to call it.
 *
 * @module
 */
import { exerciseProgram } from "../../lib/course/exercise_program.ts";
import { runProgram } from "../../lib/course/program.ts";
import { CATALOGUE } from "../catalogue.ts";

if (import.meta.main) Deno.exit(await runProgram(exerciseProgram(CATALOGUE.d), Deno.args));
