package org.pombal.node.testlogin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** As much of IMAP (RFC 9051) as it takes to log in and to look at a mailbox; all of it within one deadline. Blocks. */
final class ImapTalk implements Closeable {

    /** Longer answers are no answers to what is asked here. */
    private static final int LONGEST_LINE = 8192;

    private static final int MOST_LINES = 200;

    private final long deadline;
    private Socket socket = new Socket();
    private InputStream in = new BufferedInputStream(InputStream.nullInputStream());
    private int tags;

    ImapTalk(Duration limit) {
        this.deadline = System.nanoTime() + limit.toNanos();
    }

    private int left() throws SocketTimeoutException {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
            throw new SocketTimeoutException("no answer in time");
        }
        return (int) Math.min(Integer.MAX_VALUE, left);
    }

    void connect(InetSocketAddress server) throws IOException {
        socket.setTcpNoDelay(true);
        socket.connect(server, left());
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** @param checked whether the certificate must be valid for the host */
    void beginTls(SSLSocketFactory tls, String host, boolean checked) throws IOException {
        SSLSocket secured = (SSLSocket) tls.createSocket(socket, host, socket.getPort(), true);
        socket = secured;
        SSLParameters parameters = secured.getSSLParameters();
        if (checked) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        secured.setSSLParameters(parameters);
        secured.setSoTimeout(left());
        secured.startHandshake();
        in = new BufferedInputStream(secured.getInputStream());
    }

    /** The server's first line. */
    String greeting() throws IOException {
        return line();
    }

    /** Sends a command; the answer to it, without its tag. What the server says besides is passed over. */
    String ask(String command) throws IOException {
        String tag = "t" + ++tags;
        send(tag + " " + command);
        for (int lines = 0; lines < MOST_LINES; lines++) {
            String line = line();
            if (line.startsWith(tag + " ")) {
                return line.substring(tag.length() + 1);
            }
            if (line.toUpperCase(Locale.ROOT).startsWith("* BYE")) {
                throw new EOFException("it says goodbye: " + line);
            }
        }
        throw new IOException("it does not come to an answer");
    }

    /** With the initial response of RFC 4959. */
    String logIn(String user, String password) throws IOException {
        byte[] response = ("\0" + user + "\0" + password).getBytes(UTF_8);
        return ask("AUTHENTICATE PLAIN " + Base64.getEncoder().encodeToString(response));
    }

    /** Waits for nothing. */
    void goodbye() throws IOException {
        send("bye LOGOUT");
    }

    private void send(String line) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write((line + "\r\n").getBytes(US_ASCII));
        out.flush();
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (line.size() <= LONGEST_LINE) {
            socket.setSoTimeout(left());
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the connection was closed");
            }
            if (next == '\n') {
                String text = line.toString(ISO_8859_1);
                return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
            }
            line.write(next);
        }
        throw new IOException("its answer is longer than " + LONGEST_LINE + " bytes");
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
