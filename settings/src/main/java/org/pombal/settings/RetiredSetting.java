package org.pombal.settings;

/**
 * A setting that is no more. Giving it refuses the start, because whoever gave it expects something of it.
 *
 * @param name as it stood in a settings file
 * @param hint what to do in its place, as a sentence: {@code use cluster_local_site}
 */
public record RetiredSetting(String name, String hint) {

    public RetiredSetting {
        if (name.isBlank() || hint.isBlank()) {
            throw new IllegalArgumentException("a retired setting has a name and a hint");
        }
    }
}
