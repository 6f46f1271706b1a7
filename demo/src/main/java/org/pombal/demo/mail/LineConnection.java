package org.pombal.demo.mail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Base64;

/**
 * A connection on which both sides speak in lines that end with CR LF.
 *
 * <p>A line may have 64 KiB, a literal 16 MiB. Every wait ends after the given time with a {@link MailException} that
 * names the server. Not for use by several threads.
 */
final class LineConnection implements AutoCloseable {

    private static final int MAX_LINE = 64 * 1024;
    private static final int MAX_LITERAL = 16 * 1024 * 1024;

    private final String peer;
    private final Socket socket;
    private final InputStream in;

    private LineConnection(String peer, Socket socket) throws IOException {
        this.peer = peer;
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /**
     * Connects.
     *
     * @param protocol for messages
     * @param patience for connecting, and for each answer
     */
    static LineConnection open(String protocol, String host, int port, Duration patience) {
        String peer = requireNonNull(protocol, "protocol is null") + " " + host + ":" + port;
        int millis = Math.toIntExact(patience.toMillis());
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(host, port), millis);
            socket.setSoTimeout(millis);
            socket.setTcpNoDelay(true);
            return new LineConnection(peer, socket);
        } catch (IOException e) {
            closeQuietly(socket);
            throw new MailException(peer + " cannot be reached: " + e.getMessage(), e);
        }
    }

    /** Waits so long for each answer from now on. */
    void allow(Duration patience) {
        try {
            socket.setSoTimeout(Math.toIntExact(patience.toMillis()));
        } catch (IOException e) {
            throw new MailException(peer + " is not connected any more: " + e.getMessage(), e);
        }
    }

    /** @throws IllegalArgumentException if the line is more than one */
    void send(String line) {
        if (line.indexOf('\n') >= 0 || line.indexOf('\r') >= 0) {
            throw new IllegalArgumentException("a line to " + peer + " has a line break");
        }
        sendRaw(line + "\r\n");
    }

    void sendRaw(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(UTF_8));
            socket.getOutputStream().flush();
        } catch (IOException e) {
            throw new MailException(peer + " cannot be written to: " + e.getMessage(), e);
        }
    }

    /** The next line, without its end. */
    String line() {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try {
            for (int b = in.read(); b != '\n'; b = in.read()) {
                if (b < 0) {
                    throw new MailException(
                            peer + " closed the connection" + (line.size() > 0 ? " after " + line : ""));
                }
                if (line.size() == MAX_LINE) {
                    throw new MailException(peer + " sent a line of more than " + MAX_LINE + " bytes");
                }
                line.write(b);
            }
        } catch (IOException e) {
            throw new MailException(peer + " cannot be read from: " + e.getMessage(), e);
        }
        String text = line.toString(UTF_8);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    /** Waits until there is something to read, or the server closes; says whether it is so within this time. */
    boolean awaitInput(Duration atMost) {
        try {
            int patience = socket.getSoTimeout();
            socket.setSoTimeout(Math.max(1, Math.toIntExact(atMost.toMillis())));
            try {
                in.mark(1);
                in.read();
                in.reset();
                return true;
            } catch (SocketTimeoutException e) {
                return false;
            } finally {
                socket.setSoTimeout(patience);
            }
        } catch (IOException e) {
            throw new MailException(peer + " cannot be read from: " + e.getMessage(), e);
        }
    }

    /** The next line, which must begin so; {@code asked} says in a message what the line answers. */
    String expect(String beginning, String asked) {
        String line = line();
        if (!line.startsWith(beginning)) {
            throw failed(asked, line);
        }
        return line;
    }

    /** Exactly so many bytes, which need not be whole lines. */
    String literal(int length) {
        if (length > MAX_LITERAL) {
            throw new MailException(peer + " announced a literal of " + length + " bytes, more than " + MAX_LITERAL);
        }
        try {
            byte[] bytes = in.readNBytes(length);
            if (bytes.length < length) {
                throw new MailException(peer + " closed the connection in a literal");
            }
            return new String(bytes, UTF_8);
        } catch (IOException e) {
            throw new MailException(peer + " cannot be read from: " + e.getMessage(), e);
        }
    }

    MailException failed(String asked, String answer) {
        return new MailException(peer + " answered '" + answer + "' to " + asked);
    }

    /** The initial response of the SASL mechanism PLAIN (RFC 4616). */
    static String saslPlain(String user, String password) {
        return Base64.getEncoder().encodeToString(("\0" + user + "\0" + password).getBytes(UTF_8));
    }

    @Override
    public void close() {
        closeQuietly(socket);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException ignored) {
            // Nothing can be done about it, and nothing is lost by it.
        }
    }
}
