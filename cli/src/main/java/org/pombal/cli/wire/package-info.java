/** Requests and answers of doveadm's HTTP API. */
@NullMarked
package org.pombal.cli.wire;

import org.jspecify.annotations.NullMarked;
