import { Board } from './board.js';
import { Connection } from './connection.js';
import { keepDocument, lay, titleOf } from './documents.js';
import { Invite } from './invite.js';
import { Lingering } from './lingering.js';
import { Lock } from './lock.js';
import { dress, put } from './look.js';
import { keepName } from './names.js';
import { News } from './news.js';
import { Notes } from './notes.js';
import { paced } from './pace.js';
import { People } from './people.js';
import { Room } from './room.js';
import { Tabs } from './tabs.js';
import { ServerTime } from './time.js';
import { Typing } from './typing.js';
import { usersOf } from './users.js';

const INTERVAL = 50;
const UNAUTHORIZED = 401;

const find = (id) => document.getElementById(id);

/** The parts of the page, and the room that they show. Many changes at once are shown once. */
export class Page {
    #server;
    #me;
    #room;
    #isEntering = false;
    #lingering = new Lingering(() => this.#showPeople());
    #connection = new Connection(find('connection'), () => this.#room.check());
    #invite = new Invite(find('invite'));
    #news = new News(find('news'), titleOf);
    #people = new People(find('people'), find('people-count'), find('people-more'), titleOf);
    #tabs;
    #board;
    #notes;
    #showPeople = paced(INTERVAL, () => this.#users());

    constructor(server, me) {
        const time = new ServerTime();
        this.#server = server;
        this.#me = me;
        this.#board = new Board(find('board'), find('cursors'), find('own-cursor'), me);
        this.#notes = this.#makeNotes(time);
        this.#tabs = new Tabs(find('documents'), me.documentId, (id) => this.#move(id));
        this.#room = this.#makeRoom(time);
        lay(find('cards'), me.documentId);
        this.showMe();
    }

    enter() {
        return this.#room.enter();
    }

    showMe() {
        dress(find('my-avatar'), this.#me.name, this.#me.userId);
        put(find('my-name'), this.#me.name);
    }

    #makeNotes(time) {
        const lock = new Lock(this.#server, this.#me, time);
        const ids = ['frame', 'holder', 'fuse', 'typing'];
        const parts = { field: find('draft'), ...Object.fromEntries(ids.map((id) => [id, find(id)])) };
        return new Notes(parts, this.#me, time, lock, new Typing(this.#server, this.#me, time));
    }

    #makeRoom(time) {
        const showDocument = paced(INTERVAL / 2, (roster) => {
            this.#board.show(roster);
            this.#notes.show(roster);
        });
        return new Room(this.#server, this.#me, time, {
            people: (roster, event) => {
                this.#lingering.see(roster, event);
                this.#showPeople();
            },
            document: showDocument,
            state: (state) => {
                this.#connection.show(state);
                this.#users();
            },
            refused: (error, code) => this.#refused(error, code),
        });
    }

    #users() {
        const users = usersOf(this.#lingering.values(), this.#me);
        this.#people.show(users);
        this.#tabs.show(users);
        this.#invite.show(this.#connection.isLive && users.length === 1);
        this.#showTitle(users.length);
        if (this.#connection.isLive) {
            this.#news.users(users, (userId) => this.#lingering.whyGone(userId));
        }
    }

    #showTitle(count) {
        const prefix = this.#connection.isDown ? 'No connection' : `(${count})`;
        document.title = `${prefix} ${titleOf(this.#me.documentId)} · Presence`;
    }

    #move(id) {
        this.#notes.close();
        lay(find('cards'), id);
        keepDocument(id);
        this.#room.move(id);
        this.#notes.open();
    }

    /** After a restart without --secret a gateway knows no anonymous session, so a new one is created. */
    async #refused(error, code) {
        if (code !== UNAUTHORIZED) {
            console.warn(`The gateway reports an error${code === undefined ? '' : ` (${code})`}: ${error.message}`);
        } else if (!this.#isEntering) {
            this.#isEntering = true;
            try {
                this.#me.userId = (await this.#server.enter()).$id;
                keepName(this.#me.name, this.#me.userId);
                this.showMe();
                await this.#room.enterAgain();
            } catch (failed) {
                console.warn('Could not enter again:', failed.message);
            } finally {
                this.#isEntering = false;
            }
        }
    }
}
