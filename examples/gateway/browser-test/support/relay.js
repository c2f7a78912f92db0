import { connect, createServer } from 'node:net';
import { after } from 'node:test';

/** A TCP relay between windows and the gateway. It can stop to pass bytes without closing, as a network does. */
export class Relay {
    #server;
    #sockets = new Set();
    #isDown = false;

    static async to(url) {
        const relay = new Relay();
        const { hostname, port } = new URL(url);
        relay.#server = createServer((client) => relay.#join(client, connect(Number(port), hostname)));
        await new Promise((resolve) => relay.#server.listen(0, '127.0.0.1', resolve));
        after(() => relay.close());
        relay.url = `http://127.0.0.1:${relay.#server.address().port}`;
        return relay;
    }

    /**
     * The WebSockets stay open and pass nothing, and the other connections end. New ones pass bytes, unless the whole
     * network is to be down.
     */
    freeze({ isDown = false } = {}) {
        this.#isDown = isDown;
        this.#sockets.forEach((socket) => (isUpgraded(socket) ? hold(socket) : socket.destroy()));
    }

    /** All connections pass bytes again. */
    thaw() {
        this.#isDown = false;
        this.#sockets.forEach((socket) => socket.pipe(socket.peer));
    }

    /** All connections end without a word of the window, and no other is accepted. */
    close() {
        this.#server.close();
        this.#sockets.forEach((socket) => socket.destroy());
    }

    #join(client, server) {
        client.once('data', (data) => {
            client.isUpgraded = /^upgrade: websocket/im.test(data);
        });
        client.peer = server;
        server.peer = client;
        for (const socket of [client, server]) {
            this.#sockets.add(socket);
            socket.on('error', () => socket.destroy());
            socket.on('close', () => {
                this.#sockets.delete(socket);
                socket.peer.destroy();
            });
            socket.pipe(socket.peer);
        }
        if (this.#isDown) {
            hold(client);
            hold(server);
        }
    }
}

function hold(socket) {
    socket.unpipe();
    socket.pause();
}

function isUpgraded(socket) {
    return socket.isUpgraded || socket.peer.isUpgraded;
}
