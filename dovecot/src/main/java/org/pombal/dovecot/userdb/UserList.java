package org.pombal.dovecot.userdb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The users that Dovecot's userdb iterates over, as {@code doveadm -A} gets them. Blocks; one user at a time is in memory.
 *
 * <pre>
 * C: VERSION TAB 1 TAB 0
 * S: VERSION TAB 1 TAB 1, SPID TAB pid
 * C: LIST TAB 1 TAB service=doveadm TAB protocol=doveadm TAB user=*
 * S: LIST TAB 1 TAB user ... DONE TAB 1 [TAB fail]
 * </pre>
 *
 * <p>2.3 calls the protocol service. 2.4 lists nobody without a mask.
 */
public final class UserList implements AutoCloseable {

    private static final int MAX_LINE = 8192;
    private static final String ID = "1";

    private final SocketChannel channel;
    private final InputStream input;
    private final Path socket;

    private UserList(SocketChannel channel, Path socket) {
        this.channel = channel;
        this.input = new BufferedInputStream(Channels.newInputStream(channel));
        this.socket = socket;
    }

    /**
     * Connects and asks.
     *
     * @param socket Dovecot's {@code auth-userdb} or {@code auth-master}
     * @throws IOException if nobody answers there, naming the socket
     */
    public static UserList open(Path socket) throws IOException {
        requireNonNull(socket, "socket is null");
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            ByteBuffer request = ByteBuffer.wrap(
                    "VERSION\t1\t0\nLIST\t1\tservice=doveadm\tprotocol=doveadm\tuser=*\n".getBytes(UTF_8));
            while (request.hasRemaining()) {
                channel.write(request);
            }
            return new UserList(channel, socket);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw new IOException("cannot ask Dovecot's userdb on " + socket + ": " + e.getMessage(), e);
        }
    }

    /**
     * The next user; empty after the last.
     *
     * @throws IOException if the list broke off, or the userdb cannot iterate
     */
    public Optional<String> next() throws IOException {
        while (true) {
            String[] fields = line().split("\t", -1);
            if (fields[0].equals("LIST") && fields.length >= 3 && fields[1].equals(ID)) {
                return Optional.of(unescaped(fields[2]));
            }
            if (fields[0].equals("DONE") && fields.length >= 2 && fields[1].equals(ID)) {
                if (fields.length > 2 && fields[2].equals("fail")) {
                    throw new IOException("Dovecot's userdb on " + socket
                            + " cannot list all its users; see Dovecot's log, and iterate_query of an SQL userdb");
                }
                return Optional.empty();
            }
            if (fields[0].equals("FAIL") || fields[0].equals("NOTFOUND")) {
                throw new IOException(
                        "Dovecot's auth on " + socket + " refuses to list users: " + String.join(" ", fields));
            }
        }
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = input.read(); c != '\n'; c = input.read()) {
            if (c < 0) {
                throw new IOException("Dovecot's auth on " + socket + " ended the list of users in the middle");
            }
            if (line.size() >= MAX_LINE) {
                throw new IOException("Dovecot's auth on " + socket + " sent a line that is too long");
            }
            line.write(c);
        }
        return line.toString(UTF_8);
    }

    /** As {@code str_tabunescape()}: \001 and one of 0, 1, t, r, n. */
    private static String unescaped(String text) {
        if (text.indexOf('\001') < 0) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\001' && i + 1 < text.length()) {
                i++;
                c = switch (text.charAt(i)) {
                    case '0' -> '\0';
                    case '1' -> '\001';
                    case 't' -> '\t';
                    case 'r' -> '\r';
                    case 'n' -> '\n';
                    default -> text.charAt(i);
                };
            }
            plain.append(c);
        }
        return plain.toString();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
