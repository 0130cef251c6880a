import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTexts } from '../texts';

/** A dialog that only its own buttons and Escape close: a slip beside it loses nothing. */
export function Dialog({ title, close, size = 900, children }: { title: string; close: () => void; size?: number; children: ReactNode }) {
  const { t } = useTexts();
  return (
    <Modal.Root opened onClose={close} closeOnClickOutside={false} size={size} transitionProps={{ duration: 0 }}>
      <Modal.Overlay />
      <Modal.Content>
        <div className="dialog-head">
          <Modal.Title>{title}</Modal.Title>
          <Modal.CloseButton aria-label={t.close} />
        </div>
        <Modal.Body>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
