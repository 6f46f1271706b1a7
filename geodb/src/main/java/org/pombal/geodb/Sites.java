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

    /**
     * Adds a site, or adds a retired one again under its old id; its version then goes on. {@link Cas.Lost} names the site
     * that has the name or id already.
     */
    CompletionStage<Cas<Site>> create(Site site);

    /**
     * Replaces the row of {@code site.id()} if it still has version {@code site.version()}. The name is not changed by
     * this.
     */
    CompletionStage<Cas<Site>> update(Site site);

    /**
     * Gives {@code site.id()} another name if it still has version {@code site.version()}. {@link Cas.Lost} names the site
     * that has the name already, or this one as it stands.
     */
    CompletionStage<Cas<Site>> rename(Site site, String newName);

    /** Takes a site out, if it still has version {@code site.version()}. Its name is free afterwards. */
    CompletionStage<Cas<Site>> retire(Site site);

    /** All tags that are not retired, in the order of their names. */
    CompletionStage<List<Tag>> listTags();

    /** Adds a tag, or a retired one again under its old id. {@link Cas.Lost} names the tag that has the name or id already. */
    CompletionStage<Cas<Tag>> createTag(TagId id, String name);

    /** Gives the tag another name if it still is as given. {@link Cas.Lost} names the tag that has it, or what stands. */
    CompletionStage<Cas<Tag>> renameTag(Tag tag, String newName);

    /** Takes a tag out, if it still is as given. Its name is free afterwards. */
    CompletionStage<Cas<Tag>> retireTag(Tag tag);
}
