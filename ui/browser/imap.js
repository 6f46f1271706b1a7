import { connect } from 'node:net';

/**
 * A session that a mail client has open.
 *
 * @typedef {{ isOpen: () => boolean, close: () => void }} Session
 */

const PATIENCE_MS = 20_000;

/**
 * Logs in over IMAP, selects the mailbox, and waits there for news, as clients do.
 *
 * @param {string} host
 * @param {number} port
 * @param {string} user
 * @param {string} password
 * @returns {Promise<Session>}
 */
export function idle(host, port, user, password) {
    return new Promise((resolve, reject) => {
        const socket = connect(port, host);
        let open = true;
        let text = '';
        const send = [`a LOGIN "${user}" "${password}"\r\n`, 'b SELECT INBOX\r\n', 'c IDLE\r\n'];
        const awaited = [/^\* OK/m, /^a OK/m, /^b OK/m, /^\+ /m];
        socket.setTimeout(PATIENCE_MS, () =>
            socket.destroy(new Error(`${user} waits for ${String(awaited[0])}: ${text}`)),
        );
        socket.on('data', (data) => {
            text += data.toString('latin1');
            while (awaited[0]?.test(text) === true) {
                awaited.shift();
                text = '';
                const next = send.shift();
                if (next !== undefined) {
                    socket.write(next);
                } else {
                    socket.setTimeout(0);
                    resolve({ isOpen: () => open, close: () => socket.destroy() });
                }
            }
        });
        socket.on('error', reject);
        socket.on('close', () => {
            open = false;
            reject(new Error(`${user}: the connection ended: ${text}`));
        });
    });
}
