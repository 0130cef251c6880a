import { Button, Select } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/client';
import type { RetriedMany } from '../../api/types';
import { session } from '../../session';
import { useTexts } from '../../texts';
import { Failure } from '../../ui/loading';
import { Note } from '../../ui/parts';

/** First how many, then the retry: nobody sends a thousand messages by mistake. */
export function RetryMany({ connector, codes }: { connector: string; codes: string[] }) {
  const { t } = useTexts();
  const client = useQueryClient();
  const [code, setCode] = useState<string | null>(null);
  const body = { ...(connector ? { connector } : {}), ...(code ? { code } : {}) };
  const ask = (dry_run: boolean) => call<RetriedMany>('/api/v1/deliveries:retry', { method: 'POST', body: { ...body, dry_run } });
  const count = useMutation({ mutationFn: () => ask(true) });
  const retry = useMutation({
    mutationFn: () => ask(false),
    onSuccess: () => (count.reset(), void client.invalidateQueries({ queryKey: ['deliveries'] })),
  });
  if (!session.may('operations.act')) return null;
  const error = count.error ?? retry.error;
  return (
    <div className="filters">
      <Select size="sm" w={220} label={t.ops.byCode} placeholder={t.ops.anyCode} clearable clearButtonProps={{ 'aria-label': t.ops.anyCode }} comboboxProps={{ transitionProps: { duration: 0 } }} data={codes} value={code} onChange={(value) => (setCode(value), count.reset())} />
      {!count.data && (
        <Button size="sm" variant="default" loading={count.isPending} onClick={() => count.mutate()}>
          {t.ops.retryAll}
        </Button>
      )}
      {count.data && (
        <Button size="sm" loading={retry.isPending} disabled={count.data.count === 0} onClick={() => retry.mutate()}>
          {t.ops.retryNow(count.data.count)}
        </Button>
      )}
      {error ? <Failure error={error} /> : null}
      {retry.data && !count.data && <Note role="progress"><span role="status">{t.ops.retried(retry.data.count)}</span></Note>}
    </div>
  );
}
