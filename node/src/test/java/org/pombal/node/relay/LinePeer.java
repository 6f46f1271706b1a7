package org.pombal.node.relay;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One end of a unix socket, with lines of bytes shown as ISO 8859-1 and tabs as '|'. Reads wait; the test has a timeout. */
public final class LinePeer implements AutoCloseable {

    private final SocketChannel channel;
    private final BufferedReader reader;

    public LinePeer(SocketChannel channel) {
        this.channel = channel;
        this.reader = new BufferedReader(
                new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.ISO_8859_1));
    }

    public static LinePeer connect(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(socket));
        return new LinePeer(channel);
    }

    public void send(String line) throws IOException {
        sendRaw(line + "\n");
    }

    public void sendRaw(String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.replace('|', '\t').getBytes(StandardCharsets.ISO_8859_1));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** The next line, or null at the end of the connection. */
    @Nullable
    public String receive() throws IOException {
        String line = reader.readLine();
        return line == null ? null : line.replace('\t', '|');
    }

    public List<String> receive(int lines) throws IOException {
        List<String> received = new ArrayList<>();
        for (int i = 0; i < lines; i++) {
            String line = receive();
            if (line == null) {
                throw new AssertionError("the connection ended after " + received);
            }
            received.add(line);
        }
        return received;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
