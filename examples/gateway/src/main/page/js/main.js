import { Board } from './board.js';
import { dress } from './look.js';
import { Draft } from './draft.js';
import { FIRST, lay, offer, titleOf } from './documents.js';
import { Me } from './me.js';
import { askName, knownName } from './names.js';
import { People } from './people.js';
import { Room } from './room.js';
import { Server } from './server.js';
import { Speech } from './speech.js';

const STATES = { joining: 'Joining', live: 'Live', lost: 'Connection lost, trying again' };
const UNAUTHORIZED = 401;

const find = (id) => document.getElementById(id);

async function start() {
    if (!globalThis.Appwrite) {
        notice('The SDK is not part of this build: build the gateway where npm can be reached.');
        return;
    }
    const options = new URLSearchParams(location.search);
    lay(find('cards'), FIRST);
    const server = new Server(options);
    const entered = server.enter();
    const name = knownName(options) ?? (await askName(find('join')));
    await entered;
    await open(server, new Me(server, name, FIRST));
}

async function open(server, me) {
    const people = new People(find('people'), find('people-count'), titleOf);
    const board = new Board(find('board'), find('cursors'), find('own-cursor'), me);
    const draft = new Draft(find('draft'), find('banner'), find('typing'), me);
    const speech = new Speech(find('spoken'));
    const showPeople = (roster) => {
        people.show(roster, me);
        draft.showPeople(roster);
        speech.people(roster, me, find('connection').dataset.state === 'live');
    };
    const room = new Room(server, me, {
        people: showPeople,
        document: (roster) => {
            board.show(roster);
            draft.showDocument(roster);
        },
        state: (state) => {
            showState(state);
            showPeople(room.people);
        },
        refused: (error, code) => refused(error, code, { server, room }),
    });
    offer(find('documents'), (id) => {
        lay(find('cards'), id);
        room.move(id).then(() => showPeople(room.people));
    });
    showMe(me);
    await room.enter();
}

function showMe(me) {
    const show = () => {
        dress(find('my-avatar'), me.name);
        find('my-name').textContent = me.name;
    };
    find('status').addEventListener('change', (event) => me.setStatus(event.target.value));
    find('rename').addEventListener('click', async () => {
        me.rename(await askName(find('join'), me.name));
        show();
    });
    show();
}

function showState(state) {
    const shown = find('connection');
    shown.dataset.state = state;
    shown.textContent = STATES[state];
}

let entering = false;

/** After a restart without --secret a gateway knows no anonymous session, so a new one is created. */
async function refused(error, code, { server, room }) {
    if (code === UNAUTHORIZED && !entering) {
        entering = true;
        try {
            await server.enter();
            await room.enterAgain();
        } finally {
            entering = false;
        }
    } else if (code !== undefined) {
        console.warn(`The gateway refused a message (${code}): ${error.message}`);
    }
}

function notice(text) {
    find('notice').textContent = text;
    find('notice').hidden = text === '';
}

start().catch((failed) => {
    console.error(failed);
    notice(`Could not enter: ${failed.message}`);
});
