/**
 * Who is signed in. The only module that knows how: a bearer token of the hub, kept for as long as the browser's tab
 * lives. Others ask for the headers of a request and listen to changes.
 */
const KEY = 'orderhub.token';

export type Person = { name: string; role: string; rights: string[] };
export type Ending = 'expired' | 'signed_out';
type State = { person: Person | null; ending: Ending | null };

let token = sessionStorage.getItem(KEY);
let state: State = { person: null, ending: null };
const listeners = new Set<() => void>();

function change(next: State): void {
  state = next;
  listeners.forEach((each) => each());
}

async function who(candidate: string): Promise<Person | null> {
  const answer = await fetch('/api/v1/me', { headers: { Authorization: `Bearer ${candidate}` } });
  if (answer.status === 401) return null;
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()) as Person;
}

export const session = {
  headers: (): Record<string, string> => (token ? { Authorization: `Bearer ${token}` } : {}),
  current: (): State => state,
  /** Whether the person's role has a right; the hub checks it again. */
  may: (right: string): boolean => state.person?.rights.includes(right) ?? false,
  isBegun: (): boolean => token !== null,
  listen(each: () => void): () => void {
    listeners.add(each);
    return () => listeners.delete(each);
  },

  /** False if the hub does not know the token. Throws if the hub cannot be asked. */
  async begin(candidate: string): Promise<boolean> {
    const person = await who(candidate);
    if (!person) return false;
    token = candidate;
    sessionStorage.setItem(KEY, candidate);
    change({ person, ending: null });
    return true;
  },

  /** After a reload of the page: goes on with the token that it had. */
  async resume(): Promise<void> {
    if (!token) return;
    const person = await who(token);
    if (person) change({ person, ending: null });
    else session.end('expired');
  },

  end(ending: Ending): void {
    token = null;
    sessionStorage.removeItem(KEY);
    change({ person: null, ending });
  },
};
