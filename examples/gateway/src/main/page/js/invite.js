import { put } from './look.js';

const SAID = 3000;

/** Offers a link to copy while nobody else is here. */
export class Invite {
    #box;
    #field;

    constructor(box) {
        this.#box = box;
        this.#field = box.querySelector('input');
        const button = box.querySelector('button');
        button.addEventListener('click', async () => {
            put(button, (await this.#copy()) ? 'Copied' : 'Press Ctrl+C');
            setTimeout(() => put(button, 'Copy'), SAID);
        });
        this.#field.addEventListener('focus', () => this.#field.select());
    }

    show(isAlone) {
        this.#box.hidden = !isAlone;
        const url = new URL(location.href);
        ['name', 'session'].forEach((own) => url.searchParams.delete(own));
        url.hash = '';
        if (this.#field.value !== url.href) {
            this.#field.value = url.href;
        }
    }

    /** Without a secure context there is no clipboard, and the link is selected. */
    async #copy() {
        try {
            await navigator.clipboard.writeText(this.#field.value);
            return true;
        } catch {
            this.#field.select();
            return false;
        }
    }
}
