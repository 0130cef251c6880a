/** What stands where something is not there: not yet, not at all, or not today. */
import { Button, Skeleton } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { asProblem } from '../api/problem';
import { useTexts } from '../texts';
import { Note } from './parts';
import { told } from './told';

const SHOW_AFTER_MS = 150;

/** Nothing at first: what comes at once needs no placeholder. */
export function Placeholder({ height }: { height: number }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), SHOW_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return <div aria-busy="true">{late ? <Skeleton height={height} /> : <div style={{ height }} />}</div>;
}

export function Failure({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useTexts();
  return (
    <Note role="bad">
      <div role="alert">{told(t, asProblem(error))}</div>
      {retry && (
        <Button size="compact-sm" variant="default" mt={8} onClick={retry}>
          {t.tryAgain}
        </Button>
      )}
    </Note>
  );
}

export function Empty({ children }: { children: ReactNode }) {
  return <div className="empty">{children}</div>;
}

/** What a query gives, its error with a way to try again, or its place while it loads. Earlier data stay on an error. */
export function Loaded<T>({ query, height, children }: { query: UseQueryResult<T>; height: number; children: (data: T) => ReactNode }) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error) return <Failure error={query.error} retry={() => void query.refetch()} />;
  return <Placeholder height={height} />;
}
