import { documentOf } from './documents.js';
import { askName, keepName, knownName, onNameKept } from './names.js';
import { Me } from './me.js';
import { Page } from './page.js';
import { Server } from './server.js';
import { watchIdle } from './idle.js';
import { windowId } from './window.js';

const find = (id) => document.getElementById(id);

async function start() {
    if (!globalThis.Appwrite) {
        notice('The SDK is not part of this build: build the gateway where npm can be reached.');
        return;
    }
    const options = new URLSearchParams(location.search);
    const server = new Server(options);
    const { $id: userId } = await server.enter();
    const name = knownName(options, userId) || (await firstName(userId));
    const me = new Me(server, windowId(), userId, name, documentOf(options));
    const page = new Page(server, me);
    control(me, page);
    await page.enter();
}

async function firstName(userId) {
    const name = await askName(find('join'));
    keepName(name, userId);
    return name;
}

/** Connects what the user does with what the page publishes. */
function control(me, page) {
    const rename = (name) => {
        me.rename(name);
        page.showMe();
    };
    find('rename').addEventListener('click', async () => {
        const name = await askName(find('join'), me.name);
        if (name !== null && name !== me.name) {
            keepName(name, me.userId);
            rename(name);
        }
    });
    onNameKept(() => me.userId, rename);
    find('status').addEventListener('change', (event) => me.setStatus(event.target.value));
    watchIdle((idle) => me.setIdle(idle));
    addEventListener('pagehide', () => me.leave());
    addEventListener('pageshow', (event) => event.persisted && me.leave(false));
}

function notice(text) {
    find('notice').textContent = text;
    find('notice').hidden = text === '';
}

start().catch((failed) => {
    console.error(failed);
    notice(`Could not enter: ${failed.message}`);
});
