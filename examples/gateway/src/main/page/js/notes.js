import { Lock } from './lock.js';
import { colourOf, isolated, nameOf, put } from './look.js';
import { subject } from './users.js';

const keyOf = (documentId) => `presence.notes.${documentId}`;

/** The notes of a document. One window at a time writes them; its user is shown on the border of the field. */
export class Notes {
    #parts;
    #me;
    #time;
    #lock;
    #typing;
    #holder = null;
    #lastWriters = new Map();

    /** @param {object} parts `field`, `frame`, `holder`, `fuse` and `typing`: elements */
    constructor(parts, me, time, lock, typing) {
        this.#parts = parts;
        this.#me = me;
        this.#time = time;
        this.#lock = lock;
        this.#typing = typing;
        parts.field.addEventListener('input', () => {
            this.#keep();
            lock.take();
            typing.type();
        });
        this.open();
    }

    /** Shows the notes of the present document, which are those of this window. */
    open() {
        this.#parts.field.value = sessionStorage.getItem(keyOf(this.#me.documentId)) ?? '';
        this.#show(null);
    }

    /** Leaves the present document. */
    close() {
        if (this.#isMine(this.#holder)) {
            this.#lock.release(this.#me.documentId);
        }
        this.#typing.stop();
    }

    show(roster) {
        const present = [...roster.values()];
        const typing = present.filter(({ $id, metadata }) => metadata.kind === 'typing' && !this.#me.owns($id));
        const names = typing.map(nameOf).sort();
        put(this.#parts.typing, names.length > 0 ? `${subject(names, 'is', 'are')} typing…` : '');
        this.#show(present.find(({ $id }) => $id === Lock.idOf(this.#me.documentId)) ?? null);
    }

    #keep() {
        sessionStorage.setItem(keyOf(this.#me.documentId), this.#parts.field.value);
    }

    #isMine(holder) {
        return holder?.userId === this.#me.userId && holder.metadata.window === this.#me.personId;
    }

    #show(holder) {
        if (holder && holder.expiresAt !== this.#holder?.expiresAt) {
            this.#light(holder);
        }
        if (holder) {
            this.#lastWriters.set(this.#me.documentId, holder);
        }
        const isMine = this.#isMine(holder);
        const { field, frame } = this.#parts;
        this.#holder = holder;
        frame.dataset.held = holder ? (isMine ? 'mine' : 'theirs') : 'no';
        frame.style.setProperty('--own', colourOf(holder?.userId));
        field.readOnly = holder !== null && !isMine;
        put(this.#parts.holder, this.#label(holder, isMine));
        this.#me.setWriting(isMine);
    }

    #label(holder, isMine) {
        const writer = holder ?? this.#lastWriters.get(this.#me.documentId);
        if (!writer) {
            return '';
        }
        const isMe = writer.userId === this.#me.userId;
        const name = isMe ? 'You' : isolated(nameOf(writer));
        if (!holder) {
            return `${name} wrote last`;
        }
        return `${name} ${isMe ? 'are' : 'is'} writing${isMe && !isMine ? ' in another window' : ''}`;
    }

    /** The fuse is as long as the lock has left. */
    #light({ expiresAt }) {
        const left = Math.max(0, Date.parse(expiresAt) - this.#time.now());
        const { fuse } = this.#parts;
        fuse.getAnimations().forEach((animation) => animation.cancel());
        fuse.animate([{ transform: 'scaleX(1)' }, { transform: 'scaleX(0)' }], { duration: left, fill: 'forwards' });
    }
}
