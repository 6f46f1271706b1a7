package org.pombal.controller.task.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What Redis does in one step; each is a file beside this class, with what it is given in its head. */
enum Script {
    QUEUE,
    TAKE,
    WRITE,
    RENEW,
    CANCEL,
    DROP,
    FIGURES,
    ANNOUNCE,
    WORKERS,
    LEAVE,
    LIST;

    private final String text;

    Script() {
        String file = name().toLowerCase(Locale.ROOT) + ".lua";
        try (InputStream in = Script.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is not in the program");
            }
            this.text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text() {
        return text;
    }
}
