/**
 * Amounts, dates and numbers as the reader's language writes them. Amounts are decimal text from the hub and stay text
 * up to the formatter, which reads text exactly; nothing is computed with them here.
 */
export type Language = 'en' | 'de';

const LOCALES: Record<Language, string> = { en: 'en-IE', de: 'de-DE' };

export function makeFormat(language: Language) {
  const locale = LOCALES[language];
  const numbers = new Map<string, Intl.NumberFormat>();
  const style = (currency: string, digits: number, sign: 'auto' | 'exceptZero') => {
    const key = `${currency} ${digits} ${sign}`;
    let found = numbers.get(key);
    if (!found) {
      found = new Intl.NumberFormat(locale, {
        style: 'currency',
        currency,
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
        signDisplay: sign,
      });
      numbers.set(key, found);
    }
    return found;
  };
  const date = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(locale, options);
    return (instant: string) => format.format(new Date(instant));
  };
  const day = date({ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
  const dated = date({ day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' });
  const whole = new Intl.NumberFormat(locale);
  return {
    /** "12.50" as €12.50, with a true minus sign. */
    money(amount: string, currency: string, sign: 'auto' | 'exceptZero' = 'auto'): string {
      const digits = amount.includes('.') ? amount.length - amount.indexOf('.') - 1 : 0;
      return style(currency, digits, sign).format(amount as `${number}`).replace('-', '\u2212');
    },
    /** With the year if it is not this one. */
    moment: (instant: string) => (new Date(instant).getFullYear() === new Date().getFullYear() ? day(instant) : dated(instant)),
    dated,
    time: date({ hour: '2-digit', minute: '2-digit' }),
    seconds: date({ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', second: '2-digit' }),
    full: date({ dateStyle: 'full', timeStyle: 'long' }),
    count: (value: number) => whole.format(value),
    percent: (text: string) => `${text.replace('.', language === 'de' ? ',' : '.')}\u00a0%`,
    list: (items: string[]) => new Intl.ListFormat(locale, { type: 'conjunction' }).format(items),
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
}

export type Format = ReturnType<typeof makeFormat>;
