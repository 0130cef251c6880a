import type { Texts } from './en';
import { actions } from './german/actions';
import { operations } from './german/operations';
import { orders } from './german/orders';
import { words } from './german/words';

export const de: Texts = { ...words, ...orders, ...actions, ...operations };
