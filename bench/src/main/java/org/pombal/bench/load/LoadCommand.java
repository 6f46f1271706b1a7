package org.pombal.bench.load;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * What the load generator is to do. Written and read as one line.
 *
 * @param socket where to connect
 * @param hostExpected whether a good reply names a host
 * @param connections as many as login processes would have
 * @param amount {@link Kind#FLOOD}, {@link Kind#VISIT}: requests in flight on each connection; {@link Kind#STEADY}:
 *     requests a second on all of them
 * @param seconds how long; not for {@link Kind#VISIT}
 * @param firstUser the lowest number of a user that logs in
 * @param users how many different users log in, one after another
 */
public record LoadCommand(
        Kind kind,
        Path socket,
        boolean hostExpected,
        int connections,
        int amount,
        int seconds,
        int firstUser,
        int users) {

    /** The shape of the load. */
    public enum Kind {
        /** As many requests as are answered, a fixed number always in flight. */
        FLOOD,
        /** A fixed rate, one request at a time, whether or not earlier ones were answered. */
        STEADY,
        /** Each user once, as fast as they are answered. */
        VISIT
    }

    public LoadCommand {
        requireNonNull(kind, "kind is null");
        requireNonNull(socket, "socket is null");
    }

    /** The name of the user with this number. */
    public static String userName(int number) {
        return String.format("user%08d@example.com", number);
    }

    /** The line. */
    public String toLine() {
        return String.join(
                " ",
                kind.name(),
                socket.toString(),
                String.valueOf(hostExpected),
                String.valueOf(connections),
                String.valueOf(amount),
                String.valueOf(seconds),
                String.valueOf(firstUser),
                String.valueOf(users));
    }

    static LoadCommand parse(String line) {
        String[] fields = line.split(" ", -1);
        return new LoadCommand(
                Kind.valueOf(fields[0]),
                Path.of(fields[1]),
                Boolean.parseBoolean(fields[2]),
                Integer.parseInt(fields[3]),
                Integer.parseInt(fields[4]),
                Integer.parseInt(fields[5]),
                Integer.parseInt(fields[6]),
                Integer.parseInt(fields[7]));
    }
}
