import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useTexts } from '../texts';
import { icons } from '../ui/icons';

/** Language, and light or dark. */
export function Choices() {
  const { t, language, setLanguage } = useTexts();
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  return (
    <>
      <button type="button" className="plain-button" aria-label={`${language.toUpperCase()} – ${t.top.language}`} onClick={() => setLanguage(language === 'en' ? 'de' : 'en')}>
        {language.toUpperCase()}
      </button>
      <button type="button" className="plain-button" aria-label={scheme === 'dark' ? t.top.light : t.top.dark} onClick={() => setColorScheme(scheme === 'dark' ? 'light' : 'dark')}>
        {icons.moon}
      </button>
    </>
  );
}
