package org.pombal.acceptance;

import org.pombal.dovecot.config.DovecotVersion;

final class BackendNodeOn23Test extends BackendNodeContract {

    BackendNodeOn23Test() {
        super(DovecotVersion.V2_3, DovecotVersion.V2_3, "127.0.61");
    }
}
