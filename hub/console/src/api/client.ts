import { session } from '../session';
import { Problem } from './problem';
import type { ProblemDocument } from './types';

const DEADLINE_MS = 30_000;

type Options = {
  method?: string;
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal | undefined;
  /** Called with the headers of a good answer. */
  seen?: (headers: Headers) => void;
};

async function problemOf(answer: Response): Promise<Problem> {
  const document = (await answer.json().catch(() => undefined)) as ProblemDocument | undefined;
  return new Problem(answer.status, document?.code ?? 'no_problem_document', document?.detail ?? answer.statusText, document);
}

/** One request to the hub. Throws a Problem, or an AbortError if `signal` ended it. */
export async function call<T>(path: string, { method = 'GET', body, headers, signal, seen }: Options = {}): Promise<T> {
  if (!navigator.onLine) throw new Problem(0, 'offline', '');
  const deadline = AbortSignal.timeout(DEADLINE_MS);
  let answer: Response;
  try {
    answer = await fetch(path, {
      method,
      signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
      headers: {
        ...session.headers(),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Problem(0, 'no_answer', '');
  }
  if (answer.status === 401) session.end('expired');
  if (!answer.ok) throw await problemOf(answer);
  seen?.(answer.headers);
  return (await answer.json()) as T;
}

/** An address with the parameters that have a value. */
export function address(path: string, parameters: Record<string, string | number | undefined>): string {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== '');
  const query = new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
  return given.length ? `${path}?${query}` : path;
}

/** A submitted action: done once for each key, however often it is sent. `replayed`: it had been done before. */
export async function submit<T>(path: string, body: unknown, etag: string, key: string): Promise<{ answer: T; replayed: boolean }> {
  let replayed = false;
  const answer = await call<T>(path, {
    method: 'POST',
    body,
    headers: { 'If-Match': etag, 'Idempotency-Key': key },
    seen: (headers) => (replayed = headers.get('Idempotency-Replayed') === 'true'),
  });
  return { answer, replayed };
}
