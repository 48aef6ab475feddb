/**
 * Finds the submissions in a folder, and copies what is to be graded, so that nothing can change
 * meanwhile.
 *
 * @module
 */
import { join, resolve } from "node:path";
import { DataError, UsageError } from "../../errors.ts";
import { type Container, isLitter, Unusable } from "./container.ts";
import { sha256 } from "./digest.ts";
import type { HandedIn } from "./expected.ts";
import { openFolder, readRegular } from "./folder.ts";
import { listOf } from "./outputs/text.ts";
import { answersName, codeName, exerciseMeant, pickFolder } from "./pick.ts";

/** Forms of archives that students hand in. */
const ARCHIVE = /\.(?:zip|rar|7z|tgz|tar(?:\.\w{1,4})?)$/i;

/** A student's submission, copied. */
export interface Submission {
  /** The name of the folder, or of the zip file without its ending. */
  readonly student: string;
  /**
   * The names of what was handed in, in the folder that counts, and the paths of files in folders there
   * that seem to be for an exercise.
   */
  readonly names: readonly string[];
  /** Files of known names that could be read, by their names. */
  readonly files: ReadonlyMap<string, Copied>;
  /** Why others of known names could not, by their names. */
  readonly faults: ReadonlyMap<string, string>;
  /** Why the submission as a whole cannot be used. */
  readonly fault?: string;
  /** What a person should know of it. */
  readonly notes: readonly string[];
}

/** A file's copy. */
export interface Copied {
  /** Where it lies; absolute. */
  readonly path: string;
  /** SHA-256 of its bytes, in hexadecimal. */
  readonly digest: string;
}

/** What lies in a folder of submissions. */
export interface Found {
  /** Those that are wanted, in the order of the students' ids. */
  readonly submissions: readonly Submission[];
  /** What each student, wanted or not, has files for. */
  readonly handedIn: HandedIn;
  /** What was passed over, a line each. */
  readonly notes: readonly string[];
}

/** What is looked for. */
export interface Search {
  /** The names of all exercises there are. */
  readonly exercises: readonly string[];
  /** Whether a student's submission is wanted; of others only names are looked at. */
  wants(student: string): boolean;
  /** A folder for copies. */
  readonly copies: string;
  /** A folder for results, which is no submission if it lies among them. */
  readonly results?: string;
  readonly signal?: AbortSignal;
}

/**
 * The submissions in a folder: those that are wanted, and which exercises all students have files for.
 *
 * @throws {DataError} if the folder cannot be read
 */
export async function findSubmissions(folder: string, search: Search): Promise<Found> {
  const { places, others } = await placesIn(folder, search.results);
  const submissions: Submission[] = [];
  const handedIn = new Map<string, readonly string[]>();
  const byStudent = Map.groupBy(places, ({ student }) => student);
  const students = [...byStudent.keys()].sort();
  const alike = Map.groupBy(students, lookOf);
  for (const [i, student] of students.entries()) {
    search.signal?.throwIfAborted();
    const [place, double] = byStudent.get(student)!;
    const copies = join(search.copies, String(i));
    const submission = await take(join(folder, place.name), place, search, copies);
    handedIn.set(student, exercisesOf(submission.names, search.exercises));
    if (!search.wants(student)) continue;
    const doubles = double === undefined
      ? []
      : [`there is ${double.name} as well, which was not graded; leave one of them`];
    const same = alike.get(lookOf(student))!.filter((id) => id !== student);
    const likeness = same.length === 0 ? [] : [`another id looks the same: ${same.join(", ")}`];
    submissions.push({ ...submission, notes: [...doubles, ...likeness] });
  }
  return { submissions, handedIn, notes: passedOver(others) };
}

/** What is said of what is no submission. */
function passedOver(names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const list = listOf(names.toSorted());
  return [`passed over, as neither folders nor zip files of students: ${list}`];
}

/** A submission in the folder of all. */
interface Place {
  readonly name: string;
  readonly student: string;
  readonly isArchive: boolean;
}

