package org.pombal.acceptance;

import org.pombal.dovecot.config.DovecotVersion;

final class BackendNodeOn24Test extends BackendNodeContract {

    BackendNodeOn24Test() {
        super(DovecotVersion.V2_4, DovecotVersion.V2_4, "127.0.62");
    }
}
