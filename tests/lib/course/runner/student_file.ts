/**
 * Students' files for the tests of the runner.
 *
 * @module
 */
import type { StudentError } from "../../../../lib/course/student_error.ts";
import { inRunner, type RunnerOptions, type Student } from "../../../../lib/course/student.ts";

/** Uses a file with the given text, and takes it and its process away again. */
export async function withFile<T>(
  text: string,
  use: (path: string) => Promise<T>,
): Promise<T> {
  // Folders of students have blanks in their names.
  const folder = await Deno.makeTempDir({ prefix: "a folder " });
  try {
    const path = `${folder}/exercise_a.ts`;
    await Deno.writeTextFile(path, text);
    return await use(path);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Uses the functions of a file with the given text. */
export function withStudent<T>(
  text: string,
  use: (student: Student) => Promise<T>,
  options?: RunnerOptions,
): Promise<T> {
  return withFile(text, async (path) => {
    const student = await inRunner(path, options);
    try {
      return await use(student);
    } finally {
      await student.close();
    }
  });
}

/** An error without the folder of the file, which differs from run to run. */
export function plain({ kind, message }: StudentError): { kind: string; message: string } {
  return { kind, message: message.replace(/, [^,]*exercise_a\.ts/, ", exercise_a.ts") };
}
