import { isolated, nameOf, statusOf } from './look.js';

/** The status of a user is that of the window that ranks highest. */
const RANKS = ['busy', 'online', 'away'];

const BY_NAME = new Intl.Collator(undefined, { numeric: true });

/**
 * Groups persons by user. A user has one entry, whatever the number of windows.
 *
 * @param {object[]} persons presences; `gone` marks one that is not here any more
 * @param {object} me
 * @returns {object[]} this user first, then by name
 */
export function usersOf(persons, me) {
    const groups = new Map();
    for (const person of persons) {
        const group = groups.get(person.userId);
        if (group) {
            group.push(person);
        } else {
            groups.set(person.userId, [person]);
        }
    }
    return [...groups.values()].map((windows) => merge(windows, me)).sort(byOrder);
}

function merge(all, me) {
    const here = all.filter(({ gone }) => gone === undefined);
    const windows = (here.length > 0 ? here : all).sort(byAge);
    const { userId, gone } = windows[0];
    const isMe = userId === me.userId;
    return {
        userId,
        isMe,
        gone,
        name: isMe ? me.name : nameOf(windows[0]),
        status: RANKS.find((status) => windows.some((window) => statusOf(window) === status)),
        windows: windows.length,
        documents: [...new Set(windows.map(({ metadata }) => metadata?.documentId))],
        writesIn: windows.find(({ metadata }) => metadata?.writing === true)?.metadata.documentId,
    };
}

function byAge(a, b) {
    return a.$createdAt.localeCompare(b.$createdAt) || a.$id.localeCompare(b.$id);
}

function byOrder(a, b) {
    return Number(b.isMe) - Number(a.isMe) || BY_NAME.compare(a.name, b.name) || a.userId.localeCompare(b.userId);
}

/** @returns {string} names as the subject of a sentence, at most two of them */
export function subject(names, one, many) {
    if (names.length > 2) {
        return `${isolated(names[0])} and ${names.length - 1} others ${many}`;
    }
    return `${names.map(isolated).join(' and ')} ${names.length === 1 ? one : many}`;
}
