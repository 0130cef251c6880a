/** The pages of those who run the hub. */
type Words = Record<string, string>;

export const operations = {
  approvals: {
    none: 'Nothing waits for a decision.', what: 'What', by: 'Asked by', waitsFor: 'Waits for', asks: 'Asked by', comment: 'Comment', approve: 'Approve', giveBack: 'Give back', decline: 'Decline',
    own: 'You cannot approve your own request.', notAllowed: 'You may see this, but not decide. The right “approvals.decide” is needed.', noPlan: 'There are no figures for this.',
  },
  flows: {
    none: 'No flow has run.', flow: 'Flow', message: 'What it waits for', steps: 'Steps', data: 'What went in and came out', retry: 'Try the failed step again', cancel: 'End it here', cancelReason: 'Why it is ended',
  },
  firstRun: {
    title: 'Connect the first storefront', intro: 'No system is connected yet. These steps connect one; this page shows it as soon as the hub has it.',
    choose: 'Choose a connector', chooseHow: 'Each connector is a library beside the hub. Its manifest says what it can do and which hosts and permissions it needs; its folder has a README with the set-up in the outside system.',
    write: 'Write its entry', writeHow: 'Into the configuration file, from the connector’s config.sample.yaml. Secrets come from the environment or a file, never from the text itself.',
    check: 'Check the file', checkHow: 'Says file, line and what to write instead; starts nothing.',
    start: 'Start the hub again', startHow: 'Then “Check the connection” on this page asks the system whether the credentials and permissions suffice.',
    history: 'Bring in what was sold before', historyHow: 'Page by page, below live traffic; it goes on after a restart.',
  },
  ops: {
    configuration: 'Configuration', configurationHint: 'As the hub loaded it when it started. Secrets show only that they are set.', general: 'General', working: 'Working', unreachable: 'Not reachable', trying: 'Trying again', pollFailed: 'Last poll needs a look', check: 'Check the connection', checkGood: 'It answers and permits what is needed.',
    outcomes: { done: 'Done', retry: 'Tried again', rejected: 'Refused', unknown: 'Not confirmed' } as Words,
    place: 'Runs', places: { in_process: 'in the hub', process: 'in a process of its own', sandboxed: 'in a sandbox' } as Words,
    processStates: { starting: 'Its process is starting', running: 'Its process runs', waiting: 'Its process ended and is started again', parked: 'Its process ended too often and is not started again: orderhub connectors resume', stopped: 'Its process is stopped' } as Words,
    ended: (n: number) => (n === 1 ? 'It has ended once by itself.' : `It has ended ${n} times by itself.`),
    waiting: 'Waiting', parked: 'Parked', accepted: 'Messages accepted', applied: 'Records applied', delivered: 'Delivered', polls: 'Polls / failed', limit: 'Rate limit',
    rateLimit: (interval: string, burst: string) => `one each ${interval} ms, ${burst} at once`, noLimit: 'the system’s own', library: 'Library', held: (reason: string) => `Held back: ${reason}`, can: 'Can:',
    stability: { real: 'proven on the real system', contract: 'by contract', example: 'example' } as Words, kinds: { storefront: 'Storefront', servicedesk: 'Service desk', finance: 'Books' } as Words,
    what: 'Message', system: 'System', tries: 'Tries', error: 'Error', anySystem: 'Any system',
    boxes: { parked: 'Parked', waiting: 'Waiting', unknown: 'Not confirmed', done: 'Delivered', dropped: 'Dropped', inbox: 'Not understood' },
    nothingParked: 'No message is parked: everything is delivered or on its way.', nothingHere: 'Nothing here.', inboxEmpty: 'Every message that came in was understood.', more: 'Show more', received: 'Received', raw: 'Raw message',
    byCode: 'Error', anyCode: 'Any error', retryAll: 'Retry parked…', retryNow: (n: number) => `Send ${n} again`, retried: (n: number) => `${n} are sent again.`, edit: 'Edit', edited: 'Edited message', original: 'What it was at first',
    changed: (n: number) => (n === 1 ? '1 line changed. The original is kept.' : `${n} lines changed. The original is kept.`), save: 'Keep the edited message', drop: 'Drop…', dropReason: 'Why it is given up', dropNow: 'Drop for good',
    attempts: (n: number) => `Tries (${n})`, facts: 'Facts', openOrder: 'Open the order', key: 'Key', created: 'Created', nextTry: 'Next try', behind: 'Waiting behind it', message: 'Message', result: 'Answer', headers: 'Headers',
    sameKey: 'It is sent under the same key. The hub looks up what the system already has before it sends again.', sendUnchanged: 'Send unchanged', sendEdited: 'Send edited', readAgain: 'Read again', findEvents: 'Find in type, person, order or data', saveAs: 'Save what is shown',
    eventsShown: (n: number) => `${n} events`, newEvents: (n: number) => (n === 1 ? '1 new event' : `${n} new events`), type: 'Type', who: 'Who', about: 'About', sinceOpen: 'Since this page was opened, every 2 seconds', perSecond: 'a second', messagesUnit: 'messages', milliseconds: 'milliseconds', asTable: 'As a table',
    plots: { applied: 'Records applied', delivered: 'Delivered', waiting: 'Deliveries waiting', parked: 'Deliveries parked', inbox: 'Inbox waiting', retried: 'Tried again', requests: 'Requests to the hub', answer: 'Mean time to answer' },
    from: 'From', to: 'Up to and with', reconcile: 'Compare', reconcileHint: 'Choose a period. The hub asks every system that knows of orders or documents.', differences: 'Differences', nothingDiffers: 'Nothing differs.', side: 'Side', ours: 'Hub', theirs: 'Other side',
    sides: { books: 'Books', payments: 'Payments', storefront: 'Storefront' } as Words,
  },
};
