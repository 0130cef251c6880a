import { useQuery } from '@tanstack/react-query';
import { queries } from '../../api/queries';
import { useTexts } from '../../texts';
import { Loaded } from '../../ui/loading';
import { Card } from '../../ui/parts';
import { useTitle } from '../../ui/title';

/** The configuration as the hub has loaded it, section by section; secrets show only that they are there. */
export default function ConfigurationPage() {
  const { t } = useTexts();
  useTitle(t.ops.configuration);
  const query = useQuery(queries.configuration());
  return (
    <div className="page stack">
      <h1>{t.ops.configuration}</h1>
      <p className="quiet">{t.ops.configurationHint}</p>
      <Loaded query={query} height={400}>
        {({ configuration }) => {
          const entries = Object.entries(configuration);
          const plain = entries.filter(([, value]) => typeof value !== 'object');
          return (
            <>
              <Card id="general" title={t.ops.general}>
                <div className="card-body">
                  <dl className="pairs left">
                    {plain.map(([name, value]) => [
                      <dt key={name}>{name}</dt>,
                      <dd key={`${name} value`} className="wrap-any">
                        {String(value) || '–'}
                      </dd>,
                    ])}
                  </dl>
                </div>
              </Card>
              {entries
                .filter(([, value]) => typeof value === 'object')
                .map(([name, value]) => (
                  <Card key={name} id={`section-${name}`} title={name}>
                    <div className="card-body">
                      <pre className="code" tabIndex={0}>{JSON.stringify(value, null, 2)}</pre>
                    </div>
                  </Card>
                ))}
            </>
          );
        }}
      </Loaded>
    </div>
  );
}
