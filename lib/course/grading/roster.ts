/**
 * The roster of a class: who the students are, and who of them handed in nothing.
 *
 * @module
 */
import { listOf, oneLine } from "./outputs/text.ts";
import type { Found, Submission } from "./submissions.ts";

/** A student as a roster has them; what it does not say is empty. */
export interface Person {
  /** The id: the name of the student's folder or zip file. */
  readonly student: string;
  /** As a table sorts by. */
  readonly lastName: string;
  /** All given names. */
  readonly firstName: string;
  /** An address. */
  readonly email: string;
}

/** Why a student has no points who is on the roster alone. */
const ABSENT = "nothing was handed in: there is neither a folder nor a zip file of that name";

/** A person's name as it is read; empty if no roster says. */
export function nameOf(person: Person | undefined): string {
  return person === undefined ? "" : oneLine(`${person.firstName} ${person.lastName}`);
}

/**
 * What was found, and with it the students of a roster who handed in nothing. Notes name those who are
 * not on the roster.
 *
 * @param wants whether a student is graded here
 */
export function withRoster(
  { submissions, handedIn, notes }: Found,
  roster: readonly Person[],
  wants: (student: string) => boolean,
): Found {
  const listed = new Set(roster.map(({ student }) => student));
  const absent = [...listed].filter((student) => !handedIn.has(student));
  const unknown = [...handedIn.keys()].filter((student) => !listed.has(student) && wants(student));
  const similar = Map.groupBy(absent, barely);
  const shown = unknown.map((student) => {
    const [meant] = similar.get(barely(student)) ?? [];
    return meant === undefined ? student : `${student} (is that ${meant} on the roster?)`;
  });
  return {
    submissions: [...submissions, ...absent.filter(wants).map(nothingOf)]
      .sort((a, b) => a.student < b.student ? -1 : 1),
    handedIn: new Map([...handedIn, ...absent.map((student) => [student, []] as const)]),
    notes: unknown.length === 0 ? notes : [...notes, `not on the roster: ${listOf(shown)}`],
  };
}

function nothingOf(student: string): Submission {
  return {
    ...{ student, names: [], notes: [], fault: ABSENT },
    ...{ files: new Map(), faults: new Map() },
  };
}

/** An id without what spreadsheets and systems change of it: capitals, and zeros at its beginning. */
function barely(student: string): string {
  return student.normalize("NFKC").toLowerCase().replace(/^0+(?=.)/, "");
}
