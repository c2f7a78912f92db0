import { paced } from './pace.js';
import { ServerTime } from './time.js';

const INTERVAL = 1000;
const LIFETIME = 10_000;

/**
 * The right to write the notes of a document: a presence whose id is the same for all users. Only its owner can
 * replace it, so the server refuses a second one. Each key extends it, and without a key it expires after ten
 * seconds.
 */
export class Lock {
    #server;
    #me;
    #time;
    #send = paced(INTERVAL, (documentId, at) => this.#write(documentId, at));

    constructor(server, me, time) {
        this.#server = server;
        this.#me = me;
        this.#time = time;
    }

    static idOf(documentId) {
        return `notes-${documentId}`;
    }

    /** Takes or extends the lock of the present document, for a key that was pressed now. */
    take() {
        this.#send(this.#me.documentId, this.#time.now());
    }

    /** Gives the lock of a document back before it expires. */
    async release(documentId) {
        try {
            await this.#server.presences.delete({ presenceId: Lock.idOf(documentId) });
        } catch (failed) {
            console.warn('The lock was not released:', failed.message);
        }
    }

    async #write(documentId, at) {
        if (documentId !== this.#me.documentId) {
            return;
        }
        try {
            await this.#server.presences.upsert({
                presenceId: Lock.idOf(documentId),
                status: 'writing',
                permissions: this.#me.permissions,
                expiresAt: ServerTime.text(at + LIFETIME),
                metadata: this.#me.common('lock'),
            });
        } catch (failed) {
            console.warn('The lock was not taken:', failed.message);
        }
    }
}
