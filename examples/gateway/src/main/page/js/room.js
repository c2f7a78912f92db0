import { Link } from './link.js';
import { Roster } from './roster.js';
import { Query } from './server.js';

const ALL = 'presences';
const RETRY = 2000;
const RETRY_LIST = 500;
const PEOPLE = [Query?.equal('metadata.kind', 'person')];
const KINDS = ['cursor', 'typing', 'lock'];
const inDocument = (id) => [Query.equal('metadata.kind', KINDS), Query.equal('metadata.documentId', id)];

/**
 * The subscriptions of one socket, kept in sync with the server: all persons, the presences of one document, and the
 * pulse of this window. When they are open, the page lists.
 */
export class Room {
    #server;
    #me;
    #time;
    #link;
    #documents;
    #entry = 0;
    #turn = 0;

    /**
     * @param {object} on `people`, `document`: called with a roster that changed; `state`: called with a state of the
     *     link; `refused`: called with an error of the server and its code
     */
    constructor(server, me, time, on) {
        this.#server = server;
        this.#me = me;
        this.#time = time;
        this.people = new Roster(on.people);
        this.document = new Roster(on.document);
        this.#link = new Link(server.realtime, me, {
            restart: () => this.#restart(),
            ready: () => this.#settle(this.#turn),
            reconnect: () => this.enterAgain(),
            state: on.state,
        });
        server.realtime.onError(on.refused);
    }

    /** Subscribes, by a new socket. Tries again until one is open; then the SDK reopens it whenever it closes. */
    async enter() {
        const { realtime } = this.#server;
        const entry = ++this.#entry;
        try {
            [this.#documents] = await Promise.all([
                realtime.subscribe(ALL, (event) => this.#takeInDocument(event), inDocument(this.#me.documentId)),
                realtime.subscribe(ALL, (event) => this.#take(this.people, event), PEOPLE),
                realtime.subscribe(`${ALL}.${this.#me.pulseId}`, (event) => this.#link.heard(event)),
            ]);
        } catch {
            if (entry === this.#entry) {
                realtime.disconnect();
                this.#link.close();
                setTimeout(() => entry === this.#entry && this.enter(), RETRY);
            }
        }
    }

    /** Enters with the present session of the browser. A socket keeps the user that it was opened with. */
    async enterAgain() {
        this.#server.realtime.disconnect();
        await this.enter();
    }

    /** Switches to another document. */
    async move(documentId) {
        this.#me.move(documentId);
        this.document.clear();
        this.#link.restart();
        try {
            await this.#documents?.update({ queries: inDocument(documentId) });
            this.#link.fence();
        } catch {
            /* Without a connection the SDK keeps the queries, and sends them when it has one. */
        }
    }

    /** Asks the server now for a sign. */
    check() {
        this.#link.check();
    }

    #restart() {
        this.#turn++;
        this.people.restart();
        this.document.restart();
    }

    #take(roster, event) {
        this.#time.hear(event.timestamp);
        if (this.#me.isEcho(event.payload.$id)) {
            this.#link.heard(event);
        }
        roster.take(event);
    }

    /** Events that arrive after the document was left are ignored. */
    #takeInDocument(event) {
        this.#me.heard(event.payload.$id);
        if (event.payload.metadata.documentId === this.#me.documentId) {
            this.#take(this.document, event);
        }
    }

    async #settle(turn) {
        try {
            const [people, inside] = await Promise.all([
                this.#server.list(PEOPLE),
                this.#server.list(inDocument(this.#me.documentId)),
            ]);
            if (turn === this.#turn) {
                this.people.settle(people);
                this.document.settle(inside);
                this.#link.inSync();
            }
        } catch (failed) {
            console.warn('Could not list who is here:', failed.message);
            setTimeout(() => turn === this.#turn && this.#settle(turn), RETRY_LIST);
        }
    }
}
