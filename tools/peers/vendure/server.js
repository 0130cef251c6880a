'use strict';
// The test shop: server and job queue worker in one process. Everything comes from the environment.
const { bootstrap, JobQueueService } = require('@vendure/core');
const { config } = require('./config');

async function main() {
    const app = await bootstrap(config);
    await app.get(JobQueueService).start();
    const stop = () => app.close().then(() => process.exit(0), () => process.exit(1));
    process.on('SIGTERM', stop);
    process.on('SIGINT', stop);
}

main().catch(error => {
    console.error(error);
    process.exit(1);
});
