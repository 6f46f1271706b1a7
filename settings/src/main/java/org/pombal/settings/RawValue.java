package org.pombal.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A value as it was given, before it is read for its type. */
sealed interface RawValue {

    /**
     * The value's text.
     *
     * @throws IllegalArgumentException with the reason, when it cannot be had
     */
    String text();

    /** Whether {@link #text()} can be had. */
    default boolean isReadable() {
        try {
            text();
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Given as it stands. */
    record Literal(String text) implements RawValue {
        @Override
        public String toString() {
            return text;
        }
    }

    /** The content of a file, without the line end it closes with: {@code key = </run/secrets/password}. */
    record Contents(Path file) implements RawValue {

        private static final int MAX_BYTES = 64 * 1024;

        @Override
        public String text() {
            try (InputStream stream = Files.newInputStream(file)) {
                byte[] bytes = stream.readNBytes(MAX_BYTES + 1);
                if (bytes.length > MAX_BYTES) {
                    throw new IllegalArgumentException("the file it names has more than " + MAX_BYTES + " bytes");
                }
                String text = StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
                return text.replaceFirst("\\r?\\n\\z", "");
            } catch (NoSuchFileException e) {
                throw new IllegalArgumentException("the file it names does not exist", e);
            } catch (CharacterCodingException e) {
                throw new IllegalArgumentException("the file it names is not UTF-8 text", e);
            } catch (IOException e) {
                String reason = e.getClass().getSimpleName();
                throw new IllegalArgumentException("the file it names cannot be read (" + reason + ")", e);
            }
        }

        @Override
        public String toString() {
            return "<" + file;
        }
    }
}
