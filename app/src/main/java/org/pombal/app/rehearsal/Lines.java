package org.pombal.app.rehearsal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;

/** Lines of Dovecot's auth protocol over a blocking connection. */
final class Lines {

    private final SocketChannel channel;
    private final BufferedReader reader;

    Lines(SocketChannel channel) {
        this.channel = requireNonNull(channel, "channel is null");
        this.reader = new BufferedReader(Channels.newReader(channel, US_ASCII));
    }

    void write(String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(US_ASCII));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** The next line with one of these beginnings. */
    String await(String... beginnings) throws IOException {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            for (String beginning : beginnings) {
                if (line.startsWith(beginning)) {
                    return line;
                }
            }
        }
        throw new EOFException("the other side closed the connection");
    }
}
