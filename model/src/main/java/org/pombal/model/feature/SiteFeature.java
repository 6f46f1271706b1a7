package org.pombal.model.feature;

import static java.util.Objects.requireNonNull;

import org.pombal.model.site.SiteId;

/**
 * A feature of a site.
 *
 * @param version grows by one with each change; 0 if nobody has ever set it
 */
public record SiteFeature(SiteId site, Feature feature, FeatureState state, long version) {

    public SiteFeature {
        requireNonNull(site, "site is null");
        requireNonNull(feature, "feature is null");
        requireNonNull(state, "state is null");
        if (version < 0) {
            throw new IllegalArgumentException("versions start at 0, not " + version);
        }
    }

    /** As it is for a new site: off. */
    public static SiteFeature neverSet(SiteId site, Feature feature) {
        return new SiteFeature(site, feature, FeatureState.OFF, 0);
    }

    /** The row by which it is changed. */
    public SiteFeature changedTo(FeatureState next) {
        return new SiteFeature(site, feature, next, version + 1);
    }
}
