// As much of a browser as signing in needs: cookies for each origin, redirects, forms.
export class Browser {
  cookies = new Map();

  async ask(url, options = {}) {
    const origin = new URL(url).origin;
    const jar = this.cookies.get(origin) ?? new Map();
    this.cookies.set(origin, jar);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(url, { redirect: 'manual', ...options, headers: { ...options.headers, ...(cookie && { cookie }) } });
    for (const line of answer.headers.getSetCookie?.() ?? setCookies(answer)) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      if (value === '' || /max-age=0|expires=Thu, 01 Jan 1970/i.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
    return answer;
  }

  /** Follows redirects until `stop` says so of an address, or there is none; gives the last answer and its address. */
  async go(url, { stop = () => false, ...options } = {}) {
    for (let hops = 0; hops < 20; hops++) {
      const answer = await this.ask(url, options);
      const location = answer.headers.get('location');
      if (!location) return { answer, url };
      url = new URL(location, url).href;
      options = {};
      if (stop(url)) return { answer, url };
    }
    throw new Error(`too many redirects: ${url}`);
  }

  submit(url, fields, options) {
    return this.go(url, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields),
      ...options,
    });
  }
}

/** For Node 18 before 18.15. */
function setCookies(answer) {
  return (answer.headers.get('set-cookie') ?? '').split(/,(?=[^;,]+=)/).filter(Boolean);
}
