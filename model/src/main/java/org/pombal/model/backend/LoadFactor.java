package org.pombal.model.backend;

/**
 * A backend's share of its site's load, 0 to 100. The target share is exactly this factor over the sum of the factors
 * of the site's backends; 0 drains the backend.
 */
public record LoadFactor(int percent) {

    public static final LoadFactor FULL = new LoadFactor(100);
    public static final LoadFactor DRAIN = new LoadFactor(0);

    /** @throws IllegalArgumentException outside 0 to 100 */
    public LoadFactor {
        if (percent < 0 || percent > 100) {
            throw new IllegalArgumentException("load factor " + percent + " is outside 0 to 100");
        }
    }

    @Override
    public String toString() {
        return Integer.toString(percent);
    }
}
