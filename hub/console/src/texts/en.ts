import { actions } from './english/actions';
import { operations } from './english/operations';
import { orders } from './english/orders';
import { words } from './english/words';

export const en = { ...words, ...orders, ...actions, ...operations };

/** The German catalogue has the same shape: a text that is missing there does not compile. */
export type Texts = typeof en;
