/**
 * The node's side of {@code pombal-guardian}, which runs Dovecot only while the node is trusted and does for the node what only root may
 * (docs/guardian.md; the layouts are those of guardian/src/protocol.h, version {@value
 * org.pombal.node.guardian.GuardianFolder#PROTOCOL_VERSION}).
 */
@NullMarked
package org.pombal.node.guardian;

import org.jspecify.annotations.NullMarked;
