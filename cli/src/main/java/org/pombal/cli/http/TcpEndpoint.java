package org.pombal.cli.http;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * A host and port.
 *
 * @param tls makes TLS sockets; without it the connection is plain
 */
public record TcpEndpoint(String host, int port, Optional<SSLSocketFactory> tls) implements Endpoint {

    public TcpEndpoint {
        requireNonNull(host, "host is null");
        requireNonNull(tls, "tls is null");
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port " + port + " is outside 1 to 65535");
        }
    }

    @Override
    public Connection connect(Duration timeout) throws IOException {
        int millis = Math.toIntExact(timeout.toMillis());
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(host, port), millis);
            socket.setSoTimeout(millis);
            socket.setTcpNoDelay(true);
            return new SocketConnection(tls.isPresent() ? secured(socket, tls.get()) : socket);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /** Checks that the certificate is for the host that was asked for (RFC 2818 section 3.1). */
    private SSLSocket secured(Socket socket, SSLSocketFactory factory) throws IOException {
        SSLSocket secured = (SSLSocket) factory.createSocket(socket, host, port, true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    @Override
    public String hostHeader() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    @Override
    public String advice() {
        return "Is the node running, and does its setting cluster_doveadm_listen have this address?";
    }

    @Override
    public String toString() {
        return (tls.isPresent() ? "https://" : "http://") + hostHeader();
    }
}
