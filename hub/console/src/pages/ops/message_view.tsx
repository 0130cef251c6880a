import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../../api/client';
import { queries } from '../../api/queries';
import type { Message } from '../../api/types';
import { session } from '../../session';
import { useTexts, worded } from '../../texts';
import { Failure, Loaded } from '../../ui/loading';
import { Card, Note, State, When } from '../../ui/parts';
import { useTitle } from '../../ui/title';
import { Drop, Editor, jsonComplaint } from './editor';

/** A message that came in: its headers and body, and what can be done with it. */
export default function MessageView({ sequence }: { sequence: string }) {
  const { t } = useTexts();
  const client = useQueryClient();
  const query = useQuery(queries.message(sequence));
  const send = async (verb: string, body?: unknown) => {
    const answer = await call<Message>(`/api/v1/inbox/${sequence}:${verb}`, { method: 'POST', ...(body ? { body } : {}) });
    client.setQueryData(queries.message(sequence).queryKey, answer);
    void client.invalidateQueries({ queryKey: ['inbox'] });
    void client.invalidateQueries({ queryKey: ['message', sequence] });
  };
  const retry = useMutation({ mutationFn: () => send('retry') });
  useTitle(t.ops.boxes.inbox);
  return (
    <Loaded query={query} height={400}>
      {(message) => (
        <div className="stack">
          <div className="page-head">
            <div className="row">
              <h1>{message.record_kind ? worded(t.steps, message.record_kind) : t.ops.raw}</h1>
              <State of={message.state} filled />
              <span className="quiet">
                {message.connector} · <When at={message.received_at} seconds />
              </span>
            </div>
            {message.state === 'parked' && session.may('operations.act') && (
              <div className="row">
                <Drop drop={(reason) => send('drop', { reason })} />
                <Button size="sm" loading={retry.isPending} onClick={() => retry.mutate()}>
                  {t.ops.readAgain}
                </Button>
              </div>
            )}
          </div>
          {retry.error && <Failure error={retry.error} />}
          {message.error && <Note role="bad">{`${message.error.code}: ${t.quoted(message.error.message)}`}</Note>}
          <Card id="body" title={t.ops.message}>
            <div className="card-body">
              {message.state === 'parked' && session.may('operations.act') ? (
                <Editor text={message.body ?? ''} original={message.original?.body} check={(text) => (message.record_kind ? jsonComplaint(text) : null)} save={(text) => send('edit', { body: text })} />
              ) : (
                <pre className="code" tabIndex={0}>{message.body}</pre>
              )}
            </div>
          </Card>
          <Card id="headers" title={t.ops.headers}>
            <div className="card-body">
              <pre className="code" tabIndex={0}>{JSON.stringify(message.headers ?? {}, null, 2)}</pre>
            </div>
          </Card>
        </div>
      )}
    </Loaded>
  );
}
