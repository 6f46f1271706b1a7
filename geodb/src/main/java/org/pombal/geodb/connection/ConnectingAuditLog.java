package org.pombal.geodb.connection;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.pombal.geodb.AuditLog;
import org.pombal.geodb.Page;
import org.pombal.geodb.PageToken;
import org.pombal.model.audit.AuditEntry;

/** The audit log of the GeoDB once it is connected. */
record ConnectingAuditLog(ConnectingGeoDb geoDb) implements AuditLog {

    @Override
    public CompletionStage<Void> write(AuditEntry entry) {
        return geoDb.ask(db -> db.auditLog().write(entry));
    }

    @Override
    public CompletionStage<Page<AuditEntry>> list(Optional<PageToken> from, int pageSize) {
        return geoDb.ask(db -> db.auditLog().list(from, pageSize));
    }
}
