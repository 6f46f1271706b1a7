package org.pombal.bench.load;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A login process that stands before a closed door: it tries until its first login is answered. */
public final class FirstLogin {

    private static final long BETWEEN_TRIES_NANOS = 2_000_000;

    private FirstLogin() {}

    /**
     * Returns when a login of this user has been answered as it should.
     *
     * @throws IllegalStateException if the answer is another, or does not come in time
     */
    public static void await(Path socket, int user, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() - deadline < 0) {
            try (LoginConnection connection = LoginConnection.open(socket, true)) {
                logIn(connection, user);
                return;
            } catch (IOException e) {
                LockSupport.parkNanos(BETWEEN_TRIES_NANOS); // nobody listens yet
            }
        }
        throw new IllegalStateException("no login was answered at " + socket + " within " + patience);
    }

    private static void logIn(LoginConnection connection, int user) throws IOException {
        boolean[] answered = {false};
        connection.request(1, user);
        connection.flush();
        while (!answered[0]) {
            connection.read((id, good) -> {
                if (!good) {
                    throw new IllegalStateException("the first login was refused, or got no host");
                }
                answered[0] = true;
            });
        }
    }
}
