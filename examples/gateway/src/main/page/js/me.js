import { OneAtATime, paced } from './pace.js';

const CURSOR_INTERVAL = 80;
const PATIENCE = 5000;

/** The presences of this window that end with its socket: the person, the cursor and the pulse. */
export class Me {
    #server;
    #permissions = [Appwrite.Permission.read(Appwrite.Role.users())];
    #status = 'online';
    #idle = false;
    #writing = false;
    #leaving = false;
    #entered = false;
    #cursor = { x: 0.5, y: 0.5, status: 'absent' };
    #cursors = new OneAtATime(PATIENCE, () => this.#writeCursor());
    #sendCursor = paced(CURSOR_INTERVAL, () => this.#cursors.send());

    /** @param {string} windowId the id of the person; those of the others begin with it */
    constructor(server, windowId, userId, name, documentId) {
        this.#server = server;
        this.personId = windowId;
        this.cursorId = `${windowId}-cursor`;
        this.pulseId = `${windowId}-pulse`;
        this.typingId = `${windowId}-typing`;
        this.userId = userId;
        this.name = name;
        this.documentId = documentId;
    }

    /** The permissions of a presence that all users may read. */
    get permissions() {
        return this.#permissions;
    }

    owns(id) {
        return this.isEcho(id) || id === this.typingId;
    }

    /** Whether a presence is written by this window over the socket. */
    isEcho(id) {
        return [this.personId, this.cursorId, this.pulseId].includes(id);
    }

    /** Metadata that each presence of this window has. */
    common(kind) {
        return { kind, documentId: this.documentId, name: this.name, window: this.personId };
    }

    /** Writes the person and the cursor. Called when the subscriptions of the socket are open. */
    announce() {
        this.#entered = true;
        this.#writePerson();
        this.#writeCursor();
    }

    /** Called when the socket is closed. Until the next announcement nothing is written. */
    away() {
        this.#entered = false;
    }

    /** Says that this window closes, so that its end is no loss of connection. */
    leave(leaving = true) {
        this.#leaving = leaving;
        this.#cursor.status = 'absent';
        this.#writeCursor();
        this.#writePerson();
    }

    /** Writes the pulse, which no other user can read. */
    beat(beat) {
        const { personId, pulseId } = this;
        const metadata = { kind: 'pulse', window: personId, beat };
        this.#server.realtime.upsertPresence({ presenceId: pulseId, status: 'pulse', permissions: [], metadata });
    }

    rename(name) {
        this.name = name;
        this.#writePerson();
        this.#writeCursor();
    }

    setStatus(status) {
        this.#status = status;
        this.#writePerson();
    }

    /** Without input an online user is shown as away. */
    setIdle(idle) {
        this.#idle = idle;
        this.#writePerson();
    }

    setWriting(writing) {
        if (this.#writing !== writing) {
            this.#writing = writing;
            this.#writePerson();
        }
    }

    /** Enters another document, where the cursor is not visible yet. The next announcement publishes both. */
    move(documentId) {
        this.documentId = documentId;
        this.#cursor.status = 'absent';
        this.#writing = false;
    }

    /** Called when an event of the cursor of this window has arrived. */
    heard(id) {
        if (id === this.cursorId) {
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

    #writePerson() {
        const status = this.#idle && this.#status === 'online' ? 'away' : this.#status;
        const more = { writing: this.#writing, leaving: this.#leaving };
        this.#write(this.personId, status, { ...this.common('person'), ...more });
    }

    #writeCursor() {
        const { x, y, status } = this.#cursor;
        this.#write(this.cursorId, status, { ...this.common('cursor'), x, y });
    }

    /* Without a socket, the SDK would open one for each write. */
    #write(presenceId, status, metadata) {
        if (this.#entered) {
            this.#server.realtime.upsertPresence({ presenceId, status, permissions: this.#permissions, metadata });
        }
    }
}

function round(fraction) {
    return Math.round(fraction * 1000) / 1000;
}
