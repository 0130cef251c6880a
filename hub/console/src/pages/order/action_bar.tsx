import { Button, Menu } from '@mantine/core';
import type { Action, Eligibility } from '../../api/types';
import { useTexts } from '../../texts';
import { icons } from '../../ui/icons';

const FIRST: Action[] = ['return', 'cancel', 'discount'];
const MORE: Action[] = ['open-return', 'exchange', 'reship', 'appease', 'refund', 'retry-refund', 'fulfil', 'capture', 'record-payment', 'reverse-authorization', 'suspend'];

/** What can be done now. What cannot be stays in the menu with its reason, so that nobody searches for it. */
export function ActionBar({ eligibility, open }: { eligibility: Eligibility | undefined; open: (action: Action) => void }) {
  const { t } = useTexts();
  const of = (action: Action) => eligibility?.actions.find((each) => each.action === action);
  const shown = FIRST.filter((each) => of(each)?.possible);
  const rest = [...FIRST.filter((each) => !shown.includes(each)), ...MORE];
  const name = (action: Action) => t.actions[action].name;
  return (
    <div className="row">
      {shown.map((each, index) => (
        <Button key={each} size="sm" variant={index ? 'default' : 'filled'} onClick={() => open(each)}>
          {name(each)}
        </Button>
      ))}
      <Menu position="bottom-end" transitionProps={{ duration: 0 }} width={320} disabled={!eligibility}>
        <Menu.Target>
          <Button size="sm" variant="default" rightSection={icons.down} disabled={!eligibility}>
            {t.order.more}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {rest.map((each) => {
            const found = of(each);
            return (
              <Menu.Item key={each} disabled={!found?.possible} onClick={() => open(each)}>
                {name(each)}
                {found && !found.possible && <div className="small quiet">{t.impossible[found.code] ?? found.reason}</div>}
              </Menu.Item>
            );
          })}
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
