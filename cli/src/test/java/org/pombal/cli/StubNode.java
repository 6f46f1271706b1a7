package org.pombal.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers each request on a unix socket as a test says, and keeps what it was asked. */
final class StubNode implements Closeable {

    /** Writes an answer, head and body. */
    interface Reply {
        void write(String requestBody, OutputStream output) throws IOException;
    }

    private final ServerSocketChannel server;
    private final Path socket;
    private final Reply reply;
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final List<String> bodies = new CopyOnWriteArrayList<>();

    private StubNode(Path socket, Reply reply) throws IOException {
        this.socket = socket;
        this.reply = reply;
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        Thread thread = new Thread(this::serve, "stub-node");
        thread.setDaemon(true);
        thread.start();
    }

    static StubNode start(Path folder, Reply reply) throws IOException {
        return new StubNode(folder.resolve("node.sock"), reply);
    }

    /** Answers with these rows, each a JSON object, to every request. */
    static StubNode answering(Path folder, String... rows) throws IOException {
        return start(folder, json("[[\"doveadmResponse\",[" + String.join(",", rows) + "],\"pombal\"]]"));
    }

    static Reply json(String body) {
        return bytes("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                + body.getBytes(UTF_8).length + "\r\n\r\n" + body);
    }

    static Reply status(String statusLine, String body) {
        return bytes("HTTP/1.1 " + statusLine + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }

    static Reply bytes(String all) {
        return (request, output) -> output.write(all.getBytes(UTF_8));
    }

    Path socket() {
        return socket;
    }

    /** The request lines and header fields. */
    List<String> heads() {
        return heads;
    }

    List<String> bodies() {
        return bodies;
    }

    private void serve() {
        try {
            while (true) {
                try (SocketChannel client = server.accept()) {
                    answer(Channels.newInputStream(client), Channels.newOutputStream(client));
                } catch (java.nio.channels.ClosedChannelException e) {
                    return;
                } catch (IOException e) {
                    // The client has had enough of it.
                }
            }
        } finally {
            heads.add("end");
        }
    }

    private void answer(InputStream input, OutputStream output) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            head.write(input.read());
        }
        String text = head.toString(ISO_8859_1);
        heads.add(text);
        int length = Integer.parseInt(text.replaceAll("(?s).*Content-Length: ([0-9]+).*", "$1"));
        String body = new String(input.readNBytes(length), UTF_8);
        bodies.add(body);
        reply.write(body, output);
        output.flush();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
