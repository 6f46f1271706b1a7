package org.pombal.node;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of Pombal, as the build wrote it down. */
public final class ProductVersion {

    private ProductVersion() {}

    public static String get() {
        Properties properties = new Properties();
        try (InputStream resource = ProductVersion.class.getResourceAsStream("version.properties")) {
            properties.load(requireNonNull(resource, "version.properties is missing from the program"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return requireNonNull(properties.getProperty("version"), "version.properties has no version");
    }
}
