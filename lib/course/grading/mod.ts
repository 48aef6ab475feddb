/**
 * Grading of submissions for instructors' own programs.
 *
 * @module
 */
export type { Finding, Status } from "../check.ts";
export { grade, type GradeOptions, type GradePlan } from "./grade.ts";
export type { Person } from "./roster.ts";
export type { GradedAnswer, GradedCheck, GradedFunction, GradeRow } from "./row.ts";
export type { Shard } from "./shard.ts";
