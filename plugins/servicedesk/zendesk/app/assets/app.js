// Shows the hub's panel of this ticket. The hub's token stays with Zendesk: its proxy writes it into the requests, and what the
// page gets is an address that is good for some minutes and for this one ticket.
(function () {
  'use strict';

  const FRESH_MS = 5 * 60 * 1000;
  const client = window.ZAFClient.init();
  const element = (id) => document.getElementById(id);
  let shownAt = 0;

  async function ask(settings, method, path) {
    return client.request({
      url: settings.hub_url.replace(/\/+$/, '') + path,
      type: method,
      contentType: 'application/json',
      dataType: 'json',
      headers: { Authorization: 'Bearer {{setting.hub_token}}' },
      secure: true,
    });
  }

  function say(words) {
    element('words').textContent = words;
    element('words').hidden = words === '';
    element('again').hidden = words === '';
    element('panel').hidden = words !== '';
  }

  async function addressOf(ticket) {
    const { settings } = await client.metadata();
    const found = await ask(settings, 'GET', '/api/v1/cases?q=' + encodeURIComponent(ticket));
    const known = found.items.find((each) => each.connector === settings.connector && each.external_id === ticket);
    return known && (await ask(settings, 'POST', '/api/v1/cases/' + encodeURIComponent(known.id) + ':panel-address')).url;
  }

  async function show() {
    try {
      const ticket = String((await client.get('ticket.id'))['ticket.id']);
      const address = await addressOf(ticket);
      if (!address) return say('The hub does not know this ticket yet.');
      element('panel').src = address;
      shownAt = Date.now();
      say('');
    } catch (failure) {
      say('The hub cannot be reached' + (failure && failure.status ? ' (' + failure.status + ')' : '') + '.');
    }
  }

  element('again').addEventListener('click', show);
  client.on('app.activated', () => { if (Date.now() - shownAt > FRESH_MS) show(); });
  client.invoke('resize', { width: '100%', height: '640px' });
  show();
})();
