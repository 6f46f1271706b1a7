package org.pombal.acceptance;

import org.pombal.dovecot.config.DovecotVersion;

final class BackendNodeOn24Behind23Test extends BackendNodeContract {

    BackendNodeOn24Behind23Test() {
        super(DovecotVersion.V2_3, DovecotVersion.V2_4, "127.0.63");
    }
}
