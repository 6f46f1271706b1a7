package org.pombal.model.site;

import static java.util.Objects.requireNonNull;

/** A shard: users with a tag live only on sites that carry the same tag. */
public record Tag(TagId id, String name) {

    public Tag {
        requireNonNull(id, "id is null");
        requireNonNull(name, "name is null");
        if (name.isBlank()) {
            throw new IllegalArgumentException("a tag needs a name");
        }
    }
}
