/**
 * The journal as it grows. One tab of a browser reads the stream (the one that holds the lock) and tells the others:
 * browsers open only six connections to a host over HTTP/1.1. Without locks (plain HTTP on another machine) each tab reads.
 */
import { session } from '../session';
import type { Event } from './types';

type News = { kind: 'events'; events: Event[] } | { kind: 'state'; live: boolean } | { kind: 'lost' } | { kind: 'hello' };
export type Listener = { events(events: Event[]): void; live(live: boolean): void; lost(): void };

const CHANNEL = 'orderhub.events';
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 8_000;

/** The messages of a text/event-stream; `rest` is what has no end yet. */
export function parse(text: string): { events: Event[]; rest: string } {
  const parts = text.split('\n\n');
  const rest = parts.pop() ?? '';
  const events = parts.flatMap((part) =>
    part
      .split('\n')
      .filter((line) => line.startsWith('data: '))
      .map((line) => JSON.parse(line.slice(6)) as Event),
  );
  return { events, rest };
}

/** Reads until the stream ends. Throws if it cannot be opened or breaks. */
async function read(after: number | null, signal: AbortSignal, opened: () => void, give: (events: Event[]) => void): Promise<void> {
  const answer = await fetch(after === null ? '/api/v1/events?newest=0' : `/api/v1/events?after=${after}`, {
    signal,
    headers: { ...session.headers(), Accept: 'text/event-stream' },
  });
  if (answer.status === 401) session.end('expired');
  if (!answer.ok || !answer.body) throw new Error(String(answer.status));
  opened();
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const parsed = parse(rest + value);
    rest = parsed.rest;
    if (parsed.events.length) give(parsed.events);
  }
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
    addEventListener('online', () => (clearTimeout(timer), resolve()), { once: true });
  });

/** Follows the journal from a place, or from its end, until `signal` ends it. */
async function lead(signal: AbortSignal, place: number | null, tell: (news: News) => void): Promise<void> {
  let after = place;
  let wait = FIRST_PAUSE_MS;
  while (!signal.aborted) {
    try {
      await read(
        after,
        signal,
        () => {
          wait = FIRST_PAUSE_MS;
          tell({ kind: 'state', live: true });
          // Without a place to go on from, what happened since the page was read is not known: at first, too.
          if (after === null) tell({ kind: 'lost' });
        },
        (events) => {
          after = events[events.length - 1]!.sequence;
          tell({ kind: 'events', events });
        },
      );
    } catch {
      wait = Math.min(wait * 2, LONGEST_PAUSE_MS);
    }
    if (signal.aborted) return;
    tell({ kind: 'state', live: false });
    await pause(wait, signal);
  }
}

/** Begins to follow; gives what ends it. */
export function follow(listener: Listener): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  const stop = new AbortController();
  let leading = false;
  let live = false;
  /** What a tab has heard of before it has to lead itself. */
  let last: number | null = null;
  const hear = (news: News) => {
    if (news.kind === 'events') {
      last = news.events[news.events.length - 1]!.sequence;
      listener.events(news.events);
    } else if (news.kind === 'lost') listener.lost();
    else if (news.kind === 'state') listener.live((live = news.live));
    else if (leading) channel.postMessage({ kind: 'state', live } satisfies News);
  };
  const tell = (news: News) => {
    hear(news);
    channel.postMessage(news);
  };
  channel.onmessage = (message: MessageEvent<News>) => hear(message.data);
  channel.postMessage({ kind: 'hello' } satisfies News);
  const begin = () => {
    leading = true;
    return lead(stop.signal, last, tell);
  };
  if (navigator.locks) navigator.locks.request(CHANNEL, { signal: stop.signal }, begin).catch(() => undefined);
  else void begin();
  return () => {
    stop.abort();
    channel.close();
  };
}
