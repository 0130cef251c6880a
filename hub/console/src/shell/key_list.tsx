import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useTexts } from '../texts';
import { Dialog } from '../ui/dialog';
import { keys } from './keys';

export function KeyList({ close }: { close: () => void }) {
  const { t } = useTexts();
  const [off, setOff] = useState(keys.areOff());
  return (
    <Dialog title={t.keys.title} close={close} size={460}>
      <dl className="pairs left">
        {t.keys.list.map(([pressed, what]) => [
          <dt key={pressed}>
            <span className="kbd">{pressed}</span>
          </dt>,
          <dd key={what}>{what}</dd>,
        ])}
      </dl>
      <Checkbox
        mt={16}
        label={t.keys.off}
        checked={off}
        onChange={(event) => {
          keys.switchOff(event.currentTarget.checked);
          setOff(event.currentTarget.checked);
        }}
      />
    </Dialog>
  );
}
