/**
 * Who is signed in. The only module that knows how: a session of the hub in a cookie that no script can read, and a value
 * that requests which change something must bring along. Others ask for the headers of a request and listen to changes.
 */
export type Person = { name: string; full_name: string; role: string; rights: string[]; csrf: string | null };
export type Ending = 'expired' | 'signed_out';
export type Entry = 'good' | 'wrong' | 'locked';
/** Where a link leads that signs in with the company's provider. */
export type Provider = { name: string; address: string };
type State = { person: Person | null; ending: Ending | null };

const PATH = '/api/v1/session';
let state: State = { person: null, ending: null };
const listeners = new Set<() => void>();

function change(next: State): void {
  state = next;
  listeners.forEach((each) => each());
}

function headers(): Record<string, string> {
  return state.person?.csrf ? { 'X-OrderHub-CSRF': state.person.csrf } : {};
}

export const session = {
  headers,
  current: (): State => state,
  /** Whether the person's role has a right; the hub checks it again. */
  may: (right: string): boolean => state.person?.rights.includes(right) ?? false,
  listen(each: () => void): () => void {
    listeners.add(each);
    return () => listeners.delete(each);
  },

  /** Throws if the hub cannot be asked. */
  async begin(name: string, password: string): Promise<Entry> {
    const answer = await fetch(PATH, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ name, password }),
    });
    if (answer.status === 429) return 'locked';
    if (answer.status === 401) return 'wrong';
    if (!answer.ok) throw new Error(String(answer.status));
    change({ person: (await answer.json()) as Person, ending: null });
    return 'good';
  },

  /** After a reload of the page: goes on with the session that the browser has. */
  async resume(): Promise<void> {
    const answer = await fetch(PATH);
    if (answer.status === 401) return;
    if (!answer.ok) throw new Error(String(answer.status));
    change({ person: (await answer.json()) as Person, ending: null });
  },

  /** Throws if the hub cannot be asked. */
  async provider(): Promise<Provider | null> {
    const answer = await fetch('/api/v1/sign-in');
    return ((await answer.json()) as { provider: Provider | null }).provider;
  },

  /** Of this browser only. Whoever is signed out by the hub needs not tell it. */
  end(ending: Ending): void {
    if (ending === 'signed_out') void fetch(PATH, { method: 'DELETE', headers: headers() });
    if (state.person) change({ person: null, ending });
  },
};
