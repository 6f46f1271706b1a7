package org.pombal.cli.http;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** A unix socket. */
public record UnixEndpoint(Path path) implements Endpoint {

    public UnixEndpoint {
        requireNonNull(path, "path is null");
    }

    @Override
    public Connection connect(Duration timeout) throws IOException {
        return new UnixConnection(path, timeout);
    }

    @Override
    public String hostHeader() {
        return "localhost";
    }

    @Override
    public String advice() {
        return "Is the node running ('systemctl status pombal-node')? --socket names another socket, --url a node elsewhere.";
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
