import { colourOf, element, nameOf, placeOf, put } from './look.js';

const CROWD = 12;
const STEP = 0.02;
const LARGE_STEP = 0.1;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** The board: publishes the cursor of this window, moved by pointer or keyboard, and shows the other cursors. */
export class Board {
    #board;
    #layer;
    #own;
    #me;
    #place = { x: 0.5, y: 0.5 };
    #cursors = new Map();

    constructor(board, layer, own, me) {
        this.#board = board;
        this.#layer = layer;
        this.#own = own;
        this.#me = me;
        board.addEventListener('pointermove', (event) => this.#pointer(event));
        board.addEventListener('pointerdown', (event) => this.#pointer(event));
        ['pointerleave', 'pointercancel'].forEach((type) => board.addEventListener(type, () => me.rest()));
        board.addEventListener('keydown', (event) => this.#key(event));
        board.addEventListener('blur', () => this.#leave());
    }

    show(roster) {
        const others = [...roster.values()].filter((presence) => this.#isShown(presence));
        const ids = new Set(others.map(({ $id }) => $id));
        for (const [id, cursor] of this.#cursors) {
            if (!ids.has(id)) {
                cursor.remove();
                this.#cursors.delete(id);
            }
        }
        this.#layer.dataset.crowded = String(others.length > CROWD);
        others.forEach((presence) => this.#showCursor(presence));
    }

    #isShown({ $id, status, metadata }) {
        return metadata?.kind === 'cursor' && status !== 'absent' && !this.#me.owns($id);
    }

    #showCursor(presence) {
        const cursor = this.#cursors.get(presence.$id) ?? this.#make(presence.$id);
        const { x, y } = placeOf(presence);
        const name = nameOf(presence);
        place(cursor, x, y);
        cursor.style.setProperty('--own', colourOf(presence.userId));
        cursor.dataset.status = presence.status === 'pointing' ? 'pointing' : 'idle';
        cursor.dataset.side = x > 0.75 ? 'left' : 'right';
        cursor.dataset.edge = y > 0.88 ? 'bottom' : 'none';
        put(cursor.firstChild, name);
    }

    #make(id) {
        const cursor = element('div', 'cursor');
        cursor.dataset.id = id;
        cursor.append(element('bdi', 'tag'));
        this.#layer.append(cursor);
        this.#cursors.set(id, cursor);
        return cursor;
    }

    #pointer(event) {
        const { left, top, width, height } = this.#board.getBoundingClientRect();
        this.#own.hidden = true;
        this.#moveTo((event.clientX - left) / width, (event.clientY - top) / height);
    }

    #key(event) {
        const arrow = ARROWS[event.key];
        if (arrow) {
            event.preventDefault();
            const step = event.shiftKey ? LARGE_STEP : STEP;
            this.#moveTo(this.#place.x + arrow[0] * step, this.#place.y + arrow[1] * step);
            this.#own.hidden = false;
            this.#own.style.setProperty('--own', colourOf(this.#me.userId));
            place(this.#own, this.#place.x, this.#place.y);
        }
    }

    #leave() {
        this.#own.hidden = true;
        this.#me.rest();
    }

    #moveTo(x, y) {
        this.#place = { x: Math.min(1, Math.max(0, x)), y: Math.min(1, Math.max(0, y)) };
        this.#me.point(this.#place.x, this.#place.y);
    }
}

function place(element, x, y) {
    element.style.setProperty('--x', x);
    element.style.setProperty('--y', y);
}
