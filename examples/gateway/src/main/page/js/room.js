import { Query } from './server.js';
import { Roster } from './roster.js';

const CHANNEL = 'presences';
const RETRY = 2000;
const PEOPLE = [Query?.equal('metadata.kind', 'person')];
const inDocument = (id) => [Query.equal('metadata.kind', ['cursor', 'typing']), Query.equal('metadata.documentId', id)];

/**
 * Two subscriptions of one socket, kept in sync with the server: all users, and the presences of one document.
 *
 * The SDK does not report when a subscription is open. But the gateway handles the frames of a socket in order, so once
 * an event of a presence of this window has arrived, the subscriptions sent before it are open. Then the page lists.
 */
export class Room {
    #server;
    #me;
    #documents;
    #state;
    #awaited = true;
    #turn = 0;

    /**
     * @param {object} told `people`, `document`: called with a roster that changed; `state`: called with `joining`,
     *     `live` or `lost`; `refused`: called with an error of the server and its code
     */
    constructor(server, me, told) {
        this.#server = server;
        this.#me = me;
        this.#state = told.state;
        this.people = new Roster(told.people);
        this.document = new Roster(told.document);
        server.realtime.onOpen(() => this.#restart());
        server.realtime.onClose(() => told.state('lost'));
        server.realtime.onError((error, code) => told.refused(error, code));
    }

    async enter() {
        const { realtime } = this.#server;
        const subscribed = Promise.all([
            realtime.subscribe(CHANNEL, (event) => this.#take(this.people, event), PEOPLE),
            realtime.subscribe(CHANNEL, (event) => this.#takeInDocument(event), inDocument(this.#me.documentId)),
        ]);
        this.#me.announce();
        [, this.#documents] = await subscribed;
    }

    /** Enters with the present session of the browser. A socket keeps the user that it was opened with. */
    async enterAgain() {
        await this.#server.realtime.disconnect();
        await this.enter();
    }

    /** Switches to another document. */
    async move(documentId) {
        this.#me.move(documentId);
        this.document.clear();
        this.#restart();
        await this.#documents.update({ queries: inDocument(documentId) });
        this.#me.announce();
    }

    #restart() {
        this.#turn++;
        this.#awaited = true;
        this.people.restart();
        this.document.restart();
        this.#state('joining');
    }

    #take(roster, event) {
        roster.take(event);
        if (this.#awaited && this.#me.isEcho(event)) {
            this.#awaited = false;
            this.#me.announce();
            this.#settle(this.#turn);
        }
    }

    /** Events that arrive after the document was left are ignored. */
    #takeInDocument(event) {
        this.#me.hear(event);
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
                this.#state('live');
            }
        } catch (failed) {
            console.warn('Could not list who is here:', failed.message);
            setTimeout(() => turn === this.#turn && this.#settle(turn), RETRY);
        }
    }
}
