package org.pombal.operations;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.pombal.model.site.SiteStatus;

/**
 * What is to change of a site; what is empty stays.
 *
 * @param tag name or id of a tag; a blank text takes the tag away
 * @param loadBalancer a blank text takes it away
 */
public record SiteChange(
        Optional<String> newName, Optional<SiteStatus> status, Optional<String> tag, Optional<String> loadBalancer) {

    public SiteChange {
        requireNonNull(newName, "newName is null");
        requireNonNull(status, "status is null");
        requireNonNull(tag, "tag is null");
        requireNonNull(loadBalancer, "loadBalancer is null");
    }

    boolean changesMoreThanTheName() {
        return status.isPresent() || tag.isPresent() || loadBalancer.isPresent();
    }
}