/** The submissions in a folder, and the names of what else is there. */
async function placesIn(
  folder: string,
  results: string | undefined,
): Promise<{ places: Place[]; others: string[] }> {
  const places: Place[] = [];
  const others: string[] = [];
  try {
    for await (const { name, isDirectory, isSymlink } of Deno.readDir(folder)) {
      if (results !== undefined && resolve(folder, name) === resolve(results)) continue;
      const isArchive = !isDirectory && ARCHIVE.test(name);
      const isOne = isDirectory || isArchive ||
        (isSymlink && await leadsToNoFile(join(folder, name)));
      const student = isArchive ? name.replace(ARCHIVE, "") : name;
      if (isOne && !isLitter(name)) places.push({ name, student, isArchive });
      else others.push(name);
    }
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) {
      throw new UsageError(`there is no folder ${folder}; name the folder with the submissions`);
    }
    if (error instanceof Deno.errors.NotADirectory) {
      throw new UsageError(`${folder} is no folder; name the folder with the submissions`);
    }
    const reason = error instanceof Error ? error.message : String(error);
    throw new DataError(`cannot read the folder ${folder} (${reason})`);
  }
  // Of the same student folders before zip files, and these before what cannot be opened.
  const rank = ({ name, isArchive }: Place) => !isArchive ? 0 : isZip(name) ? 1 : 2;
  places.sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));
  return { places, others };
}

function isZip(name: string): boolean {
  return /\.zip$/i.test(name);
}

/** Whether a link may stand for a submission: it leads to a folder, or nowhere. */
async function leadsToNoFile(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isDirectory;
  } catch {
    return true;
  }
}

/** Looks into a submission and copies its files. */
async function take(
  path: string,
  { name, student, isArchive }: Place,
  { exercises, wants }: Search,
  copies: string,
): Promise<Submission> {
  const empty = { student, names: [], files: new Map(), faults: new Map(), notes: [] };
  let container: Container;
  try {
    if (isArchive && !isZip(name)) {
      throw new Unusable(`${name} is no zip file; hand in a folder or a zip file`);
    }
    container = await open(path, isArchive);
  } catch (error) {
    if (!(error instanceof Unusable)) throw error;
    return { ...empty, fault: error.message };
  }
  const { folder, names: top, deeper } = pickFolder(container.entries);
  const lost = deeper.filter((path) => exerciseMeant(path, exercises) !== undefined);
  const names = [...top, ...lost];
  const files = new Map<string, Copied>();
  const faults = new Map<string, string>();
  const known = exercises.flatMap((exercise) => [codeName(exercise), answersName(exercise)]);
  const taken = wants(student) ? known.filter((name) => names.includes(name)) : [];
  for (const name of taken) {
    try {
      const bytes = await container.read(folder + name);
      await Deno.mkdir(copies, { recursive: true });
      const path = join(copies, name);
      await Deno.writeFile(path, bytes);
      files.set(name, { path, digest: sha256(bytes) });
    } catch (error) {
      if (!(error instanceof Unusable)) throw error;
      faults.set(name, error.message);
    }
  }
  return { ...empty, names, files, faults };
}

async function open(path: string, isArchive: boolean): Promise<Container> {
  if ((await Deno.lstat(path).catch(() => undefined))?.isSymlink) {
    throw new Unusable("it is a symbolic link, and links are not followed; put a folder there");
  }
  if (!isArchive) return await openFolder(path);
  const { openZip, ZIP_LIMIT } = await import("./zip.ts");
  return await openZip(await readRegular(path, "the zip file", ZIP_LIMIT));
}

/** The exercises that files are for, by their names, also where these are wrong. */
function exercisesOf(names: readonly string[], exercises: readonly string[]): string[] {
  return exercises.filter((exercise) =>
    names.some((name) =>
      name === codeName(exercise) || name === answersName(exercise) ||
      exerciseMeant(name, exercises) === exercise
    )
  );
}

/** An id as it looks, and as some systems take it. */
function lookOf(student: string): string {
  return student.normalize("NFKC").toLowerCase();
}
