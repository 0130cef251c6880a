import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { submit } from '../../api/client';
import { asProblem, Problem } from '../../api/problem';
import type { Action, Asked, Submission } from '../../api/types';
import type { Body } from './body';

type Sent = { body: Body; etag: string; key: string };
export type Submitting =
  | { state: 'idle' }
  | { state: 'sending' }
  /** No answer came: it may have been carried out. Only the same key may be sent again. */
  | { state: 'uncertain'; problem: Problem }
  | { state: 'refused'; problem: Problem }
  /** Somebody else must agree before it is done. */
  | { state: 'asked'; asked: Asked }
  | { state: 'accepted'; submission: Submission; replayed: boolean };

/** Sends an action once. The ref answers at once, where a state would only after the next rendering. */
export function useSubmission(orderId: string, action: Action) {
  const client = useQueryClient();
  const [submitting, setSubmitting] = useState<Submitting>({ state: 'idle' });
  const underWay = useRef(false);
  const last = useRef<Sent | null>(null);
  const send = async (sent: Sent) => {
    if (underWay.current) return;
    underWay.current = true;
    last.current = sent;
    setSubmitting({ state: 'sending' });
    try {
      const path = `/api/v1/orders/${encodeURIComponent(orderId)}/actions/${action}:submit`;
      const { answer, replayed } = await submit<Submission | Asked>(path, sent.body, sent.etag, sent.key);
      setSubmitting('waits_for' in answer ? { state: 'asked', asked: answer } : { state: 'accepted', submission: answer, replayed });
    } catch (error) {
      const problem = asProblem(error);
      setSubmitting({ state: problem.isUncertain ? 'uncertain' : 'refused', problem });
      underWay.current = false;
    }
    void client.invalidateQueries({ queryKey: ['order', orderId] });
  };
  return {
    submitting,
    send: (sent: Sent) => void send(sent),
    /** The same request under the same key: the hub tells what became of the first. */
    askAgain: () => last.current && void send(last.current),
    /** Back to the inputs, which are still there. */
    edit: () => setSubmitting({ state: 'idle' }),
  };
}
