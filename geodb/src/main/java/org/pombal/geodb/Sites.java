package org.pombal.geodb;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.site.Tag;
import org.pombal.model.site.TagId;

/** Sites and their tags. Few rows; serial level SERIAL. */
public interface Sites {

    /** All sites that are not retired, in the order of their names. */
    CompletionStage<List<Site>> list();

    CompletionStage<Optional<Site>> find(SiteId id);

    /** Adds a site. {@link Cas.Lost} names the site that has the name or id already. */
    CompletionStage<Cas<Site>> create(Site site);

    /**
     * Replaces the row of {@code site.id()} if it still has version {@code site.version()}. The name is not changed by
     * this.
     */
    CompletionStage<Cas<Site>> update(Site site);

    /** All tags, in the order of their names. */
    CompletionStage<List<Tag>> listTags();

    /** Adds a tag. {@link Cas.Lost} names the tag that has the name or id already. */
    CompletionStage<Cas<Tag>> createTag(TagId id, String name);
}
