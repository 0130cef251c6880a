import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { queries } from '../api/queries';
import type { Case } from '../api/types';
import { useTexts, worded } from '../texts';
import { Loaded } from '../ui/loading';
import { Card, Copy, State, When } from '../ui/parts';
import { LinkCard } from './case_link';

function Messages({ entry }: { entry: Case }) {
  const { t } = useTexts();
  const names: Record<string, string> = { inbound: t.cases.inbound, outbound: t.cases.outbound, internal: t.cases.internal };
  return (
    <Card id="messages" title={t.cases.messages}>
      {entry.messages.map((each, index) => (
        <div className="entry" key={index}>
          <div className="row apart small quiet">
            <span>
              {worded(names, each.direction)} · {each.author}
            </span>
            <When at={each.at} />
          </div>
          <div className="wrap-any" style={{ whiteSpace: 'pre-wrap' }}>
            {each.text}
          </div>
        </div>
      ))}
    </Card>
  );
}

export function CaseView({ id, back }: { id: string; back: string }) {
  const { t } = useTexts();
  const query = useQuery(queries.case(id));
  return (
    <Loaded query={query} height={300}>
      {(entry) => (
        <div className="stack">
          <div className="card">
            <div className="card-body stack tight">
              <div className="row apart">
                <Link href={back} className="small">
                  ‹ {t.back}
                </Link>
                <span className="small quiet">
                  {entry.connector} {entry.external_id}
                  <Copy text={entry.external_id} />
                </span>
              </div>
              <h2 className="wrap-any" style={{ fontSize: 16, lineHeight: '24px' }}>
                {entry.subject}
              </h2>
              <div className="row">
                <State of={entry.state} />
                <span className="wrap-any">
                  {entry.requester.name} <span className="quiet">{entry.requester.email}</span>
                </span>
                {entry.customer_id && <Link href={`/customers/${entry.customer_id}`}>{t.customer.all}</Link>}
                {entry.url && /^https?:/.test(entry.url) && (
                  <a href={entry.url} target="_blank" rel="noreferrer">
                    {t.cases.openDesk}
                  </a>
                )}
              </div>
            </div>
          </div>
          <LinkCard entry={entry} />
          <Messages entry={entry} />
        </div>
      )}
    </Loaded>
  );
}
