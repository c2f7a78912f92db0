import { nameOf } from './look.js';

/** The notes: publishes that this user writes, and shows the others who do. */
export class Draft {
    #banner;
    #typing;
    #me;

    constructor(field, banner, typing, me) {
        this.#banner = banner;
        this.#typing = typing;
        this.#me = me;
        field.addEventListener('focus', () => me.setEditing(true));
        field.addEventListener('blur', () => me.setEditing(false));
        field.addEventListener('input', () => me.type());
    }

    /** Shows a warning. The notes stay editable. */
    showPeople(roster) {
        const names = this.#others(roster, ({ metadata }) => metadata.editing === true && metadata.documentId === this.#me.documentId);
        const text = `${sentence(names, 'is', 'are')} editing here. You still can; agree who writes what.`;
        put(this.#banner, names.length > 0 ? text : '');
        this.#banner.hidden = names.length === 0;
    }

    showDocument(roster) {
        const names = this.#others(roster, ({ metadata }) => metadata.kind === 'typing');
        put(this.#typing, names.length > 0 ? `${sentence(names, 'is', 'are')} typing…` : '');
    }

    #others(roster, holds) {
        return [...roster.values()]
            .filter((presence) => !this.#me.owns(presence.$id) && holds(presence))
            .map(nameOf)
            .sort();
    }
}

/** An unchanged text is not set again, since screen readers would read it again. */
function put(element, text) {
    if (element.textContent !== text) {
        element.textContent = text;
    }
}

function sentence(names, one, many) {
    if (names.length > 2) {
        return `${names[0]} and ${names.length - 1} others ${many}`;
    }
    return `${names.join(' and ')} ${names.length === 1 ? one : many}`;
}
