import type { Event, ProblemDocument } from './types';

/**
 * Why a request did not do what it should. `status` 0: no answer came, so nobody knows whether the hub has done it;
 * the code is then `offline` (it was never sent) or `no_answer`.
 */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly document?: ProblemDocument,
  ) {
    super(detail);
  }

  get changes(): Event[] {
    return this.document?.changes ?? [];
  }

  get isUncertain(): boolean {
    return this.code === 'no_answer' || (this.status >= 500 && this.status !== 503);
  }
}

export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return new Problem(0, 'console_error', error instanceof Error ? error.message : String(error));
}
