package org.pombal.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** A connection as a login process has it to auth. Blocking; one thread may write while another reads. */
final class LoginConnection implements AutoCloseable {

    private static final int BUFFER = 1 << 17;

    private final SocketChannel channel;
    private final ByteBuffer input = ByteBuffer.allocateDirect(BUFFER);
    private final ByteBuffer output = ByteBuffer.allocateDirect(BUFFER);
    private final Login login = new Login();
    private final ReplyReader replies;

    /** Receives each reply's request id and whether it is what was expected. */
    @FunctionalInterface
    interface Replies {
        void reply(long id, boolean good);
    }

    private LoginConnection(SocketChannel channel, boolean hostExpected) {
        this.channel = channel;
        this.replies = new ReplyReader(hostExpected);
    }

    /**
     * Connects and shakes hands.
     *
     * @param hostExpected whether a good reply names a host, as those that went through a relay do
     */
    static LoginConnection open(Path socket, boolean hostExpected) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(socket));
        LoginConnection connection = new LoginConnection(channel, hostExpected);
        connection.output.put(Login.HANDSHAKE.getBytes(US_ASCII));
        connection.flush();
        while (!connection.replies.handshakeIsDone()) {
            connection.read((id, good) -> {});
        }
        return connection;
    }

    /** Gathers a request for {@link #flush}. */
    void request(long id, int user) {
        login.write(output, id, user);
    }

    void flush() throws IOException {
        output.flip();
        while (output.hasRemaining()) {
            channel.write(output);
        }
        output.clear();
    }

    /** Waits for input and hands over all whole replies that came. */
    void read(Replies receiver) throws IOException {
        if (channel.read(input) < 0) {
            throw new EOFException("the other side closed the connection");
        }
        input.flip();
        replies.take(input, receiver);
        input.compact();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
