import { useTexts } from '../../texts';
import { Card } from '../../ui/parts';

const ENTRY = `connectors:
  - name: shop
    connector: vendure
    grant:
      hosts: ["shop.example.com"]
    config:
      base_url: https://shop.example.com/admin-api
      username: hub@example.com
      password: \${SHOP_PASSWORD}
      webhook_secret: \${SHOP_WEBHOOK_SECRET}`;

const COMMANDS = {
  inspect: 'ls lib/orderhub/connectors/*.so\norderhub connectors inspect lib/orderhub/connectors/vendure.so',
  check: 'orderhub config check orderhub.yaml',
  restart: 'orderhub serve --config orderhub.yaml',
  history: 'orderhub import shop --from 2026-01-01 --max-per-second 50',
};

function Code({ text }: { text: string }) {
  return (
    <pre className="code" tabIndex={0}>
      {text}
    </pre>
  );
}

/** Before the first system is connected: how it is done, step by step. The page looks again by itself, and shows the system once it is there. */
export function FirstRun() {
  const { t } = useTexts();
  const steps: [string, string, string][] = [
    [t.firstRun.choose, t.firstRun.chooseHow, COMMANDS.inspect],
    [t.firstRun.write, t.firstRun.writeHow, ENTRY],
    [t.firstRun.check, t.firstRun.checkHow, COMMANDS.check],
    [t.firstRun.start, t.firstRun.startHow, COMMANDS.restart],
    [t.firstRun.history, t.firstRun.historyHow, COMMANDS.history],
  ];
  return (
    <Card id="first-run" title={t.firstRun.title}>
      <div className="card-body stack">
        <p>{t.firstRun.intro}</p>
        <ol className="stack">
          {steps.map(([name, how, code], index) => (
            <li key={name}>
              <h3>
                {index + 1}. {name}
              </h3>
              <p className="quiet">{how}</p>
              <Code text={code} />
            </li>
          ))}
        </ol>
      </div>
    </Card>
  );
}
