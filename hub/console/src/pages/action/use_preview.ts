import { useDebouncedValue } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { call } from '../../api/client';
import { asProblem, Problem } from '../../api/problem';
import type { Action, Order, Preview } from '../../api/types';
import { forPreview, isComplete, type Body } from './body';

const PAUSE_MS = 200;
const VALID_MS = 5 * 60_000;

export type Previewed = {
  preview: Preview | undefined;
  /** It holds for what is written now, and may be submitted. */
  ready: boolean;
  busy: boolean;
  problem: Problem | null;
  /** Why the figures must be asked for again by the person: the order is another one, or they are old. */
  stale: 'changed' | 'old' | null;
  /** The preview's, which a submission must show. */
  etag: string;
  key: string;
  recalculate: () => void;
};

/**
 * The hub's figures for the input. Each preview has an idempotency key of its own, so that one preview can be
 * carried out once at most, and another input never meets an old key.
 */
export function usePreview(order: Order, action: Action, body: Body, frozen: boolean): Previewed {
  const [version, setVersion] = useState(order.version);
  const [round, setRound] = useState(0);
  const text = JSON.stringify(forPreview(action, body));
  const [settled] = useDebouncedValue(text, PAUSE_MS);
  const complete = isComplete(action, body);
  const query = useQuery({
    queryKey: ['preview', order.id, action, version, round, settled],
    queryFn: ({ signal }) =>
      previewOf(order.id, action, settled, version, signal),
    enabled: complete && !frozen,
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
    placeholderData: (previous) => previous,
  });
  const client = useQueryClient();
  const refused = query.error ? asProblem(query.error).code === 'order_changed' : false;
  // The order that is shown is older than the hub's.
  useEffect(() => {
    if (refused) void client.invalidateQueries({ queryKey: ['order', order.id] });
  }, [client, order.id, refused]);
  const old = useOld(query.dataUpdatedAt, frozen);
  // A key for each preview: what the effect is keyed by is exactly what makes another preview.
  const key = useMemo(() => crypto.randomUUID(), [text, version, round]);
  const problem = query.error ? asProblem(query.error) : null;
  const changed = !frozen && (order.version !== version || problem?.code === 'order_changed');
  const stale = changed ? 'changed' : old ? 'old' : null;
  const fresh = complete && settled === text && !query.isFetching && !query.isPlaceholderData && !problem;
  return {
    preview: complete ? query.data?.preview : undefined,
    ready: fresh && !!query.data && !stale,
    busy: complete && (query.isFetching || settled !== text),
    problem: problem?.code === 'order_changed' ? null : problem,
    stale,
    etag: query.data?.etag ?? '',
    key,
    recalculate: () => {
      setVersion(order.version);
      setRound(round + 1);
    },
  };
}

async function previewOf(orderId: string, action: Action, text: string, version: number, signal: AbortSignal) {
  let etag = `"${version}"`;
  const preview = await call<Preview>(`/api/v1/orders/${encodeURIComponent(orderId)}/actions/${action}:preview`, {
    method: 'POST',
    body: JSON.parse(text) as Body,
    headers: { 'If-Match': etag },
    signal,
    seen: (headers) => (etag = headers.get('ETag') ?? etag),
  });
  return { preview, etag };
}

function useOld(since: number, frozen: boolean): boolean {
  const [old, setOld] = useState(false);
  useEffect(() => {
    setOld(false);
    if (!since || frozen) return;
    const timer = setTimeout(() => setOld(true), Math.max(0, since + VALID_MS - Date.now()));
    return () => clearTimeout(timer);
  }, [since, frozen]);
  return old;
}
