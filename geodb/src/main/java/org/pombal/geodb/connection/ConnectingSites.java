package org.pombal.geodb.connection;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.pombal.geodb.Cas;
import org.pombal.geodb.Sites;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.site.Tag;
import org.pombal.model.site.TagId;

/** Sites of the GeoDB once it is connected. */
record ConnectingSites(ConnectingGeoDb geoDb) implements Sites {

    @Override
    public CompletionStage<List<Site>> list() {
        return geoDb.ask(db -> db.sites().list());
    }

    @Override
    public CompletionStage<Optional<Site>> find(SiteId id) {
        return geoDb.ask(db -> db.sites().find(id));
    }

    @Override
    public CompletionStage<Cas<Site>> create(Site site) {
        return geoDb.ask(db -> db.sites().create(site));
    }

    @Override
    public CompletionStage<Cas<Site>> update(Site site) {
        return geoDb.ask(db -> db.sites().update(site));
    }

    @Override
    public CompletionStage<List<Tag>> listTags() {
        return geoDb.ask(db -> db.sites().listTags());
    }

    @Override
    public CompletionStage<Cas<Tag>> createTag(TagId id, String name) {
        return geoDb.ask(db -> db.sites().createTag(id, name));
    }

    @Override
    public CompletionStage<Cas<Site>> rename(Site site, String newName) {
        return geoDb.ask(db -> db.sites().rename(site, newName));
    }

    @Override
    public CompletionStage<Cas<Site>> retire(Site site) {
        return geoDb.ask(db -> db.sites().retire(site));
    }

    @Override
    public CompletionStage<Cas<Tag>> renameTag(Tag tag, String newName) {
        return geoDb.ask(db -> db.sites().renameTag(tag, newName));
    }

    @Override
    public CompletionStage<Cas<Tag>> retireTag(Tag tag) {
        return geoDb.ask(db -> db.sites().retireTag(tag));
    }
}
