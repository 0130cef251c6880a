import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useLocation, useParams, useSearchParams } from 'wouter';
import { queries } from '../api/queries';
import type { CaseSummary } from '../api/types';
import { useTexts } from '../texts';
import { Empty, Loaded } from '../ui/loading';
import { State, When } from '../ui/parts';
import { useTitle } from '../ui/title';
import { useChosenRow } from '../ui/use_rows';
import { CaseView } from './case_view';

const BOXES = { linked: 'linked', suggested: 'suggested', unlinked: 'none' } as const;
type Box = keyof typeof BOXES;

function Boxes({ box }: { box: Box }) {
  const { t } = useTexts();
  return (
    <nav className="tabs" aria-label={t.cases.title}>
      {(Object.keys(BOXES) as Box[]).map((each) => (
        <Link key={each} href={`/cases?box=${each}`} aria-current={each === box ? 'page' : undefined}>
          {t.cases[each]}
        </Link>
      ))}
    </nav>
  );
}

function List({ cases, open, chosen, current }: { cases: CaseSummary[]; open: (id: string) => void; chosen: number; current: string | undefined }) {
  const { t } = useTexts();
  return (
    <div className="card scroller" role="region" tabIndex={0} aria-label={t.cases.title}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t.cases.subject}</th>
            <th scope="col">{t.cases.desk}</th>
            <th scope="col">{t.cases.updated}</th>
          </tr>
        </thead>
        <tbody>
          {cases.map((each, index) => (
            <tr key={each.id} aria-selected={index === chosen || each.id === current} onClick={() => open(each.id)}>
              <td className="wrap-any">
                <a
                  href={`/cases/${each.id}`}
                  className="strong"
                  onClick={(event) => {
                    event.preventDefault();
                    open(each.id);
                  }}
                >
                  {each.subject}
                </a>
                <div className="small quiet">{each.requester_email}</div>
              </td>
              <td className="one-line">
                {each.connector} {each.external_id}
                <div>
                  <State of={each.state ?? 'open'} />
                </div>
              </td>
              <td>
                <When at={each.updated_at ?? null} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The queue: what the hub has linked itself, what it only suggests, what it cannot tell. */
export default function CasesPage() {
  const { t } = useTexts();
  useTitle(t.cases.title);
  const { id } = useParams<{ id?: string }>();
  const [, go] = useLocation();
  const [parameters] = useSearchParams();
  const asked = parameters.get('box') as Box | null;
  const box: Box = asked && asked in BOXES ? asked : 'suggested';
  const query = useQuery(queries.cases({ decision: BOXES[box], limit: 200 }));
  const [desk, setDesk] = useState<string | null>(null);
  const cases = (query.data?.items ?? []).filter((each) => !desk || each.connector === desk);
  const desks = [...new Set((query.data?.items ?? []).map((each) => each.connector ?? ''))];
  const open = (chosenId: string) => go(`/cases/${chosenId}?box=${box}`);
  const [chosen] = useChosenRow(cases.length, (index) => open(cases[index]!.id));
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t.cases.title}</h1>
        <div className="row">
          {desks.length > 1 && <Select size="sm" w={160} aria-label={t.cases.desk} placeholder={t.cases.desk} clearable data={desks} value={desk} onChange={setDesk} />}
          <Boxes box={box} />
        </div>
      </div>
      <div className={`queue${id ? ' open' : ''}`}>
        <div className="list">
          <Loaded query={query} height={300}>
            {() => (cases.length ? <List cases={cases} open={open} chosen={chosen} current={id} /> : <Empty>{t.cases.none}</Empty>)}
          </Loaded>
        </div>
        <div className="chosen">{id ? <CaseView key={id} id={id} back={`/cases?box=${box}`} /> : <Empty>{t.cases.choose}</Empty>}</div>
      </div>
    </div>
  );
}
