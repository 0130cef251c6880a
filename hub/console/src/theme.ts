import { createTheme, type MantineColorsTuple } from '@mantine/core';

const brand: MantineColorsTuple = [
  '#e8f0fc', '#cfdff8', '#a3c2f1', '#7aa6ea', '#5389e0', '#376fd0', '#275fbf', '#1d4fa8', '#194690', '#143a78',
];

// White on shade 7 has 7.7:1 in light and in dark.
export const theme = createTheme({
  primaryColor: 'brand',
  primaryShade: { light: 7, dark: 7 },
  colors: { brand },
  defaultRadius: 6,
  fontFamily: 'Inter, system-ui, -apple-system, "Segoe UI", Roboto, sans-serif',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  cursorType: 'pointer',
});
