import WebSocket from 'ws';
import { Journal } from './journal.js';

/**
 * The part of a browser that the web SDK uses. The socket keeps a record of its frames, so that a test
 * can read what the SDK sends, and what it receives and drops.
 */
export class RecordingSocket extends WebSocket {
    static opened = new Journal('sockets');

    sent = [];
    frames = new Journal('frames');
    closed = new Promise((resolve) => this.once('close', (code, reason) => resolve({ code, reason: String(reason) })));

    constructor(url, protocols, options) {
        super(url, protocols, options);
        RecordingSocket.opened.add(this);
        this.on('message', (data) => this.frames.add(JSON.parse(data)));
    }

    send(data, ...rest) {
        this.sent.push(data);
        super.send(data, ...rest);
    }
}

const stored = new Map();

globalThis.window = globalThis;
globalThis.WebSocket = RecordingSocket;
globalThis.localStorage = {
    getItem: (key) => stored.get(key) ?? null,
    setItem: (key, value) => stored.set(key, String(value)),
    clear: () => stored.clear(),
};
