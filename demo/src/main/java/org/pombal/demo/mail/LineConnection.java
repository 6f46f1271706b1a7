package org.pombal.demo.mail;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** A TCP connection of lines that end in CR LF, as all mail protocols have. */
final class LineConnection implements Closeable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String name;
    private final Socket socket = new Socket();
    private final BufferedReader reader;
    private final BufferedWriter writer;

    /** @param protocol for messages */
    LineConnection(String protocol, InetSocketAddress server) throws IOException {
        name = protocol + " server " + server.getHostString() + ":" + server.getPort();
        try {
            socket.connect(server, (int) PATIENCE.toMillis());
            socket.setSoTimeout((int) PATIENCE.toMillis());
            reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            writer = new BufferedWriter(new OutputStreamWriter(socket.getOutputStream(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            socket.close();
            throw new IOException("cannot connect to " + name + ": " + e.getMessage(), e);
        }
    }

    void send(String line) throws IOException {
        writer.write(line);
        writer.write("\r\n");
        writer.flush();
    }

    /** The next line, without its end. */
    String receive() throws IOException {
        String line;
        try {
            line = reader.readLine();
        } catch (IOException e) {
            throw new IOException("no answer from " + name + ": " + e.getMessage(), e);
        }
        if (line == null) {
            throw new MailException(name + " closed the connection");
        }
        return line;
    }

    /** The next line, which has to begin so. */
    String expect(String beginning) throws IOException {
        String line = receive();
        if (!line.startsWith(beginning)) {
            throw refused(line);
        }
        return line;
    }

    MailException refused(String answer) {
        return new MailException(name + " answered: " + answer);
    }

    /** The initial response of SASL PLAIN (RFC 4616) in base64. */
    static String plain(String user, String password) {
        String response = "\0" + user + "\0" + password;
        return Base64.getEncoder().encodeToString(response.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
