import type { Problem } from '../api/problem';
import type { Texts } from '../texts/en';

/** A problem in words: by its code if the catalogue has it, else in the hub's own words as a quotation. */
export function told(t: Texts, problem: Problem): string {
  const known = t.problems[problem.code];
  if (known) return known;
  return problem.detail ? t.hubSays(problem.detail) : t.noReason(String(problem.status));
}
