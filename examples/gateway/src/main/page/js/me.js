import { ID } from './server.js';
import { OneAtATime, paced } from './pace.js';

const CURSOR_INTERVAL = 80;
const TYPING_INTERVAL = 1500;
const TYPING_LIFETIME = 4000;
const PATIENCE = 5000;

/**
 * The three presences of this window. The person and the cursor are written over the socket and end
 * with it. Typing is written over HTTP with a TTL of a few seconds, and expires when the typing stops.
 */
export class Me {
    #server;
    #permissions;
    #visit = 0;
    #person = { status: 'online', editing: false };
    #cursor = { x: 0.5, y: 0.5, status: 'absent' };
    #cursors = new OneAtATime(PATIENCE, () => this.#writeCursor());
    #sendCursor = paced(CURSOR_INTERVAL, () => this.#cursors.send());
    #sendTyping = paced(TYPING_INTERVAL, () => this.#writeTyping());

    constructor(server, name, documentId) {
        const window = ID.unique();
        this.#server = server;
        this.#permissions = [Appwrite.Permission.read(Appwrite.Role.users())];
        this.personId = window;
        this.cursorId = `${window}-cursor`;
        this.typingId = `${window}-typing`;
        this.name = name;
        this.documentId = documentId;
    }

    owns(id) {
        return id === this.personId || id === this.cursorId || id === this.typingId;
    }

    /** Whether an event is of a presence that this window wrote over the socket in its present document. */
    isEcho({ events, payload }) {
        const over = payload.$id === this.personId || payload.$id === this.cursorId;
        return over && events[0].endsWith('.upsert') && payload.metadata.visit === this.#visit;
    }

    /** Writes all presences that end with the socket. On a reconnect the SDK repeats only the last one. */
    announce() {
        this.#writePerson();
        this.#writeCursor();
    }

    rename(name) {
        this.name = name;
        this.announce();
    }

    setStatus(status) {
        this.#person.status = status;
        this.#writePerson();
    }

    setEditing(editing) {
        if (this.#person.editing !== editing) {
            this.#person.editing = editing;
            this.#writePerson();
        }
    }

    /** Enters another document, where the cursor is not visible yet. It is published with the next announcement. */
    move(documentId) {
        this.documentId = documentId;
        this.#visit++;
        this.#cursor.status = 'absent';
        this.#person.editing = false;
    }

    /** Called for each event of the document, which may be one of the cursor of this window. */
    hear({ payload }) {
        if (payload.$id === this.cursorId) {
            this.#cursors.arrived();
        }
    }

    point(x, y) {
        this.#cursor = { x: round(x), y: round(y), status: 'pointing' };
        this.#sendCursor();
    }

    /** The cursor keeps its place, if it has one. */
    rest() {
        if (this.#cursor.status === 'pointing') {
            this.#cursor.status = 'idle';
            this.#sendCursor();
        }
    }

    type() {
        this.#sendTyping();
    }

    #writePerson() {
        const { status, editing } = this.#person;
        this.#overSocket(this.personId, status, { kind: 'person', editing });
    }

    #writeCursor() {
        const { x, y, status } = this.#cursor;
        this.#overSocket(this.cursorId, status, { kind: 'cursor', x, y });
    }

    #overSocket(presenceId, status, more) {
        const metadata = { ...this.#common(), visit: this.#visit, ...more };
        this.#server.realtime.upsertPresence({ presenceId, status, permissions: this.#permissions, metadata });
    }

    #common() {
        return { documentId: this.documentId, name: this.name };
    }

    async #writeTyping() {
        try {
            await this.#server.presences.upsert({
                presenceId: this.typingId,
                status: 'typing',
                permissions: this.#permissions,
                expiresAt: new Date(Date.now() + TYPING_LIFETIME).toISOString(),
                metadata: { ...this.#common(), kind: 'typing' },
            });
        } catch (failed) {
            console.warn('Typing could not be told:', failed.message);
        }
    }
}

function round(fraction) {
    return Math.round(fraction * 1000) / 1000;
}
