package org.pombal.geodb.connection;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.pombal.geodb.AutomationNotes;
import org.pombal.model.site.SiteId;

/** Notes of controllers in the GeoDB once it is connected. */
record ConnectingAutomationNotes(ConnectingGeoDb geoDb) implements AutomationNotes {

    @Override
    public CompletionStage<Void> write(SiteId site, String name, Note note) {
        return geoDb.ask(db -> db.automationNotes().write(site, name, note));
    }

    @Override
    public CompletionStage<Optional<Note>> find(SiteId site, String name) {
        return geoDb.ask(db -> db.automationNotes().find(site, name));
    }

    @Override
    public CompletionStage<Map<String, Note>> list(SiteId site, String prefix) {
        return geoDb.ask(db -> db.automationNotes().list(site, prefix));
    }

    @Override
    public CompletionStage<Void> remove(SiteId site, String name) {
        return geoDb.ask(db -> db.automationNotes().remove(site, name));
    }
}
