import { TextInput } from '@mantine/core';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import { Found, useFound, type Hit } from '../pages/found';
import { useTexts } from '../texts';
import { icons } from '../ui/icons';

export const focusSearch = () => document.querySelector<HTMLInputElement>('.find input')?.focus();

/** One box for everything. Results come as one types; the arrow keys choose one of them, Enter opens it. */
export function SearchBox() {
  const { t } = useTexts();
  const [, go] = useLocation();
  const [parameters] = useSearchParams();
  const [text, setText] = useState(parameters.get('q') ?? '');
  const [open, setOpen] = useState(false);
  // By key: orders, customers and cases come one after the other, and what was chosen stays chosen.
  const [key, setKey] = useState<string | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const list = useId();
  const found = useFound(open ? text : '');
  const chosen = found.hits.findIndex((each) => each.key === key);
  useEffect(() => setKey(null), [text]);
  useEffect(() => {
    const leave = (event: MouseEvent) => !box.current?.contains(event.target as Node) && setOpen(false);
    addEventListener('mousedown', leave);
    return () => removeEventListener('mousedown', leave);
  }, []);
  const visit = (hit: Hit) => {
    setOpen(false);
    setText('');
    // The next key is one of the page's, not more text.
    box.current?.querySelector('input')?.blur();
    go(hit.to);
  };
  const all = () => {
    if (found.hits.length === 1) return visit(found.hits[0]!);
    setOpen(false);
    go(`/search?q=${encodeURIComponent(text.trim())}`);
  };
  const press = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step && found.hits.length) {
      event.preventDefault();
      setKey(found.hits[(chosen + step + found.hits.length + (chosen < 0 && step < 0 ? 1 : 0)) % found.hits.length]!.key);
    } else if (event.key === 'Enter' && text.trim()) {
      event.preventDefault();
      const hit = found.hits[chosen];
      if (hit) visit(hit);
      else all();
    } else if (event.key === 'Escape') setOpen(false);
  };
  const shown = open && text.trim().length >= 3;
  return (
    <div className="find" role="search" ref={box}>
      <TextInput
        size="sm"
        role="combobox"
        aria-label={t.top.search}
        aria-expanded={shown}
        aria-controls={list}
        aria-activedescendant={chosen >= 0 ? `${list}-${chosen}` : undefined}
        placeholder={t.top.searchHint}
        leftSection={icons.search}
        rightSection={<kbd className="kbd" aria-hidden="true">/</kbd>}
        value={text}
        onChange={(event) => (setText(event.currentTarget.value), setOpen(true))}
        onFocus={() => setOpen(true)}
        onKeyDown={press}
        autoComplete="off"
        spellCheck={false}
      />
      <Found id={list} found={found} chosen={chosen} visit={visit} hidden={!shown} />
    </div>
  );
}
