import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import type { Texts } from './en';
import { makeFormat, type Format, type Language } from './format';

type Reading = { t: Texts; f: Format; language: Language; setLanguage: (language: Language) => void };

const KEY = 'orderhub.language';
const Context = createContext<Reading | null>(null);

const catalogue = (language: Language): Promise<Texts> =>
  language === 'de' ? import('./de').then((module) => module.de) : import('./en').then((module) => module.en);

function preferred(): Language {
  const kept = localStorage.getItem(KEY);
  return (kept ?? navigator.language).startsWith('de') ? 'de' : 'en';
}

/** Loads the catalogue of one language; nothing is shown before it is there. */
export function TextsProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState(preferred);
  const [texts, setTexts] = useState<{ t: Texts; language: Language } | null>(null);
  useEffect(() => {
    let wanted = true;
    void catalogue(language).then((t) => wanted && setTexts({ t, language }));
    document.documentElement.lang = language;
    return () => {
      wanted = false;
    };
  }, [language]);
  const value = useMemo(
    () =>
      texts && {
        ...texts,
        f: makeFormat(texts.language),
        setLanguage: (next: Language) => {
          localStorage.setItem(KEY, next);
          setLanguage(next);
        },
      },
    [texts],
  );
  return value && <Context.Provider value={value}>{children}</Context.Provider>;
}

export function useTexts(): Reading {
  const reading = useContext(Context);
  if (!reading) throw new Error('outside of TextsProvider');
  return reading;
}

/** The text of a word of the hub; the word itself where the catalogue has none, so that nothing is hidden. */
export function worded(texts: Record<string, string>, word: string): string {
  return texts[word] ?? word.replaceAll('_', ' ');
}
